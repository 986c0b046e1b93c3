using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Networks;

namespace SeedHead.Kernels;

/// <summary>φ(x) = N^(−1/2)·(f₁(x), …, f_N(x)): all outputs of N random networks of a seed, of any architecture, as features.</summary>
internal static unsafe class NetworkFeatures
{
    private const long NumbersTogether = 1 << 24; // outputs of the networks that are evaluated side by side: any number gives the same features

    /// <summary>Writes the features of networks <paramref name="from"/> … <paramref name="from"/> + <paramref name="count"/> − 1 side by side.</summary>
    /// <param name="team">Who computes.</param>
    /// <param name="net">The architecture, with k outputs.</param>
    /// <param name="prior">The law of weights and biases.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="points">Rows [n × d].</param>
    /// <param name="from">The first network's number.</param>
    /// <param name="count">N.</param>
    /// <param name="values">Takes φ [n × N·k]: network i has the columns from i·k on.</param>
    /// <param name="normRows">Rows whose statistics batch norms take, network by network; null for mean 0 and variance 1.</param>
    public static void Fill(
        Team team, Architecture net, WeightPrior prior, ulong seed, Numbers points, int from, int count, Strided<float> values, Numbers? normRows = null)
    {
        int k = net.OutputCount;
        if (points.Columns != net.InputCount || values.Rows != points.Count || values.Columns != (long)count * k)
        {
            throw new ArgumentException(
                $"{count} networks {net} at points [{points.Count} × {points.Columns}] give features [{points.Count} × {(long)count * k}] of {net.InputCount} columns, not [{values.Rows} × {values.Columns}].",
                nameof(values));
        }

        long numbers = (long)points.Count * k;
        int together = (int)Math.Min(count, Math.Max(team.Threads, NumbersTogether / Math.Max(numbers, 1)));
        float factor = (float)(1 / Math.Sqrt(count));
        using var networks = new NetworkOutputs(net, prior, seed, normRows);
        using var outputs = new NativeBuffer<float>(together * numbers);
        fixed (float* x = points.Values.Span)
        {
            Strided<float> rows = Strided<float>.RowMajor(x, points.Count, points.Columns);
            for (int first = 0; first < count; first += together)
            {
                int group = Math.Min(together, count - first);
                networks.Evaluate(team, rows, from + first, group, Strided<float>.RowMajor(outputs, group, numbers));
                Turn(team, outputs.Pointer, k, group, factor, values.Block(0, (long)first * k, values.Rows, (long)group * k));
            }
        }
    }

    /// <summary>As <see cref="Fill"/>, of the W numbers that the output layer reads: [n × N·W], times the standard deviation of a weight that reads them.</summary>
    /// <remarks>Without biases in the output layer φ(x)·φ(x′) is then the mean kernel of the networks without sampled heads.</remarks>
    public static void FillHidden(
        Team team, Architecture net, WeightPrior prior, ulong seed, Numbers points, int from, int count, Strided<float> values, Numbers? normRows = null)
    {
        (Architecture hidden, double scale) = net.BeforeOutputLayer();
        Fill(team, hidden, prior, seed, points, from, count, values, normRows);
        int width = hidden.OutputCount;
        float factor = (float)(scale * Math.Sqrt(prior.LimitWeightVariance(width, net.OutputCount) / width));
        team.For(points.Count, row => Elementwise.Multiply(values.Row(row), factor));
    }

    // From a network's points one behind the other to a point's networks.
    private static void Turn(Team team, float* outputs, int k, int networks, float factor, Strided<float> values) => team.For(checked((int)values.Rows), row =>
    {
        Span<float> to = values.Row(row);
        for (int i = 0; i < networks; i++)
        {
            new ReadOnlySpan<float>(outputs + (((i * values.Rows) + row) * k), k).CopyTo(to[(i * k)..]);
        }

        Elementwise.Multiply(to, factor);
    });
}
