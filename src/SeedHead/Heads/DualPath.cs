using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>Ridges with fewer rows than features: (K̃ + λI)·α = Ỹ for the centred kernel K̃ = Φ̃Φ̃ᵀ [n × n], V = Φ̃ᵀα, all in float64.</summary>
/// <remarks>
/// <para>The vector of ones has K̃·1 = 0. M = K̃ + (c/n)·11ᵀ + λI with c the mean diagonal gives it a harmless eigenvalue and leaves α alone.</para>
/// <para>I − H = λ·M⁻¹ − λ/(n(c + λ))·11ᵀ, so row i has 1 − hᵢ = λ·((M⁻¹)ᵢᵢ − 1/(n(c + λ))) and left-out residual λαᵢ/(1 − hᵢ): no digits are lost
/// where hᵢ is near 1.</para>
/// </remarks>
internal sealed unsafe class DualPath : IDisposable
{
    private const int Panel = 512;

    private readonly Team team;
    private readonly Strided<float> features, targets;
    private readonly NativeBuffer<double> buffer;
    private readonly double[] targetMeans, means, scales, diagonal;
    private readonly bool classification;
    private readonly double largest, trace;
    private readonly int alive, rows, outputs;

    /// <param name="team">The threads.</param>
    /// <param name="features">Φ [n × D].</param>
    /// <param name="targets">Y [n × K].</param>
    /// <param name="options">Standardise and Classification are used.</param>
    public DualPath(Team team, Strided<float> features, Strided<float> targets, RidgeOptions options)
    {
        this.team = team;
        this.features = features;
        this.targets = targets;
        rows = checked((int)features.Rows);
        outputs = checked((int)targets.Columns);
        classification = options.Classification;
        targetMeans = Means(targets);
        means = Means(features);
        scales = FeatureScales(options.Standardise);
        alive = scales.Count(scale => scale != 0);
        buffer = new((long)rows * rows);
        FillKernel();
        diagonal = [.. Enumerable.Range(0, rows).Select(i => Kernel[i, i])];
        trace = diagonal.Sum();
        Fill(0, 0);
        largest = Factored.LargestEigenvalue(team, Factor);
    }

    /// <summary>The unit of the penalty: the mean diagonal of Φ̃ᵀΦ̃ over features with variance.</summary>
    public double Unit => alive == 0 ? 1 : trace / alive;

    /// <summary>Σ over rows and outputs of (y − ȳ)².</summary>
    public double TargetDeviation
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < rows; i++)
            {
                for (int k = 0; k < outputs; k++)
                {
                    double y = targets[i, k] - targetMeans[k];
                    sum += y * y;
                }
            }

            return sum;
        }
    }

    private Strided<double> Kernel => Strided<double>.RowMajor(buffer, rows, rows);

    // Above the kernel in the same matrix; the diagonal they share is kept apart.
    private Strided<double> Factor => Kernel.Transpose;

    /// <summary>The ridge at one relative penalty, or null when it is too ill-conditioned.</summary>
    public Candidate? Evaluate(double penalty)
    {
        double absolute = penalty * Unit, ones = trace > 0 ? trace / rows : 1;
        double condition = (largest + absolute) / absolute; // Φ̃ᵀΦ̃ has rank below D: its least eigenvalue is 0
        Fill(ones / rows, absolute);
        if (!(condition <= PrimalPath.MostCondition) || !Cholesky.Factor(team, Factor).Succeeded)
        {
            return null;
        }

        using var alphaBuffer = new NativeBuffer<double>((long)rows * outputs);
        var alpha = Strided<double>.RowMajor(alphaBuffer, rows, outputs);
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < outputs; k++)
            {
                alpha[i, k] = targets[i, k] - targetMeans[k];
            }
        }

        Triangular.Solve(team, Factor, alpha);
        Triangular.SolveTransposed(team, Factor, alpha);
        return Judge(penalty, absolute, condition, alpha, 1 / (rows * (ones + absolute)));
    }

    /// <summary>Weights w = scale·Φ̃ᵀα and intercepts b = ȳ − wᵀm for the features as they come.</summary>
    public (float[] Weights, float[] Intercepts) Head(double[] coefficients)
    {
        var weights = new float[checked(features.Columns * outputs)];
        double[] intercepts = [.. targetMeans];
        using var panelBuffer = new NativeBuffer<double>((long)Panel * rows);
        using var productBuffer = new NativeBuffer<double>((long)Panel * outputs);
        fixed (double* alpha = coefficients)
        {
            for (long first = 0; first < features.Columns; first += Panel)
            {
                var panel = Columns(panelBuffer, first);
                var product = Strided<double>.RowMajor(productBuffer, panel.Rows, outputs);
                MatrixProduct.Multiply(team, panel, Strided<double>.RowMajor(alpha, rows, outputs), product);
                for (long j = 0; j < panel.Rows; j++)
                {
                    for (int k = 0; k < outputs; k++)
                    {
                        float weight = (float)(product[j, k] * scales[first + j]);
                        weights[((first + j) * outputs) + k] = weight;
                        intercepts[k] -= weight * means[first + j];
                    }
                }
            }
        }

        return (weights, [.. intercepts.Select(value => (float)value)]);
    }

    public void Dispose()
    {
        buffer.Dispose();
    }

    private Candidate Judge(double penalty, double absolute, double condition, Strided<double> alpha, double onesInverse)
    {
        var inverse = new double[rows];
        Factored.InverseDiagonal(team, Factor, inverse);
        var errors = rows > 1 ? new LeaveOneOutErrors(rows, outputs, classification) : null;
        var e = new double[outputs];
        double squares = 0, degrees = 0;
        for (int i = 0; i < rows; i++)
        {
            double free = inverse[i] - onesInverse; // (1 − h)/λ
            for (int k = 0; k < outputs; k++)
            {
                double residual = absolute * alpha[i, k];
                squares += residual * residual;
                e[k] = alpha[i, k] / free;
            }

            double leverage = 1 - (absolute * free);
            degrees += leverage;
            errors?.Add(i, targets.Row(i), e, leverage);
        }

        return new Candidate
        {
            Penalty = penalty,
            AbsolutePenalty = absolute,
            Condition = condition,
            DegreesOfFreedom = degrees,
            GeneralisedCrossValidation = Candidate.Gcv(squares, rows, degrees, outputs),
            Errors = errors?.Finished(team),
        }.With(new Span<double>(alpha.Pointer, checked(rows * outputs)).ToArray());
    }

    // Factor ← K̃ + constant·11ᵀ + λI, lower triangle.
    private void Fill(double constant, double absolute)
    {
        const int Tile = 64; // both sides of a tile fit the first cache
        team.For(RowBlocks.Chunks(rows, Tile), chunk =>
        {
            int end = Math.Min((chunk + 1) * Tile, rows);
            for (int j0 = 0; j0 < end; j0 += Tile)
            {
                for (int i = chunk * Tile; i < end; i++)
                {
                    for (int j = j0; j < Math.Min(j0 + Tile, i); j++)
                    {
                        Factor[i, j] = Kernel[i, j] + constant;
                    }
                }
            }

            for (int i = chunk * Tile; i < end; i++)
            {
                Factor[i, i] = diagonal[i] + constant + absolute;
            }
        });
    }

    private void FillKernel()
    {
        using var panelBuffer = new NativeBuffer<double>((long)Panel * rows);
        for (long first = 0; first < features.Columns; first += Panel)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            var panel = Columns(panelBuffer, first);
            MatrixProduct.MultiplyLower(team, panel.Transpose, panel, Kernel, Into.Add);
        }
    }

    // Centred, scaled features first … as [≤ Panel × n].
    private Strided<double> Columns(NativeBuffer<double> panel, long first)
    {
        long count = Math.Min(Panel, features.Columns - first);
        var columns = Strided<double>.RowMajor(panel, count, rows);
        int start = (int)first, end = (int)(first + count);
        RowBlocks.CentredColumns(team, features.Block(0, first, rows, count), means[start..end], scales[start..end], columns);
        return columns;
    }

    private double[] Means(Strided<float> values)
    {
        var sums = new double[values.Columns];
        RowBlocks.AddColumns(team, values, null, sums);
        return [.. sums.Select(sum => sum / rows)];
    }

    private double[] FeatureScales(bool standardise)
    {
        var deviations = new double[features.Columns];
        var squares = new double[features.Columns];
        for (int i = 0; i < rows; i++)
        {
            var row = features.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                double value = row[j] - means[j];
                deviations[j] += value * value;
                squares[j] += (double)row[j] * row[j];
            }
        }

        return [.. deviations.Select((deviation, j) => CentredSums.Scale(j, deviation, squares[j], rows, standardise))];
    }
}
