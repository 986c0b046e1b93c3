using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>Ridges on one set of sums: (G + λI)·V = B by one Cholesky factor a penalty, with exact leave-one-out on the rows given.</summary>
/// <remarks>
/// Row i has leverage hᵢ = 1/n + φ̃ᵢᵀ(G + λI)⁻¹φ̃ᵢ = 1/n + ‖L⁻¹φ̃ᵢ‖² and left-out residual rᵢ/(1 − hᵢ), φ̃ the centred, scaled features.
/// </remarks>
internal sealed unsafe class PrimalPath : IDisposable
{
    /// <summary>Beyond this condition number a solution in float64 has too few digits left, and the penalty is refused.</summary>
    public const double MostCondition = 1e12;

    private const int Columns = 512; // rows whose leverages are solved for at once

    private readonly Team team;
    private readonly CentredSums sums;
    private readonly LeftOutRows? rows;
    private readonly Strided<float> targets;
    private readonly bool classification;
    private readonly NativeBuffer<double> factorBuffer, rightBuffer;
    private readonly NativeBuffer<double>? columnBuffer, fittedBuffer;
    private readonly double[] means;
    private readonly double largest;

    public PrimalPath(Team team, CentredSums sums, LeftOutRows? rows, Strided<float> targets, bool classification)
    {
        this.team = team;
        this.sums = sums;
        this.rows = rows;
        this.targets = targets;
        this.classification = classification;
        means = sums.PreparedMeans;
        long d = sums.FeatureCount, k = sums.Outputs;
        factorBuffer = new(d * d);
        rightBuffer = new(d * k);
        if (rows is not null)
        {
            long width = Math.Min(Columns, rows.Rows.Length);
            columnBuffer = new(d * width);
            fittedBuffer = new(k * width);
        }

        sums.Fill(team, Factor, 0);
        largest = Factored.LargestEigenvalue(Factor);
    }

    private Strided<double> Factor => Strided<double>.RowMajor(factorBuffer, sums.FeatureCount, sums.FeatureCount);

    /// <summary>The ridge at one relative penalty, or null when the penalised Gram is too ill-conditioned.</summary>
    public Candidate? Evaluate(double penalty)
    {
        double absolute = penalty * sums.Unit;
        sums.Fill(team, Factor, absolute);
        if (!Cholesky.Factor(team, Factor).Succeeded)
        {
            return null;
        }

        double condition = (largest + absolute) / Math.Max(Factored.SmallestEigenvalue(team, Factor), absolute);
        if (!(condition <= MostCondition))
        {
            return null;
        }

        var right = Strided<double>.RowMajor(rightBuffer, sums.FeatureCount, sums.Outputs);
        sums.RightHandSide(right);
        double[] b = Copy(right);
        Triangular.Solve(team, Factor, right);
        Triangular.SolveTransposed(team, Factor, right);
        double[] v = Copy(right);
        return Judge(penalty, absolute, condition, v, ResidualSquares(v, b, absolute)).With(v);
    }

    public void Dispose()
    {
        factorBuffer.Dispose();
        rightBuffer.Dispose();
        columnBuffer?.Dispose();
        fittedBuffer?.Dispose();
    }

    private Candidate Judge(double penalty, double absolute, double condition, double[] v, double residualSquares)
    {
        LeaveOneOutErrors? errors = null;
        double degrees;
        bool all = rows is not null && rows.Rows.Length == sums.Rows;
        if (rows is not null)
        {
            (errors, double visitedSquares) = LeaveOut(rows);
            residualSquares = all ? visitedSquares : residualSquares;
        }

        degrees = all ? errors!.Leverages!.Sum() : Trace(absolute);
        return new()
        {
            Penalty = penalty,
            AbsolutePenalty = absolute,
            Condition = condition,
            DegreesOfFreedom = degrees,
            GeneralisedCrossValidation = Candidate.Gcv(residualSquares, sums.Rows, degrees, sums.Outputs),
            Errors = errors,
        };
    }

    // With (G + λI)V = B: ‖Y − ΦV‖² = ‖Y‖² − 2VᵀB + VᵀGV = ‖Y‖² − Vᵀ(B + λV). Below the rounding of the sums it means nothing.
    private double ResidualSquares(double[] v, double[] b, double absolute)
    {
        double explained = 0;
        for (int i = 0; i < v.Length; i++)
        {
            explained += v[i] * (b[i] + (absolute * v[i]));
        }

        return Math.Max(sums.TargetDeviation - explained, sums.Noise * sums.TargetDeviation);
    }

    // tr(G(G + λI)⁻¹) + 1 = D − λ·tr((G + λI)⁻¹) + 1 over features with variance; the 1 is the intercept.
    private double Trace(double absolute)
    {
        var inverse = new double[sums.FeatureCount];
        Factored.InverseDiagonal(team, Factor, inverse);
        double sum = 0;
        for (int j = 0; j < inverse.Length; j++)
        {
            sum += sums.Scales[j] == 0 ? 0 : 1 - (absolute * inverse[j]);
        }

        return sum + 1;
    }

    private (LeaveOneOutErrors Errors, double ResidualSquares) LeaveOut(LeftOutRows visited)
    {
        var errors = new LeaveOneOutErrors(visited.Rows.Length, sums.Outputs, classification);
        double squares = 0;
        visited.Visit(team, (first, block) =>
        {
            for (int r = 0; r < block.Rows; r += Columns)
            {
                long count = Math.Min(Columns, block.Rows - r);
                squares += LeaveOut(visited.Rows.AsSpan(first + r, (int)count), first + r, block.Block(r, 0, count, block.Columns), errors);
            }
        });
        return (errors, squares);
    }

    private double LeaveOut(ReadOnlySpan<int> indices, int first, Strided<float> block, LeaveOneOutErrors errors)
    {
        int outputs = sums.Outputs;
        var columns = Strided<double>.RowMajor(columnBuffer!, sums.FeatureCount, block.Rows);
        var fitted = Strided<double>.RowMajor(fittedBuffer!, block.Rows, outputs);
        RowBlocks.CentredColumns(team, block, means, sums.Scales, columns);
        MatrixProduct.Multiply(team, columns.Transpose, Strided<double>.RowMajor(rightBuffer, sums.FeatureCount, outputs), fitted);
        Triangular.Solve(team, Factor, columns);
        var leverages = new double[indices.Length];
        Array.Fill(leverages, 1.0 / sums.Rows);
        fixed (double* h = leverages)
        {
            RowBlocks.AddColumnSquares(team, columns, h);
        }

        double squares = 0;
        var e = new double[outputs];
        for (int r = 0; r < indices.Length; r++)
        {
            double free = Math.Max(1 - leverages[r], 1e-12);
            for (int k = 0; k < outputs; k++)
            {
                double residual = targets[indices[r], k] - sums.TargetMeans[k] - fitted[r, k];
                squares += residual * residual;
                e[k] = residual / free;
            }

            errors.Add(first + r, targets.Row(indices[r]), e, leverages[r]);
        }

        return squares;
    }

    private static double[] Copy(Strided<double> values) => new Span<double>(values.Pointer, checked((int)(values.Rows * values.Columns))).ToArray();
}
