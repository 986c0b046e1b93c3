using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>Ridges on one set of sums: (G + λI)·V = B by one Cholesky factor a penalty, with exact leave-one-out on the rows given.</summary>
/// <remarks>
/// <para>The factor lies above the sums in their own matrix, so that one matrix of D² numbers is all there is.</para>
/// <para>Row i has leverage hᵢ = 1/n + φ̃ᵢᵀ(G + λI)⁻¹φ̃ᵢ = 1/n + ‖L⁻¹φ̃ᵢ‖² and left-out residual rᵢ/(1 − hᵢ), φ̃ the centred, scaled features.</para>
/// </remarks>
internal sealed unsafe class PrimalPath : IDisposable
{
    /// <summary>Beyond this condition number a solution in float64 has too few digits left, and the penalty is refused.</summary>
    public const double MostCondition = 1e12;

    /// <summary>Relative change of the coefficients after which a refinement ends: one more step would change them by about its square.</summary>
    public const double EnoughChange = 1e-3;

    /// <summary>Rows whose leverages are solved for at once.</summary>
    public const int Columns = 1024;

    private readonly Team team;
    private readonly CentredSums sums;
    private readonly LeftOutRows? rows;
    private readonly Strided<float> targets;
    private readonly bool classification;
    private readonly NativeBuffer<double> rightBuffer, columnBuffer, fittedBuffer;
    private readonly double[] means;
    private double? largest;

    public PrimalPath(Team team, CentredSums sums, LeftOutRows? rows, Strided<float> targets, bool classification)
    {
        this.team = team;
        this.sums = sums;
        this.rows = rows;
        this.targets = targets;
        this.classification = classification;
        means = sums.PreparedMeans;
        long d = sums.FeatureCount, k = sums.Outputs;
        rightBuffer = new(d * (k + 1));
        long width = targets.Rows == 0 ? 0 : Math.Min(Columns, sums.Rows); // no rows, no targets: from sums alone
        columnBuffer = new(d * width);
        fittedBuffer = new(k * width);
    }

    private Strided<double> Factor => sums.Factor;

    private Strided<double> RightAndExtra => Strided<double>.RowMajor(rightBuffer, sums.FeatureCount, sums.Outputs + 1);

    private Strided<double> Right => RightAndExtra.Block(0, 0, sums.FeatureCount, sums.Outputs);

    /// <summary>A column of its own, from which the smallest eigenvalue is estimated.</summary>
    private Strided<double> Extra => RightAndExtra.Block(0, sums.Outputs, sums.FeatureCount, 1);

    /// <summary>The ridge at one relative penalty, or null when the penalised Gram is too ill-conditioned.</summary>
    public Candidate? Evaluate(double penalty)
    {
        double absolute = penalty * sums.Unit;
        sums.Fill(team, absolute);
        largest ??= Factored.LargestEigenvalue(team, Factor) - absolute;
        if (!Cholesky.Factor(team, Factor).Succeeded)
        {
            return null;
        }

        sums.RightHandSide(Right);
        double[] b = Copy(Right);
        Factored.Start(Extra);
        Triangular.Solve(team, Factor, RightAndExtra); // one way through the factor for both
        Triangular.SolveTransposed(team, Factor, RightAndExtra);
        double condition = (largest.Value + absolute) / Math.Max(Factored.SmallestEigenvalue(Extra), absolute);
        if (!(condition <= MostCondition))
        {
            return null;
        }

        double[] v = Copy(Right);
        return Judge(penalty, absolute, condition, v, ResidualSquares(v, b, absolute)).With(v);
    }

    /// <summary>The coefficients of an evaluated penalty, freed of what float32 products cost them: iterative refinement.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="all">All rows.</param>
    /// <remarks>V ← V + (G + λI)⁻¹(Φ̃ᵀ(Ỹ − Φ̃V) − λV), the bracket from the rows themselves in float64, at most three times.</remarks>
    public double[] Refine(Candidate candidate, LeftOutRows all)
    {
        double absolute = candidate.AbsolutePenalty, change = 1;
        sums.Fill(team, absolute);
        Cholesky.Factor(team, Factor);
        double[] v = [.. candidate.Coefficients!];
        for (int step = 0; step < 3 && change > EnoughChange; step++)
        {
            fixed (double* pointer = v)
            {
                Gradient(all, Strided<double>.RowMajor(pointer, sums.FeatureCount, sums.Outputs), absolute);
            }

            Triangular.Solve(team, Factor, Right);
            Triangular.SolveTransposed(team, Factor, Right);
            double[] correction = Copy(Right);
            double now = Math.Sqrt(SquareSum(correction) / Math.Max(SquareSum(v), double.Epsilon));
            if (!(now < change))
            {
                break; // the sums are too coarse for this penalty: keep what they gave
            }

            change = now;
            v = [.. v.Zip(correction, (a, b) => a + b)];
        }

        return v;
    }

    public void Dispose()
    {
        sums.Restore();
        rightBuffer.Dispose();
        columnBuffer.Dispose();
        fittedBuffer.Dispose();
    }

    // Right ← Φ̃ᵀ(Ỹ − Φ̃V) − λV
    private void Gradient(LeftOutRows all, Strided<double> v, double absolute)
    {
        for (long j = 0; j < v.Rows; j++)
        {
            for (long k = 0; k < v.Columns; k++)
            {
                Right[j, k] = -absolute * v[j, k];
            }
        }

        Residuals(all, v, (_, columns, residuals) => MatrixProduct.Multiply(team, columns, residuals, Right, add: true));
    }

    private Candidate Judge(double penalty, double absolute, double condition, double[] v, double residualSquares)
    {
        LeaveOneOutErrors? errors = null;
        bool all = rows is not null && rows.Rows.Length == sums.Rows;
        if (rows is not null)
        {
            (errors, double visitedSquares) = LeaveOut(rows);
            residualSquares = all ? visitedSquares : residualSquares;
        }

        // Sampled rows have the mean leverage of all but for their sampling error; the exact trace takes as long as the factor.
        double degrees = errors is null ? Trace(absolute) : errors.Leverages!.Average() * sums.Rows;
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

    // With (G + λI)V = B: ‖Y − ΦV‖² = ‖Y‖² − 2VᵀB + VᵀGV = ‖Y‖² − Vᵀ(B + λV).
    private double ResidualSquares(double[] v, double[] b, double absolute)
    {
        double explained = 0;
        for (int i = 0; i < v.Length; i++)
        {
            explained += v[i] * (b[i] + (absolute * v[i]));
        }

        return sums.Residual(explained);
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
        Residuals(visited, Right, (first, columns, residuals) =>
        {
            Triangular.Solve(team, Factor, columns);
            var leverages = new double[columns.Columns];
            Array.Fill(leverages, 1.0 / sums.Rows);
            fixed (double* h = leverages)
            {
                RowBlocks.AddColumnSquares(team, columns, h);
            }

            var e = new double[sums.Outputs];
            for (int r = 0; r < leverages.Length; r++)
            {
                double free = Math.Max(1 - leverages[r], 1e-12);
                for (int k = 0; k < e.Length; k++)
                {
                    squares += residuals[r, k] * residuals[r, k];
                    e[k] = residuals[r, k] / free;
                }

                errors.Add(first + r, targets.Row(visited.Rows[first + r]), e, leverages[r]);
            }
        });
        return (errors.Finished(team), squares);
    }

    // Calls see(first, Φ̃ᵀ [D × b], Ỹ − Φ̃V [b × K]) for consecutive rows; see may overwrite both.
    private void Residuals(LeftOutRows visited, Strided<double> v, Action<int, Strided<double>, Strided<double>> see) =>
        visited.Visit(team, (start, block) =>
        {
            for (int r0 = 0; r0 < block.Rows; r0 += Columns)
            {
                long count = Math.Min(Columns, block.Rows - r0);
                var columns = Strided<double>.RowMajor(columnBuffer, sums.FeatureCount, count);
                var residuals = Strided<double>.RowMajor(fittedBuffer, count, sums.Outputs);
                RowBlocks.CentredColumns(team, block.Block(r0, 0, count, block.Columns), means, sums.Scales, columns);
                MatrixProduct.Multiply(team, columns.Transpose, v, residuals);
                for (int r = 0; r < count; r++)
                {
                    var y = targets.Row(visited.Rows[start + r0 + r]);
                    for (int k = 0; k < y.Length; k++)
                    {
                        residuals[r, k] = y[k] - sums.TargetMeans[k] - residuals[r, k];
                    }
                }

                see(start + r0, columns, residuals);
            }
        });

    private static double SquareSum(double[] values) => values.Sum(value => value * value);

    private static double[] Copy(Strided<double> values)
    {
        var copy = new double[checked((int)(values.Rows * values.Columns))];
        for (int i = 0; i < values.Rows; i++)
        {
            values.Row(i).CopyTo(copy.AsSpan(i * (int)values.Columns));
        }

        return copy;
    }
}
