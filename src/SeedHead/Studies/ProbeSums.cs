using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>Sums over rows that ridge needs: ΦᵀΦ, ΦᵀY and the sums of both.</summary>
internal sealed unsafe class ProbeSums : IDisposable
{
    private readonly int width;
    private readonly int outputs;
    private readonly NativeBuffer<double> gram, cross, work;
    private readonly double[] sums, targets;
    private int count;

    private ProbeSums(int width, int outputs, int count)
    {
        (this.width, this.outputs, this.count) = (width, outputs, count);
        (gram, cross, work) = (new((long)width * width), new((long)width * outputs), new((long)width * width));
        (sums, targets) = (new double[width], new double[outputs]);
    }

    private Strided<double> Gram => Strided<double>.RowMajor(gram, width, width);

    private Strided<double> Cross => Strided<double>.RowMajor(cross, width, outputs);

    public static ProbeSums Of(Team team, Strided<float> features, ProbeRows rows, int from, int count)
    {
        var made = new ProbeSums((int)features.Columns, rows.Outputs, count);
        Strided<float> block = features.Block(from, 0, count, features.Columns);
        GramProduct.Add(team, block, made.Gram);
        fixed (float* y = rows.Targets)
        {
            GramProduct.AddCross(team, block, Strided<float>.RowMajor(y + ((long)from * rows.Outputs), count, rows.Outputs), made.Cross);
        }

        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < made.width; j++)
            {
                made.sums[j] += block[i, j];
            }

            for (int k = 0; k < rows.Outputs; k++)
            {
                made.targets[k] += rows.Targets[((from + i) * rows.Outputs) + k];
            }
        }

        return made;
    }

    /// <summary>Adds the sums of other rows.</summary>
    public void Add(ProbeSums other)
    {
        count += other.count;
        for (int i = 0; i < width; i++)
        {
            sums[i] += other.sums[i];
            for (int j = 0; j <= i; j++)
            {
                Gram[i, j] += other.Gram[i, j];
            }

            for (int k = 0; k < outputs; k++)
            {
                Cross[i, k] += other.Cross[i, k];
            }
        }

        for (int k = 0; k < outputs; k++)
        {
            targets[k] += other.targets[k];
        }
    }

    /// <summary>Weights [first × K] and K intercepts of the first features, or null where the matrix has no factor.</summary>
    public double[]? Solve(Team team, int first, double penalty)
    {
        Strided<double> matrix = Strided<double>.RowMajor(work, first, first);
        double total = 0;
        for (int i = 0; i < first; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[i, j] = (Gram[i, j] - (sums[i] * sums[j] / count)) / count;
            }

            total += matrix[i, i];
        }

        for (int i = 0; i < first; i++)
        {
            matrix[i, i] += penalty * (total > 0 ? total : 1);
        }

        var weights = new double[(first + 1) * outputs];
        for (int i = 0; i < first * outputs; i++)
        {
            weights[i] = (Cross[i / outputs, i % outputs] - (sums[i / outputs] * targets[i % outputs] / count)) / count;
        }

        if (!Cholesky.Factor(team, matrix).Succeeded)
        {
            return null;
        }

        fixed (double* w = weights)
        {
            Strided<double> right = Strided<double>.RowMajor(w, first, outputs);
            Triangular.Solve(team, matrix, right);
            Triangular.SolveTransposed(team, matrix, right);
        }

        for (int k = 0; k < outputs; k++)
        {
            double intercept = targets[k] / count;
            for (int j = 0; j < first; j++)
            {
                intercept -= sums[j] / count * weights[(j * outputs) + k];
            }

            weights[(first * outputs) + k] = intercept;
        }

        return weights;
    }

    public void Dispose()
    {
        gram.Dispose();
        cross.Dispose();
        work.Dispose();
    }
}
