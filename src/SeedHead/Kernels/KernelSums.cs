namespace SeedHead.Kernels;

/// <summary>Sums of a sampled kernel over consecutive blocks of networks: the estimate, its standard errors, and what joins it with the blocks behind.</summary>
/// <remarks>
/// Blocks are summed in a tree: two sums over 2ᵏ blocks are added where the first begins at a multiple of 2ᵏ⁺¹, so the additions depend on the blocks' numbers
/// alone. A run keeps the sums that wait for their neighbour, at most two of each size.
/// </remarks>
public sealed class KernelSums
{
    private readonly List<Node> nodes = [];

    internal KernelSums(int points, int firstBlock) => (Points, FirstBlock) = (points, firstBlock);

    /// <summary>n, the number of points.</summary>
    public int Points { get; }

    /// <summary>The first block's number.</summary>
    public int FirstBlock { get; }

    /// <summary>Blocks summed.</summary>
    public int Blocks { get; private set; }

    /// <summary>Networks summed.</summary>
    public long Networks => (long)Blocks * SampledKernel.BlockNetworks;

    private sealed record Node(int First, int Count, double[] Products, double[] Squares);

    /// <summary>The estimate of the kernel of points i and j.</summary>
    /// <param name="i">A point's number.</param>
    /// <param name="j">A point's number.</param>
    public double Mean(int i, int j) => Total(i, j).Products / Networks;

    /// <summary>The standard error of <see cref="Mean"/>: √((Σ(f(x)·f(x′))²/N − mean²)/(N − 1)) over N networks.</summary>
    /// <param name="i">A point's number.</param>
    /// <param name="j">A point's number.</param>
    public double StandardError(int i, int j)
    {
        (double products, double squares) = Total(i, j);
        double mean = products / Networks;
        return Math.Sqrt(Math.Max((squares / Networks) - (mean * mean), 0) / (Networks - 1));
    }

    /// <summary>The sums over these blocks and those that follow.</summary>
    /// <param name="next">Sums of the same networks and points that begin where these end.</param>
    /// <exception cref="ArgumentException">Other points, or blocks that do not follow.</exception>
    public KernelSums Merge(KernelSums next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next.Points != Points || next.FirstBlock != FirstBlock + Blocks)
        {
            throw new ArgumentException(
                $"Blocks {FirstBlock} to {FirstBlock + Blocks - 1} of {Points} points are followed by block {FirstBlock + Blocks} of as many points, not by block {next.FirstBlock} of {next.Points}.",
                nameof(next));
        }

        var merged = new KernelSums(Points, FirstBlock);
        foreach (Node node in nodes.Concat(next.nodes))
        {
            merged.Add(node);
        }

        return merged;
    }

    internal void Add(double[] products, double[] squares) => Add(new Node(FirstBlock + Blocks, 1, products, squares));

    private void Add(Node node)
    {
        Blocks += node.Count;
        while (nodes.Count > 0 && nodes[^1] is var before && before.Count == node.Count && before.First % (2 * node.Count) == 0)
        {
            nodes.RemoveAt(nodes.Count - 1);
            node = new(before.First, 2 * node.Count, Sum(before.Products, node.Products), Sum(before.Squares, node.Squares));
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

    private (double Products, double Squares) Total(int i, int j)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(i, j));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(i, j), Points);
        long row = Math.Max(i, j), at = (row * (row + 1) / 2) + Math.Min(i, j);
        (double products, double squares) = (0, 0);
        foreach (Node node in nodes)
        {
            products += node.Products[at];
            squares += node.Squares[at];
        }

        return (products, squares);
    }
}
