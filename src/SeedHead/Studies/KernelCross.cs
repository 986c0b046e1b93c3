using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Kernels;

namespace SeedHead.Studies;

/// <summary>Kernels of new rows with the training rows, some new rows at a time.</summary>
internal sealed unsafe class KernelCross(Execution run, Numbers train, Numbers rows, bool tangent)
{
    private const long MostNumbers = 1 << 25; // of one block: 256 MiB

    /// <summary>Bytes that a block needs, the points of all included.</summary>
    public static long Bytes(LimitKernel kernel, int train, int rows, bool tangent, int threads) => rows == 0 ? 0 : kernel.Bytes(Height(train, rows), train, tangent, threads);

    /// <summary>predictions ← k·α + means [m × K].</summary>
    public void Predict(LimitKernel kernel, KernelSolution solution, Strided<double> predictions)
    {
        var alpha = Strided<double>.RowMajor(solution.Coefficients, train.Count, predictions.Columns);
        ForBlocks(kernel, (first, matrix) =>
        {
            Strided<double> part = predictions.Block(first, 0, matrix.Rows, predictions.Columns);
            MatrixProduct.Multiply(run.Team, matrix.Values, alpha, part);
            for (long i = 0; i < part.Rows; i++)
            {
                for (int k = 0; k < part.Columns; k++)
                {
                    part[i, k] += solution.Means[k];
                }
            }
        });
    }

    /// <summary>A function of the variances of a process at the new rows.</summary>
    public double[] Variances(LimitKernel kernel, GaussianProcess process, Func<double, double> of)
    {
        var found = new double[rows.Count];
        ForBlocks(kernel, (first, matrix) =>
        {
            double[] prior = new double[matrix.Rows], variances = new double[matrix.Rows];
            run.Team.For(prior.Length, i => prior[i] = Prior(kernel, first + i));
            process.Variances(matrix.Values, prior, variances);
            for (int i = 0; i < variances.Length; i++)
            {
                found[first + i] = of(variances[i]);
            }
        });
        return found;
    }

    private static int Height(int train, int rows) => (int)Math.Clamp(MostNumbers / train, 1, rows);

    private double Prior(LimitKernel kernel, int row)
    {
        ReadOnlyMemory<float> x = rows.Values.Slice(row * rows.Columns, rows.Columns);
        (double nngp, double ntk) = kernel.Pair(x, x);
        return tangent ? ntk : nngp;
    }

    private void ForBlocks(LimitKernel kernel, Action<int, KernelMatrix> use)
    {
        int height = Height(train.Count, rows.Count);
        for (int first = 0; first < rows.Count; first += height)
        {
            int count = Math.Min(height, rows.Count - first);
            run.Report("test rows", first, rows.Count);
            using LimitGram gram = kernel.Gram(new(rows.Values.Slice(first * rows.Columns, count * rows.Columns), rows.Columns), train, tangent, run);
            use(first, gram.Tangent ?? gram.Nngp);
        }
    }
}
