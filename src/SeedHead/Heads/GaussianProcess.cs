using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Heads;

/// <summary>Exact Gaussian-process regression with K outputs from a kernel matrix: y ~ N(mean, s²·(K + noise·I)), every output alike and independent.</summary>
/// <remarks>
/// <para>M = K + noise·I = LLᵀ, α = M⁻¹(Y − mean). Without row i its value is predicted with the error αᵢ/(M⁻¹)ᵢᵢ and the variance s²/(M⁻¹)ᵢᵢ, both exact
/// at that noise, that s² and the means of all rows. Classes are one-hot targets.</para>
/// <para>The kernel matrix is lent: the factor stands on and above its diagonal until <see cref="Dispose"/> makes it whole again. Bits do not depend on
/// threads.</para>
/// <para>Source: Rasmussen &amp; Williams, "Gaussian Processes for Machine Learning", MIT Press 2006, secs. 2.2 and 5.4.</para>
/// </remarks>
internal sealed unsafe class GaussianProcess : IDisposable
{
    private const int SamplePurpose = 211; // of Order: rows on which noises are compared
    private const double LogTwoPi = 1.8378770664093454836;

    private readonly Team team;
    private readonly GaussianProcessGram gram;
    private readonly Strided<double> targets;
    private readonly NativeBuffer<double> alphaBuffer;
    private readonly double[] means;
    private readonly bool classification;
    private readonly double unit;
    private readonly int rows, outputs;
    private bool lent = true;

    /// <param name="team">The threads.</param>
    /// <param name="kernel">K [n × n], symmetric, row after row; lent until disposal.</param>
    /// <param name="targets">Y [n × K]; must stay until disposal.</param>
    /// <param name="classification">Whether targets are one-hot classes.</param>
    /// <exception cref="ArgumentException">Not square, symmetric and finite, other rows than targets, or targets that do not vary.</exception>
    public GaussianProcess(Team team, Strided<double> kernel, Strided<double> targets, bool classification)
        : this(team, kernel, targets, classification, null)
    {
    }

    private GaussianProcess(Team team, Strided<double> kernel, Strided<double> targets, bool classification, double? unit)
    {
        if (targets.Rows != kernel.Rows || targets.Columns < 1)
        {
            throw new ArgumentException($"The targets are [{targets.Rows} × {targets.Columns}], the kernel matrix [{kernel.Rows} × {kernel.Columns}]. Pass [n × K] and [n × n].", nameof(targets));
        }

        (this.team, this.targets, this.classification) = (team, targets, classification);
        gram = new(team, kernel);
        this.unit = unit ?? gram.MeanDiagonal;
        rows = checked((int)kernel.Rows);
        outputs = checked((int)targets.Columns);
        means = Means();
        alphaBuffer = new((long)rows * outputs);
    }

    /// <summary>What noises are relative to: the mean diagonal of K.</summary>
    public double Unit => unit;

    /// <summary>The mean of each output over the rows.</summary>
    public IReadOnlyList<double> TargetMeans => means;

    /// <summary>The noise at which the factor now stands; null before the first.</summary>
    public GaussianProcessPoint? Point { get; private set; }

    /// <summary>Noises compared by <see cref="Fit"/>, as they were given, with those left out at which the matrix is not positive definite.</summary>
    public IReadOnlyList<GaussianProcessPoint> Path { get; private set; } = [];

    /// <summary>α = M⁻¹(Y − mean) [n × K] at <see cref="Point"/>.</summary>
    public Strided<double> Coefficients => Strided<double>.RowMajor(alphaBuffer, rows, outputs);

    /// <summary>Bytes that a fit needs besides the kernel matrix and the targets.</summary>
    /// <param name="rows">n.</param>
    /// <param name="outputs">K.</param>
    /// <param name="options">The options.</param>
    public static long Bytes(int rows, int outputs, GaussianProcessOptions options)
    {
        long sample = options.Noises.Count > 1 && rows > options.SampleRows ? (long)options.SampleRows * options.SampleRows : 0;
        return sizeof(double) * (sample + ((long)rows * (256 + (2 * outputs)))); // 256: columns of the inverse at once
    }

    /// <summary>Chooses the noise and factors at it.</summary>
    /// <param name="run">Threads, cancellation, progress.</param>
    /// <param name="kernel">K [n × n], symmetric, row after row; lent until disposal.</param>
    /// <param name="targets">Y [n × K]; must stay until disposal.</param>
    /// <param name="options">Noises and what chooses among them.</param>
    /// <exception cref="ArgumentException">Not square, symmetric and finite, other rows than targets, or targets that do not vary.</exception>
    /// <exception cref="DataException">Not positive definite at any noise: says by how much.</exception>
    public static GaussianProcess Fit(Execution run, Strided<double> kernel, Strided<double> targets, GaussianProcessOptions options)
    {
        var process = new GaussianProcess(run.Team, kernel, targets, options.Classification);
        try
        {
            process.Choose(run, kernel, options);
            return process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Factors at one noise.</summary>
    /// <param name="noise">Relative to <see cref="Unit"/>, ≥ 0.</param>
    /// <exception cref="DataException">K + noise·I is not positive definite: says by how much.</exception>
    public GaussianProcessPoint Factor(double noise)
    {
        CholeskyStatus status = gram.Factor(noise * unit);
        Point = status.Succeeded ? Evaluate(noise) : null;
        return Point ?? throw gram.NotPositive(noise * unit, status);
    }

    /// <summary>Means of new rows, in target units: cross·α + mean.</summary>
    /// <param name="cross">k(new row, training row) [m × n].</param>
    /// <param name="predictions">[m × K].</param>
    public void Predict(Strided<double> cross, Strided<double> predictions)
    {
        RequireFactor(cross);
        MatrixProduct.Multiply(team, cross, Coefficients, predictions);
        for (long i = 0; i < predictions.Rows; i++)
        {
            for (int k = 0; k < outputs; k++)
            {
                predictions[i, k] += means[k];
            }
        }
    }

    /// <summary>Variances of the functions at new rows, without noise: s²·(k(x, x) − kᵀM⁻¹k), one for all outputs; at least 0.</summary>
    /// <param name="cross">k(new row, training row) [m × n], row after row; overwritten by L⁻¹k.</param>
    /// <param name="prior">k(x, x) of the new rows [m].</param>
    /// <param name="variances">[m].</param>
    public void Variances(Strided<double> cross, double[] prior, double[] variances)
    {
        RequireFactor(cross);
        Triangular.Solve(team, gram.Lower, cross.Transpose);
        double scale = Point!.OutputScale;
        team.For(checked((int)cross.Rows), i =>
        {
            double* row = cross.Pointer + (i * cross.RowStride);
            variances[i] = scale * Math.Max(prior[i] - Vectors.Dot(row, row, rows), 0);
        });
    }

    /// <summary>Gives the kernel matrix back, whole.</summary>
    public void Dispose()
    {
        if (lent)
        {
            gram.Restore();
            lent = false;
        }

        alphaBuffer.Dispose();
    }

    private void Choose(Execution run, Strided<double> kernel, GaussianProcessOptions options)
    {
        if (options.Noises.Count == 1)
        {
            Path = [Factor(options.Noises[0])];
            return;
        }

        Path = rows <= options.SampleRows ? Compare(run, options) : CompareOnSample(run, kernel, options);
        GaussianProcessPoint best = Path.MinBy(point => point.Criterion(options.Choice))!;
        if (!ReferenceEquals(best, Point))
        {
            Factor(best.Noise);
        }
    }

    private List<GaussianProcessPoint> Compare(Execution run, GaussianProcessOptions options)
    {
        var points = new List<GaussianProcessPoint>();
        CholeskyStatus failed = default;
        foreach (double noise in options.Noises)
        {
            run.Report("noises", points.Count, options.Noises.Count);
            CholeskyStatus status = gram.Factor(noise * unit);
            Point = status.Succeeded ? Evaluate(noise) : null;
            failed = status.Succeeded ? failed : status;
            points.AddRange(Point is null ? [] : [Point]);
        }

        return points.Count > 0 ? points : throw gram.NotPositive(options.Noises.Max() * unit, failed);
    }

    private List<GaussianProcessPoint> CompareOnSample(Execution run, Strided<double> kernel, GaussianProcessOptions options)
    {
        int[] chosen = Order.Sample(options.Seed, SamplePurpose, rows, options.SampleRows);
        using var kernelBuffer = new NativeBuffer<double>((long)chosen.Length * chosen.Length);
        using var targetBuffer = new NativeBuffer<double>((long)chosen.Length * outputs);
        var part = Strided<double>.RowMajor(kernelBuffer, chosen.Length, chosen.Length);
        var partTargets = Strided<double>.RowMajor(targetBuffer, chosen.Length, outputs);
        for (int i = 0; i < chosen.Length; i++)
        {
            for (int j = 0; j < chosen.Length; j++)
            {
                part[i, j] = kernel[chosen[i], chosen[j]];
            }

            targets.Row(chosen[i]).CopyTo(partTargets.Row(i));
        }

        using var process = new GaussianProcess(team, part, partTargets, classification, unit);
        return process.Compare(run, options);
    }

    private GaussianProcessPoint Evaluate(double noise)
    {
        Strided<double> alpha = Coefficients, lower = gram.Lower;
        Centre(alpha);
        Triangular.Solve(team, lower, alpha);
        Triangular.SolveTransposed(team, lower, alpha);
        double fit = 0, determinant = 0, count = (double)rows * outputs;
        for (int i = 0; i < rows; i++)
        {
            determinant += 2 * Elementary.Log(lower[i, i]);
            for (int k = 0; k < outputs; k++)
            {
                fit += (targets[i, k] - means[k]) * alpha[i, k];
            }
        }

        double scale = fit / count;
        var inverse = new double[rows];
        Factored.InverseDiagonal(team, lower, inverse);
        var (errors, density) = LeaveOut(noise * unit, scale, inverse);
        return new()
        {
            Noise = noise,
            AbsoluteNoise = noise * unit,
            Rows = rows,
            Outputs = outputs,
            OutputScale = scale,
            LogDeterminant = determinant,
            LogMarginalLikelihood = -0.5 * ((count * (LogTwoPi + Elementary.Log(scale) + 1)) + (outputs * determinant)),
            LogMarginalLikelihoodUnscaled = -0.5 * (fit + (outputs * determinant) + (count * LogTwoPi)),
            LeaveOneOut = errors,
            InverseDiagonal = inverse,
            LeaveOneOutLogDensity = density,
        };
    }

    private (LeaveOneOutErrors Errors, double LogDensity) LeaveOut(double noise, double scale, double[] inverse)
    {
        var errors = new LeaveOneOutErrors(rows, outputs, classification);
        var (y, e) = (new float[outputs], new double[outputs]);
        Strided<double> alpha = Coefficients;
        double density = 0;
        for (int i = 0; i < rows; i++)
        {
            double variance = scale / inverse[i], log = LogTwoPi + Elementary.Log(variance);
            for (int k = 0; k < outputs; k++)
            {
                y[k] = (float)targets[i, k];
                e[k] = alpha[i, k] / inverse[i];
                density -= 0.5 * (log + (e[k] * e[k] / variance));
            }

            errors.Add(i, y, e, 1 - (noise * inverse[i]));
        }

        return (errors.Finished(team), density / ((double)rows * outputs));
    }

    private void Centre(Strided<double> to)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < outputs; k++)
            {
                to[i, k] = targets[i, k] - means[k];
            }
        }
    }

    private double[] Means()
    {
        var sums = new double[outputs];
        bool varies = false;
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < outputs; k++)
            {
                sums[k] += targets[i, k];
                varies |= targets[i, k] != targets[0, k];
            }
        }

        return varies && sums.All(double.IsFinite) ? [.. sums.Select(sum => sum / rows)]
            : throw new ArgumentException($"The targets of {rows} rows {(varies ? "are not all finite" : "do not vary")}: there is nothing to learn from them.");
    }

    private void RequireFactor(Strided<double> cross)
    {
        if (Point is null || cross.Columns != rows)
        {
            throw new ArgumentException(Point is null ? "There is no factor yet. Call Factor first."
                : $"The kernel of new rows is [{cross.Rows} × {cross.Columns}]. Pass [m × {rows}], a column for every training row.", nameof(cross));
        }
    }
}
