using System.Collections.Concurrent;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Kernels;

/// <summary>Outputs of many networks of a seed at the same points, whatever the architecture.</summary>
/// <remarks>
/// Networks of dense layers are evaluated by <see cref="Population"/>, all others by the modules that training runs, one network a thread. Where batch norms take
/// the statistics of rows, networks follow one another and rows are shared out among the threads. Nothing of this changes a bit.
/// </remarks>
internal sealed unsafe class NetworkOutputs : IDisposable
{
    private readonly Architecture net;
    private readonly WeightPrior prior;
    private readonly ulong seed;
    private readonly Population? population;
    private readonly ConcurrentBag<RandomNetwork> idle = []; // one for every thread that has come so far
    private readonly NativeBuffer<float>? normRows, normOutputs;

    /// <summary>Networks of an architecture, prior and seed.</summary>
    /// <param name="net">The architecture.</param>
    /// <param name="prior">The law of weights and biases.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="normRows">Rows of whose pass batch norms take the statistics, network by network; null for mean 0 and variance 1.</param>
    /// <param name="byModules">Whether dense networks pass the modules too.</param>
    public NetworkOutputs(Architecture net, WeightPrior prior, ulong seed, Numbers? normRows = null, bool byModules = false)
    {
        (this.net, this.prior, this.seed) = (net.ReadingNumbers("outputs are sampled of"), prior, seed);
        population = byModules || net.Layers.Count == 0 || !IsDense(net.Layers) ? null : new(net, prior, seed);
        if (normRows is not null && HasBatchNorms(net.Layers))
        {
            this.normRows = new((long)normRows.Count * normRows.Columns);
            normRows.Values.Span.CopyTo(this.normRows.Span(0, normRows.Values.Length));
            normOutputs = new((long)normRows.Count * net.OutputCount);
        }
    }

    /// <summary>k, numbers of a network at a point.</summary>
    public int Count => net.OutputCount;

    /// <summary>Whether a batch norm is among the layers or inside of them.</summary>
    public static bool HasBatchNorms(IReadOnlyList<Layer> layers) => Any(layers, layer => layer is BatchNormLayer);

    /// <summary>Bytes that so many threads work with, without what a caller keeps.</summary>
    /// <param name="points">n.</param>
    /// <param name="normRows">Rows for batch norms; 0 where there are none.</param>
    /// <param name="threads">Threads.</param>
    public long WorkingBytes(long points, int normRows, int threads) => population?.WorkingBytes(points, threads)
        ?? (normRows > 0
            ? (sizeof(float) * (long)normRows * (net.InputCount + net.OutputCount)) + RandomNetwork.Bytes(net, normRows, derivatives: false)
            : threads * RandomNetwork.Bytes(net, 0, derivatives: false));

    /// <summary>Writes the outputs of networks <paramref name="from"/> … <paramref name="from"/> + <paramref name="count"/> − 1.</summary>
    /// <param name="team">Who computes.</param>
    /// <param name="points">[n × d], row after row without gaps.</param>
    /// <param name="from">The first network's number.</param>
    /// <param name="count">How many networks.</param>
    /// <param name="values">[count × n·k]: a row holds the k outputs of the first point, then those of the next.</param>
    public void Evaluate(Team team, Strided<float> points, int from, int count, Strided<float> values)
    {
        if (population is not null)
        {
            population.Evaluate(team, points, from, count, values);
        }
        else if (normRows is not null)
        {
            bool same = points.Rows * points.Columns == normRows.Length
                && new ReadOnlySpan<float>(points.Pointer, checked((int)normRows.Length)).SequenceEqual(normRows.Span(0, (int)normRows.Length));
            for (int i = 0; i < count; i++)
            {
                Evaluate(team, points, from + i, values.Pointer + (i * values.RowStride), same);
            }
        }
        else
        {
            team.For(count, i => Evaluate(team, points, from + i, values.Pointer + (i * values.RowStride), normsAtPoints: false));
        }
    }

    public void Dispose()
    {
        foreach (RandomNetwork network in idle)
        {
            network.Dispose();
        }

        normRows?.Dispose();
        normOutputs?.Dispose();
    }

    private static bool IsDense(IReadOnlyList<Layer> layers) =>
        !Any(layers, layer => layer is ConvolutionLayer or PoolingLayer or BatchNormLayer or DropoutLayer or ConcatenationLayer);

    private static bool Any(IReadOnlyList<Layer> layers, Func<Layer, bool> holds) => layers.Any(layer => holds(layer) || layer switch
    {
        ResidualLayer residual => Any(residual.Parts, holds) || Any(residual.Shortcut, holds),
        ConcatenationLayer joined => Any(joined.Parts, holds),
        RepeatLayer repeat => Any(repeat.Parts, holds),
        _ => false,
    });

    private void Evaluate(Team team, Strided<float> points, int number, float* outputs, bool normsAtPoints)
    {
        if (!idle.TryTake(out RandomNetwork? network))
        {
            network = new(net, prior, seed);
        }

        try
        {
            network.Draw(team, number);
            if (normRows is not null)
            {
                network.Measure(team, Strided<float>.RowMajor(normRows, normRows.Length / net.InputCount, net.InputCount), normsAtPoints ? outputs : normOutputs!.Pointer);
            }

            if (!normsAtPoints)
            {
                network.Forward(team, points, outputs);
            }
        }
        finally
        {
            idle.Add(network);
        }
    }
}
