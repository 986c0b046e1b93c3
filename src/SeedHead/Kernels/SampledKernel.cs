using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Networks;

namespace SeedHead.Kernels;

/// <summary>The neural network prior kernel E[f(x)·f(x′)] of networks of finite width, estimated from random networks of a seed. Immutable, thread-safe.</summary>
/// <remarks>
/// Networks are taken in blocks of <see cref="BlockNetworks"/>; block i holds the networks from i·64 on. A run over some blocks keeps sums that join with those of
/// the next blocks: however the blocks were cut into runs, the result has the same bits. Source: Amid, Anil, Kotłowski &amp; Warmuth, 2022.
/// </remarks>
public sealed class SampledKernel
{
    /// <summary>Networks of a block: part of the definition of the sums.</summary>
    public const int BlockNetworks = 64;

    private readonly Population population;

    /// <summary>The networks of a seed.</summary>
    /// <param name="net">The architecture, with one output.</param>
    /// <param name="prior">The law of weights and biases.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">More than one output, or a layer that random networks do not have yet.</exception>
    public SampledKernel(Architecture net, WeightPrior prior, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(prior);
        if (net.OutputCount != 1)
        {
            throw new ArgumentException($"{net} has {net.OutputCount} outputs, but networks are sampled with one, so that samples are independent. End it in -1.", nameof(net));
        }

        (Net, Prior, Seed) = (net, prior, seed);
        population = new(net, prior, seed);
    }

    /// <summary>The architecture.</summary>
    public Architecture Net { get; }

    /// <summary>The law of the weights.</summary>
    public WeightPrior Prior { get; }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>Sums over the networks of some blocks.</summary>
    /// <param name="points">[n × d].</param>
    /// <param name="firstBlock">The first block's number.</param>
    /// <param name="blocks">How many, at least one.</param>
    /// <param name="run">Threads and cancellation; neither changes a bit.</param>
    /// <exception cref="ArgumentException">Not d columns, no row, or no block.</exception>
    public unsafe KernelSums Run(Numbers points, int firstBlock, int blocks, Execution? run = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        if (points.Count == 0 || points.Columns != Net.InputCount)
        {
            throw new ArgumentException($"The points are [{points.Count} × {points.Columns}] but {Net} reads {Net.InputCount} columns. Pass at least one row of {Net.InputCount}.", nameof(points));
        }

        Team team = (run ?? new()).Team;
        int n = points.Count;
        using var outputs = new NativeBuffer<float>((long)BlockNetworks * n);
        using var wide = new NativeBuffer<double>((long)BlockNetworks * n);
        using var sum = new NativeBuffer<double>((long)n * n);
        var sums = new KernelSums(n, firstBlock);
        Strided<double> values = Strided<double>.RowMajor(wide, BlockNetworks, n), all = Strided<double>.RowMajor(sum, n, n);
        fixed (float* x = points.Values.Span)
        {
            for (int block = firstBlock; block < checked(firstBlock + blocks); block++)
            {
                population.Evaluate(team, Strided<float>.RowMajor(x, n, points.Columns), checked(block * BlockNetworks), BlockNetworks, Strided<float>.RowMajor(outputs, BlockNetworks, n));
                for (long i = 0; i < wide.Length; i++)
                {
                    wide.Pointer[i] = outputs.Pointer[i];
                }

                MatrixProduct.MultiplyLower(team, values.Transpose, values, all, Into.Store);
                double[] products = Lower(all);
                for (long i = 0; i < wide.Length; i++)
                {
                    wide.Pointer[i] *= wide.Pointer[i]; // the sum of (f(x)·f(x′))² is the product of the squares
                }

                MatrixProduct.MultiplyLower(team, values.Transpose, values, all, Into.Store);
                sums.Add(products, Lower(all));
            }
        }

        return sums;
    }

    private static double[] Lower(Strided<double> matrix)
    {
        var lower = new double[matrix.Rows * (matrix.Rows + 1) / 2];
        for (long i = 0, at = 0; i < matrix.Rows; i++)
        {
            for (long j = 0; j <= i; j++, at++)
            {
                lower[at] = matrix[i, j];
            }
        }

        return lower;
    }
}
