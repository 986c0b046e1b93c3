using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Kernels;

/// <summary>A kernel of networks of finite width, E[f(x)·f(x′)] or E[∇f(x)·∇f(x′)] of one output, estimated from random networks of a seed. Immutable, thread-safe.</summary>
/// <remarks>
/// <para>Every architecture that training knows: dense, convolutional, pooled, residual, gated, joined, normalised. Nothing is dropped. Where networks have k outputs,
/// each gives the mean over them; the kernel of whole outputs is k times as large.</para>
/// <para>Networks are taken in blocks of <see cref="BlockNetworks"/>; block i holds the networks from i·64 on. A run over some blocks keeps sums that join with those of
/// the next blocks: however the blocks were cut into runs, the result has the same bits. Source: Amid, Anil, Kotłowski &amp; Warmuth, 2022.</para>
/// </remarks>
public sealed class SampledKernel
{
    /// <summary>Networks of a block: part of the definition of the sums.</summary>
    public const int BlockNetworks = 64;

    private readonly SampledKernelOptions options;

    /// <summary>The networks of a seed.</summary>
    /// <param name="net">The architecture.</param>
    /// <param name="prior">The law of weights and biases.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="options">What is averaged; null for products of outputs.</param>
    /// <exception cref="ArgumentException">A network of tokens; or heads are to be left out and there is none, or its weights depend on those of other layers.</exception>
    public SampledKernel(Architecture net, WeightPrior prior, ulong seed, SampledKernelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(prior);
        (Net, Prior, Seed, this.options) = (net, prior, seed, options ?? new());
        net.ReadingNumbers("kernels are sampled of");
        if (this.options.Form == SampledForm.WithoutHeads)
        {
            net.BeforeOutputLayer();
            if (prior.DrawsWholeNetworks)
            {
                throw new ArgumentException($"{prior} draws all weights of a network together, so heads cannot be averaged by formula. Sample them, with more outputs a network.", nameof(prior));
            }
        }
    }

    /// <summary>The architecture.</summary>
    public Architecture Net { get; }

    /// <summary>The law of the weights.</summary>
    public WeightPrior Prior { get; }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>Where batch norms take their statistics from, in words; null for networks without batch norms.</summary>
    /// <param name="points">n, the number of points.</param>
    public string? NormsText(int points) => !NetworkOutputs.HasBatchNorms(Net.Layers) ? null
        : options.NormReference is { } reference ? $"statistics of {reference.Count} given rows"
        : options.NormRows == 0 ? "mean 0, variance 1"
        : $"statistics of {Math.Min(points, options.NormRows)} of the rows";

    /// <summary>Sums over the networks of some blocks.</summary>
    /// <param name="points">[n × d].</param>
    /// <param name="firstBlock">The first block's number.</param>
    /// <param name="blocks">How many, at least one.</param>
    /// <param name="run">Threads and cancellation; neither changes a bit.</param>
    /// <exception cref="ArgumentException">Not d columns, no row, a number that is not finite, or no block.</exception>
    public KernelSums Run(Numbers points, int firstBlock, int blocks, Execution? run = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        return Sample(points, checked(blocks * BlockNetworks), firstNetwork: checked(firstBlock * BlockNetworks), run: run);
    }

    /// <summary>Sums over networks, block after block, until there are so many or the error is small enough.</summary>
    /// <param name="points">[n × d].</param>
    /// <param name="networks">The most networks, those of <paramref name="from"/> included; what does not fill a block at the end is summed too.</param>
    /// <param name="until">Stops behind the first block where the mean of <see cref="KernelSums.RelativeErrors"/> is at most this; null for never.</param>
    /// <param name="from">Sums to go on from: of the same networks and points. They are not changed; networks behind their last whole block are sampled again.</param>
    /// <param name="firstNetwork">The first network's number where there are no sums yet, a multiple of <see cref="BlockNetworks"/>.</param>
    /// <param name="run">Threads, progress and cancellation; none changes a bit.</param>
    /// <exception cref="ArgumentException">Not d columns, no row, a number that is not finite, no network, or sums of other networks or points.</exception>
    public KernelSums Sample(Numbers points, int networks, double? until = null, KernelSums? from = null, int firstNetwork = 0, Execution? run = null) =>
        Sample(points, networks, until, from, firstNetwork, null, run);

    internal unsafe KernelSums Sample(Numbers points, int networks, double? until, KernelSums? from, int firstNetwork, Action<KernelSums>? afterBlock, Execution? run)
    {
        Require(points, networks, firstNetwork);
        KernelSums sums = Begin(points, from, firstNetwork);
        run ??= new();
        using IKernelBlocks blocks = Blocks(NormRows(points));
        fixed (float* x = points.Values.Span)
        {
            Strided<float> rows = Strided<float>.RowMajor(x, points.Count, points.Columns);
            while (sums.Networks < networks && !IsReached(sums, until))
            {
                int next = checked((sums.FirstBlock + sums.Blocks) * BlockNetworks), count = (int)Math.Min(BlockNetworks, networks - sums.Networks);
                double[][] block = blocks.Of(run.Team, rows, next, count);
                if (count == BlockNetworks)
                {
                    sums.Add(block);
                    afterBlock?.Invoke(sums);
                }
                else
                {
                    sums.AddRest(count, block);
                }

                run.Report("networks", sums.Networks, networks);
            }
        }

        return sums;
    }

    /// <summary>Bytes that <see cref="Sample(Numbers, int, double?, KernelSums?, int, Execution?)"/> needs, sums and both result matrices included.</summary>
    /// <param name="points">n.</param>
    /// <param name="networks">The most networks.</param>
    /// <param name="threads">Threads at work.</param>
    public long Bytes(int points, int networks, int threads)
    {
        using IKernelBlocks blocks = Blocks(null);
        int normRows = !NetworkOutputs.HasBatchNorms(Net.Layers) ? 0 : options.NormReference?.Count ?? Math.Min(points, options.NormRows);
        int waiting = 3; // sums of a block, and two of one size that become one
        for (long whole = networks / BlockNetworks; whole > 0; whole /= 2)
        {
            waiting++;
        }

        return blocks.WorkingBytes(points, normRows, threads) + (sizeof(double) * ((waiting * blocks.Sums * Packed.Length(points)) + (2L * points * points)));
    }

    internal static string FormText(SampledForm form) => form switch
    {
        SampledForm.Outputs => "outputs",
        SampledForm.WithoutHeads => "without heads",
        _ => "tangent",
    };

    /// <summary>What the sums at these points are of.</summary>
    internal SampleSource SourceOf(Numbers points) => new(
        Net.ToString(), Prior.ToString(), Seed, RandomStream.Version, FormText(options.Form),
        (NormsText(points.Count) ?? "none") + (options.NormReference is { } reference && NetworkOutputs.HasBatchNorms(Net.Layers) ? $" {SampleSource.HashOf(reference)[..12]}" : ""),
        points.Count, SampleSource.HashOf(points));

    private static bool IsReached(KernelSums sums, double? until) => until is { } error && sums.Networks > 1 && sums.RelativeErrors().Mean <= error;

    private KernelSums Begin(Numbers points, KernelSums? from, int firstNetwork)
    {
        SampleSource source = SourceOf(points);
        return from is null ? new(source, firstNetwork / BlockNetworks)
            : from.Source.DifferenceTo(source) is { } other ? throw new ArgumentException($"The sums to go on from are of other networks or points: {other.Name} {other.Mine}, here {other.Theirs}.", nameof(from))
            : from.WholeBlocks();
    }

    private IKernelBlocks Blocks(Numbers? normRows)
    {
        if (options.Form == SampledForm.Tangent)
        {
            return new TangentBlocks(Net, Prior, Seed, normRows);
        }

        if (options.Form == SampledForm.WithoutHeads)
        {
            (Architecture hidden, double scale) = Net.BeforeOutputLayer();
            int width = hidden.OutputCount;
            return new FeatureBlocks(
                new(hidden, Prior, Seed, normRows), scale * scale * Prior.LimitWeightVariance(width, Net.OutputCount) / width, scale * scale * Prior.BiasVariance(width), outputs: false);
        }

        var networks = new NetworkOutputs(Net, Prior, Seed, normRows);
        return Net.OutputCount == 1 ? new OutputBlocks(networks) : new FeatureBlocks(networks, 1.0 / Net.OutputCount, 0, outputs: true);
    }

    private Numbers? NormRows(Numbers points)
    {
        int rows = Math.Min(points.Count, options.NormRows);
        return options.NormReference ?? (rows == 0 || !NetworkOutputs.HasBatchNorms(Net.Layers) ? null
            : (Numbers)points.Select([.. Enumerable.Range(0, rows).Select(i => (int)((long)i * points.Count / rows))])); // evenly spaced: files are often sorted by class
    }

    private void Require(Numbers points, int networks, int firstNetwork)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (networks < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(networks), networks, "A kernel is the mean over networks: give at least 1.");
        }

        if (firstNetwork < 0 || firstNetwork % BlockNetworks != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(firstNetwork), firstNetwork, $"Networks come in blocks of {BlockNetworks}: begin at a multiple of it.");
        }

        RequirePoints(points, nameof(points));
        if (options.NormReference is { } reference)
        {
            RequirePoints(reference, nameof(SampledKernelOptions.NormReference));
        }
    }

    private void RequirePoints(Numbers points, string name)
    {
        if (points.Count == 0 || points.Columns != Net.InputCount)
        {
            throw new ArgumentException($"The points are [{points.Count} × {points.Columns}] but {Net} reads {Net.InputCount} columns. Pass at least one row of {Net.InputCount}.", name);
        }

        int wrong = points.Values.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (wrong >= 0)
        {
            throw new ArgumentException($"Row {wrong / points.Columns}, column {wrong % points.Columns} is {points.Values.Span[wrong]}; kernels are of finite numbers.", name);
        }
    }
}
