using System.Diagnostics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>One dense network with its weights: network number i of a seed. Immutable, thread-safe.</summary>
internal sealed unsafe class DenseNetwork
{
    /// <summary>Rows that pass through the layers together where layers between need room: any value gives the same numbers.</summary>
    private const int RowsAtATime = 512;

    private readonly DenseStage[] stages;
    private readonly NativeBuffer<float> owner;

    /// <summary>A network of stages that have their numbers, which lie in <paramref name="owner"/>.</summary>
    public DenseNetwork(IReadOnlyList<DenseStage> stages, NativeBuffer<float> owner)
    {
        this.stages = [.. stages];
        this.owner = owner;
    }

    /// <summary>Makes the weights of network <paramref name="network"/>; dense layer l has the addresses of layer l.</summary>
    /// <param name="net">What the network is.</param>
    /// <param name="prior">The law of its weights.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="network">The network's number.</param>
    /// <param name="inputScale">What inputs are multiplied by before they enter.</param>
    public static DenseNetwork Materialise(Architecture net, WeightPrior prior, ulong seed, int network, double inputScale = 1)
    {
        IReadOnlyList<StagePlan> plans = StagePlan.Of(net);
        var owner = new NativeBuffer<float>(plans.Sum(plan => plan.Weights));
        var stages = new DenseStage[plans.Count];
        float* room = owner.Pointer;
        for (int i = 0; i < stages.Length; i++)
        {
            stages[i] = plans[i].Materialise(prior, seed, network, i == 0 ? inputScale : 1, ref room);
        }

        return new(stages, owner);
    }

    /// <summary>Bytes of the weights, and of the layers between while rows pass.</summary>
    public static long WorkingBytes(Architecture net, int rows)
    {
        IReadOnlyList<StagePlan> plans = StagePlan.Of(net);
        long between = plans.SkipLast(1).OrderByDescending(plan => plan.Outputs).Take(2).Sum(plan => (long)plan.Outputs);
        return sizeof(float) * (plans.Sum(plan => plan.Weights) + (Math.Min(rows, RowsAtATime) * between));
    }

    /// <summary>Floating-point operations a row.</summary>
    public static double OperationsPerRow(Architecture net) => StagePlan.Of(net).Sum(plan => plan.Operations);

    /// <summary>Writes the outputs y [n × k] of x [n × d]. Allocates nothing on one thread once its scratch has grown.</summary>
    public void Forward(Team team, Strided<float> x, Strided<float> y)
    {
        long block = stages.Length == 1 ? x.Rows : RowsAtATime;
        for (long row = 0; row < x.Rows; row += block)
        {
            long rows = Math.Min(block, x.Rows - row);
            ForwardBlock(team, x.Block(row, 0, rows, x.Columns), y.Block(row, 0, rows, y.Columns));
        }

        GC.KeepAlive(owner);
    }

    /// <summary>Writes the outputs of all stages side by side: y [n × sum of their widths].</summary>
    public void ForwardAll(Team team, Strided<float> x, Strided<float> y)
    {
        long column = 0;
        foreach (DenseStage stage in stages)
        {
            Strided<float> next = y.Block(0, column, y.Rows, stage.Outputs);
            stage.Forward(team, x, next);
            (x, column) = (next, column + stage.Outputs);
        }

        Debug.Assert(column == y.Columns);
        GC.KeepAlive(owner);
    }

    private void ForwardBlock(Team team, Strided<float> x, Strided<float> y)
    {
        for (int i = 0; i < stages.Length - 1; i++)
        {
            Scratch.Slot slot = i % 2 == 0 ? Scratch.Slot.EvenLayer : Scratch.Slot.OddLayer;
            int outputs = stages[i].Outputs;
            Strided<float> next = Strided<float>.RowMajor(Scratch.Get<float>(slot, x.Rows * outputs), x.Rows, outputs);
            stages[i].Forward(team, x, next);
            x = next;
        }

        stages[^1].Forward(team, x, y);
    }
}
