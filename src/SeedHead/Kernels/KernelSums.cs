using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>Sums of a sampled kernel over consecutive networks: the estimate, its standard errors, and what joins it with the networks behind.</summary>
/// <remarks>
/// Networks come in blocks of <see cref="SampledKernel.BlockNetworks"/>, and blocks are summed in a tree: two sums over 2ᵏ blocks are added where the first begins at a
/// multiple of 2ᵏ⁺¹, so the additions depend on the blocks' numbers alone. A run keeps the sums that wait for their neighbour, at most two of each size, and behind
/// them those of networks that do not fill a block.
/// </remarks>
public sealed class KernelSums
{
    private readonly List<Node> nodes = [];

    internal KernelSums(SampleSource source, int firstBlock) => (Source, FirstBlock) = (source, firstBlock);

    /// <summary>n, the number of points.</summary>
    public int Points => Source.Points;

    /// <summary>The first block's number.</summary>
    public int FirstBlock { get; }

    /// <summary>Whole blocks summed.</summary>
    public int Blocks { get; private set; }

    /// <summary>Networks behind the whole blocks, fewer than a block.</summary>
    public int Rest { get; private set; }

    /// <summary>Networks summed.</summary>
    public long Networks => ((long)Blocks * SampledKernel.BlockNetworks) + Rest;

    /// <summary>
    /// Var₁/Var over the networks: how many independent single outputs have the variance of this estimate, both variances summed over the entries (i, j) after division by
    /// K(i, i)·K(j, j). Null for one network, and for tangent kernels. With one output a network it is the number of networks.
    /// </summary>
    public double? EffectiveFeatures => Networks < 2 || Source.Form == SampledKernel.FormText(SampledForm.Tangent) ? null : Networks * SinglesRatio();

    internal SampleSource Source { get; }

    /// <summary>The sums as they are kept: of so many blocks from a block on.</summary>
    internal IReadOnlyList<Node> Nodes => nodes;

    /// <summary>Sums over some blocks, or over a part of one.</summary>
    internal sealed record Node(int First, int Count, double[][] Sums);

    /// <summary>The estimate of the kernel of points i and j.</summary>
    /// <param name="i">A point's number.</param>
    /// <param name="j">A point's number.</param>
    public double Mean(int i, int j) => Total(0, At(i, j)) / Networks;

    /// <summary>The standard error of <see cref="Mean"/>: √((ΣG²/N − mean²)/(N − 1)) over N independent networks, G what one network gives. Not a number for one network.</summary>
    /// <param name="i">A point's number.</param>
    /// <param name="j">A point's number.</param>
    public double StandardError(int i, int j) => StandardError(At(i, j));

    /// <summary>The estimate of all entries [n × n].</summary>
    public KernelMatrix Means() => Matrix(at => Total(0, at) / Networks);

    /// <summary>The standard errors of all entries [n × n].</summary>
    public KernelMatrix StandardErrors() => Matrix(StandardError);

    /// <summary>Mean and largest of the standard errors relative to √(K(i, i)·K(j, j)), over all entries i ≥ j with a positive root. Not a number for one network.</summary>
    public (double Mean, double Largest) RelativeErrors()
    {
        double[] roots = [.. Enumerable.Range(0, Points).Select(i => Math.Sqrt(Math.Max(Mean(i, i), 0)))];
        (double sum, double largest, long count) = (0, 0, 0);
        for (long i = 0, at = 0; i < Points; i++)
        {
            for (long j = 0; j <= i; j++, at++)
            {
                if (roots[i] * roots[j] is > 0 and var scale)
                {
                    double error = StandardError(at) / scale;
                    (sum, largest, count) = (sum + error, Math.Max(largest, error), count + 1);
                }
            }
        }

        return count == 0 ? (0, 0) : (sum / count, largest);
    }

    /// <summary>The sums over these networks and those that follow.</summary>
    /// <param name="next">Sums of the same networks and points that begin where these end.</param>
    /// <exception cref="ArgumentException">Other networks or points, blocks that do not follow, or these end within a block: says which.</exception>
    public KernelSums Merge(KernelSums next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (Source.DifferenceTo(next.Source) is { } other)
        {
            throw new ArgumentException($"Sums of other networks or points cannot be joined: {other.Name} {other.Mine} and {other.Theirs}.", nameof(next));
        }

        if (Rest > 0)
        {
            throw new ArgumentException(
                $"Sums of {Networks} networks end within a block of {SampledKernel.BlockNetworks}, so nothing can follow them. Only the last part may end there.", nameof(next));
        }

        if (next.FirstBlock != FirstBlock + Blocks)
        {
            throw new ArgumentException(
                $"Blocks {FirstBlock} to {FirstBlock + Blocks - 1} are followed by block {FirstBlock + Blocks}, network {(long)(FirstBlock + Blocks) * SampledKernel.BlockNetworks}, not by block {next.FirstBlock}, "
                + $"network {(long)next.FirstBlock * SampledKernel.BlockNetworks}.", nameof(next));
        }

        KernelSums merged = WholeBlocks();
        foreach (Node node in next.nodes.Where(node => node.Count > 0))
        {
            merged.Add(node);
        }

        if (next.Rest > 0)
        {
            merged.AddRest(next.Rest, next.nodes[^1].Sums);
        }

        return merged;
    }

    /// <summary>A copy without the networks that do not fill a block.</summary>
    internal KernelSums WholeBlocks()
    {
        var copy = new KernelSums(Source, FirstBlock) { Blocks = Blocks };
        copy.nodes.AddRange(nodes.Where(node => node.Count > 0));
        return copy;
    }

    internal void Add(double[][] sums) => Add(new Node(FirstBlock + Blocks, 1, sums));

    internal void AddRest(int networks, double[][] sums)
    {
        Rest = networks;
        nodes.Add(new(FirstBlock + Blocks, 0, sums));
    }

    internal void Add(Node node)
    {
        Blocks += node.Count;
        while (nodes.Count > 0 && nodes[^1] is var before && before.Count == node.Count && before.First % (2 * node.Count) == 0)
        {
            nodes.RemoveAt(nodes.Count - 1);
            node = new(before.First, 2 * node.Count, [.. before.Sums.Zip(node.Sums, Sum)]);
        }

        nodes.Add(node);
    }

    private static double[] Sum(double[] x, double[] y)
    {
        var sum = new double[x.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = x[i] + y[i];
        }

        return sum;
    }

    private double SinglesRatio()
    {
        int singles = nodes[0].Sums.Length - 1; // with one output a network the squares themselves
        double[] diagonal = [.. Enumerable.Range(0, Points).Select(i => Mean(i, i))];
        (double one, double all) = (0, 0);
        for (long i = 0, at = 0; i < Points; i++)
        {
            for (long j = 0; j <= i; j++, at++)
            {
                if (diagonal[i] * diagonal[j] is > 0 and var scale)
                {
                    double mean = Total(0, at) / Networks, square = mean * mean;
                    one += ((Total(singles, at) / Networks) - square) / scale;
                    all += ((Total(1, at) / Networks) - square) / scale;
                }
            }
        }

        return all > 0 ? one / all : 1;
    }

    private double StandardError(long at)
    {
        double mean = Total(0, at) / Networks;
        return Networks < 2 ? double.NaN : Math.Sqrt(Math.Max((Total(1, at) / Networks) - (mean * mean), 0) / (Networks - 1));
    }

    private long At(int i, int j)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(i, j));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(i, j), Points);
        return Packed.At(i, j);
    }

    private double Total(int sum, long at)
    {
        double total = 0;
        foreach (Node node in nodes)
        {
            total += node.Sums[sum][at];
        }

        return total;
    }

    private KernelMatrix Matrix(Func<long, double> entry)
    {
        var matrix = new KernelMatrix(Points, Points);
        Strided<double> values = matrix.Values;
        for (long i = 0, at = 0; i < Points; i++)
        {
            for (long j = 0; j <= i; j++, at++)
            {
                values[i, j] = values[j, i] = entry(at);
            }
        }

        return matrix;
    }
}
