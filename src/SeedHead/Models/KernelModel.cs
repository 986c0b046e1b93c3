using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Kernels;

namespace SeedHead.Models;

/// <summary>How a <see cref="KernelModel"/> learns. Immutable.</summary>
public sealed record KernelModelOptions
{
    /// <summary>Variances of the noise to choose from, relative to the mean diagonal of the kernel; each at least 0.</summary>
    public IReadOnlyList<double> Noises { get; init; } = GaussianProcessOptions.DefaultNoises;

    /// <summary>Whether the noise is chosen by the marginal likelihood; else by left-out rows.</summary>
    public bool ByMarginalLikelihood { get; init; }

    /// <summary>Whether the kernel is the tangent kernel instead of the NNGP kernel.</summary>
    public bool Tangent { get; init; }

    /// <summary>Names the sample of rows on which noises are compared where there are many.</summary>
    public ulong Seed { get; init; } = 42;
}

/// <summary>A Gaussian process with the kernel of infinitely wide networks, exact: f ~ GP(0, s²·K), y = f + noise. It keeps its training rows, so it is no seed and head, and has no file.</summary>
/// <remarks>
/// <para>Mean of a new row: k(x)ᵀ(K + noise·I)⁻¹(Y − mean) + mean; variance s²·(k(x, x) − k(x)ᵀ(K + noise·I)⁻¹k(x) + noise), from which the 90 % interval of numbers comes.
/// Classes are learned as one-hot targets; probabilities are a softmax of the means at the temperature that suits the left-out rows.</para>
/// <para>Memory: 8·n² bytes while learning, and afterwards where numbers are predicted, whose variances need the factor. Time: about n³/3 operations a noise. docs/math/gaussian-process.md.</para>
/// <para>Predictions may run on several threads at once for classes, one at a time for numbers.</para>
/// </remarks>
public sealed unsafe class KernelModel : IDisposable
{
    private const int RowsAtATime = 1024;
    private const double Ninety = 1.6448536269514722; // normal quantile of 95 %

    private readonly KernelInputs inputs;
    private readonly Numbers points;
    private readonly KernelTargets targets;
    private readonly NativeBuffer<double> coefficients;
    private readonly double[] means;
    private readonly LimitGram? gram;
    private readonly GaussianProcess? process;
    private readonly Lock reading = new();
    private readonly bool tangent;

    private KernelModel(LimitKernel kernel, Dataset train, KernelModelOptions options, Execution run)
    {
        (Kernel, tangent) = (kernel, options.Tangent);
        inputs = KernelInputs.Learn(train.Inputs);
        points = inputs.Read(train.Inputs);
        targets = new(train.Target ?? throw new DataException($"{train.Name} has no target to learn. Give data with a target."));
        coefficients = new((long)points.Count * targets.Outputs);
        gram = kernel.Gram(points, tangent, run);
        process = GaussianProcess.Fit(run, Chosen(gram).Values, targets.Values, new()
        {
            Noises = options.Noises,
            Classification = targets.Classification,
            Choice = options.ByMarginalLikelihood ? NoiseChoice.MarginalLikelihood : NoiseChoice.LeaveOneOut,
            Seed = options.Seed,
        });
        GaussianProcessPoint point = process.Point!;
        Strided<double> alpha = process.Coefficients;
        new Span<double>(alpha.Pointer, checked((int)coefficients.Length)).CopyTo(coefficients.Span(0, (int)coefficients.Length));
        means = [.. process.TargetMeans];
        (Noise, AbsoluteNoise, OutputScale, LogMarginalLikelihood) = (point.Noise, point.AbsoluteNoise, point.OutputScale, point.LogMarginalLikelihood);
        LeftOutError = point.LeaveOneOut.Error * targets.Scale;
        Temperature = point.LeaveOneOut.Temperature(run.Team) ?? 1;
        if (targets.Classification)
        {
            process.Dispose();
            gram.Dispose();
            (process, gram) = (null, null);
        }
    }

    /// <summary>The kernel.</summary>
    public LimitKernel Kernel { get; }

    /// <summary>The chosen noise, relative to the mean diagonal of the kernel.</summary>
    public double Noise { get; }

    /// <summary>s², what kernel and noise are multiplied by so that the marginal likelihood is largest.</summary>
    public double OutputScale { get; }

    /// <summary>log p(Y) of the training targets (numbers scaled to deviation 1) at that scale, summed over outputs.</summary>
    public double LogMarginalLikelihood { get; }

    /// <summary>The share of misclassified rows, or the root of the mean squared error in target units, each training row predicted from all others.</summary>
    public double LeftOutError { get; }

    private double AbsoluteNoise { get; }

    private double Temperature { get; }

    /// <summary>Learns from all rows.</summary>
    /// <param name="train">Rows with a target.</param>
    /// <param name="kernel">The kernel; it reads as many columns as the rows have after preprocessing.</param>
    /// <param name="options">How the noise is chosen, and which kernel.</param>
    /// <param name="run">Threads, cancellation, progress; they change no bit.</param>
    /// <exception cref="DataException">No target, a value that is not finite, one class only, or a kernel that is not positive definite at any noise.</exception>
    /// <exception cref="ArgumentException">The kernel reads another number of columns.</exception>
    public static KernelModel Fit(Dataset train, LimitKernel kernel, KernelModelOptions? options = null, Execution? run = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(kernel);
        return new(kernel, train, options ?? new(), run ?? new());
    }

    /// <summary>Predictions of new rows; of numbers with 90 % intervals of an observation, noise included.</summary>
    /// <param name="rows">Rows with the columns of the training rows.</param>
    /// <param name="run">Threads and cancellation; they change no bit.</param>
    /// <exception cref="DataException">Other columns or shapes.</exception>
    public Predictions Predict(Inputs rows, Execution? run = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        run ??= new();
        Numbers read = inputs.Read(rows);
        var predictions = new Predictions(rows.Count, targets.Outputs, targets.Classes);
        int[] outside = inputs.OutOfRange(rows);
        for (int i = 0; i < outside.Length; i++)
        {
            predictions.OutOfRange[i] = SeedHeadModel.Unfamiliar(outside[i], rows is Images, read.Columns);
        }

        for (int first = 0; first < rows.Count; first += RowsAtATime)
        {
            int count = Math.Min(RowsAtATime, rows.Count - first);
            using LimitGram cross = Kernel.Gram(new(read.Values.Slice(first * read.Columns, count * read.Columns), read.Columns), points, tangent, run);
            Predict(run, Chosen(cross).Values, first, read, predictions);
        }

        return predictions;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process?.Dispose();
        gram?.Dispose();
        coefficients.Dispose();
        targets.Dispose();
    }

    private KernelMatrix Chosen(LimitGram both) => tangent ? both.Tangent! : both.Nngp;

    private void Predict(Execution run, Strided<double> cross, int first, Numbers read, Predictions predictions)
    {
        int outputs = targets.Outputs;
        using var buffer = new NativeBuffer<double>(cross.Rows * outputs);
        Strided<double> mean = Strided<double>.RowMajor(buffer, cross.Rows, outputs);
        MatrixProduct.Multiply(run.Team, cross, Strided<double>.RowMajor(coefficients, points.Count, outputs), mean);
        for (int i = 0; i < cross.Rows; i++)
        {
            for (int k = 0; k < outputs; k++)
            {
                mean[i, k] += means[k];
                predictions.Scores[((first + i) * outputs) + k] = (float)mean[i, k];
            }
        }

        targets.Readable(mean, Temperature).CopyTo(predictions.Values, first * outputs);
        if (process is not null)
        {
            Intervals(run, cross, first, read, predictions);
        }
    }

    private void Intervals(Execution run, Strided<double> cross, int first, Numbers read, Predictions predictions)
    {
        double[] prior = new double[cross.Rows], variances = new double[cross.Rows];
        run.Team.For(prior.Length, i =>
        {
            ReadOnlyMemory<float> x = read.Values.Slice((first + i) * read.Columns, read.Columns);
            (double nngp, double ntk) = Kernel.Pair(x, x);
            prior[i] = tangent ? ntk : nngp;
        });
        lock (reading) // the process works in its own memory
        {
            process!.Variances(cross, prior, variances);
        }

        for (int i = 0; i < variances.Length; i++)
        {
            float half = (float)(Ninety * targets.Scale * Math.Sqrt(variances[i] + (OutputScale * AbsoluteNoise)));
            (predictions.Low[first + i], predictions.High[first + i]) = (predictions.Values[first + i] - half, predictions.Values[first + i] + half);
        }
    }
}
