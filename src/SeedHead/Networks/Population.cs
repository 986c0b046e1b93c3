using System.Collections.Concurrent;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>
/// Evaluates many networks of one architecture on the same points: the weights of a network are generated, its layers run and its outputs are measured by one thread, in
/// its caches; nothing is kept but the outputs or the measure.
/// </summary>
/// <remarks>
/// The values are those of <see cref="DenseNetwork"/>, bit for bit, because both run the same stages; only the layout differs (docs/math/networks.md). Neither
/// threads nor <see cref="PanelsAtATime"/> change a bit. Results stand in the order of the networks' numbers.
/// </remarks>
internal sealed class Population
{
    /// <summary>Up to this many bytes of weights a panel passes all layers at once; beyond, a layer's weights serve several panels before the next layer's come.</summary>
    private const long NearWeights = 256 << 10;

    /// <summary>From this many networks on it takes less time to put points in order than it saves.</summary>
    private const int NetworksInOrder = 16;

    private readonly Architecture net;
    private readonly IReadOnlyList<StagePlan> plans;
    private readonly WeightPrior prior;
    private readonly ulong seed;
    private readonly bool readsZeros;

    /// <summary>Networks of this architecture, prior and seed.</summary>
    /// <param name="net">What the networks are.</param>
    /// <param name="prior">The law of their weights.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="inputScale">What points are multiplied by before they enter.</param>
    public Population(Architecture net, WeightPrior prior, ulong seed, double inputScale = 1)
    {
        (this.net, this.prior, this.seed) = (net, prior, seed);
        plans = StagePlan.Of(net, inputScale);
        readsZeros = plans.Any(plan => plan.ReadsZeros);
        PanelsAtATime = sizeof(float) * plans.Sum(plan => plan.Weights) <= NearWeights ? 1 : 16;
    }

    /// <summary>Panels that pass a layer one after the other before the next layer begins. Any number gives the same values.</summary>
    public int PanelsAtATime { get; init; }

    /// <summary>Bytes that <paramref name="threads"/> threads work with, without what a caller keeps.</summary>
    public long WorkingBytes(long points, int threads) =>
        (readsZeros ? PointOrder.Bytes(points, net.InputCount) : 0)
        + sizeof(float) * (PointPanels.Length(points, net.InputCount) + (threads * PopulationMember.Length(plans, points, PanelsAtATime)));

    /// <summary>Writes the outputs of networks <paramref name="from"/> … <paramref name="from"/> + <paramref name="count"/> − 1.</summary>
    /// <param name="team">Who computes: a network is one thread's.</param>
    /// <param name="points">[n × d].</param>
    /// <param name="from">The first network's number.</param>
    /// <param name="count">How many networks.</param>
    /// <param name="values">[count × n·k]: a row holds the k outputs of the first point, then those of the next.</param>
    public unsafe void Evaluate(Team team, Strided<float> points, int from, int count, Strided<float> values)
    {
        if (values.Rows != count || values.Columns != points.Rows * net.OutputCount)
        {
            throw new ArgumentException(
                $"values is [{values.Rows} × {values.Columns}], but {count} networks with {net.OutputCount} outputs at {points.Rows} points need "
                + $"[{count} × {points.Rows * net.OutputCount}].", nameof(values));
        }

        Run(team, points, from, count, (member, panels, i) =>
            member.Run(panels, Strided<float>.RowMajor(values.Pointer + i * values.RowStride, points.Rows, net.OutputCount), team.Cancellation));
    }

    /// <summary>Measures networks <paramref name="from"/> … <paramref name="from"/> + <paramref name="count"/> − 1, in this order in the result.</summary>
    /// <param name="team">Who computes: a network is one thread's.</param>
    /// <param name="points">[n × d].</param>
    /// <param name="from">The first network's number.</param>
    /// <param name="count">How many networks.</param>
    /// <param name="measure">
    /// Takes a network's number and its outputs [n × k], which it may change but not keep: they are overwritten by the next network. Called on several threads at once.
    /// </param>
    public T[] Measure<T>(Team team, Strided<float> points, int from, int count, Func<int, Strided<float>, T> measure)
    {
        var results = new T[Math.Max(count, 0)];
        Run(team, points, from, count, (member, panels, i) =>
        {
            member.Run(panels, member.Outputs, team.Cancellation);
            results[i] = measure(from + i, member.Outputs);
        });
        return results;
    }

    private void Run(Team team, Strided<float> points, int from, int count, Action<PopulationMember, PointPanels, int> body)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, int.MaxValue - from);
        if (points.Columns != net.InputCount)
        {
            throw new ArgumentException($"points is [{points.Rows} × {points.Columns}] but {net} reads {net.InputCount} numbers. Pass [n × {net.InputCount}].", nameof(points));
        }

        using var panels = new PointPanels(points, count >= NetworksInOrder && readsZeros ? PointOrder.Of(points) : null);
        var idle = new ConcurrentBag<PopulationMember>(); // one for every thread that has come so far
        try
        {
            team.For(count, i =>
            {
                if (!idle.TryTake(out PopulationMember? member))
                {
                    member = new(plans, points.Rows, PanelsAtATime);
                }

                try
                {
                    member.Draw(NetworkDraw.Of(plans, prior, seed, from + i));
                    body(member, panels, i);
                }
                finally
                {
                    idle.Add(member);
                }
            });
        }
        finally
        {
            foreach (PopulationMember member in idle)
            {
                member.Dispose();
            }
        }
    }
}
