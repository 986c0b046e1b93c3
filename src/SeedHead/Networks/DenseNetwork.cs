using System.Diagnostics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>One dense network with its weights: network number i of a seed. Immutable, thread-safe.</summary>
internal sealed unsafe class DenseNetwork
{
    /// <summary>Maps of more weights (64 MiB) are not kept: their weights are generated inside of each product.</summary>
    public const long MostStored = 1 << 24;

    /// <summary>Rows that pass through the layers together where layers between need room, and where weights are generated for them: any value gives the same numbers.</summary>
    private const int RowsAtATime = 512, RowsPerGeneration = 2048;

    private readonly StageList stages;
    private readonly int rowsAtATime;
    private readonly NativeBuffer<float> owner;

    /// <summary>A network of stages that have their numbers, which lie in <paramref name="owner"/>.</summary>
    public DenseNetwork(StageList stages, NativeBuffer<float> owner, int rowsAtATime = RowsAtATime) =>
        (this.stages, this.owner, this.rowsAtATime) = (stages, owner, rowsAtATime);

    /// <summary>Makes the weights of network <paramref name="network"/>; layer l with weights has the addresses of layer l.</summary>
    /// <param name="net">What the network is.</param>
    /// <param name="prior">The law of its weights.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="network">The network's number.</param>
    /// <param name="inputScale">What inputs are multiplied by before they enter.</param>
    /// <param name="mostStored">Maps of more weights are generated inside of products, unless the prior draws layers whole: any value gives the same numbers.</param>
    public static DenseNetwork Materialise(
        Architecture net, WeightPrior prior, ulong seed, int network, double inputScale = 1, long mostStored = MostStored)
    {
        IReadOnlyList<StagePlan> plans = StagePlan.Of(net, inputScale);
        (long stored, int rowsAtATime, mostStored) = Storage(plans, prior, mostStored);
        var owner = new NativeBuffer<float>(stored);
        StageList stages = StagePlan.Build(plans, new StageMemory(owner.Pointer, panels: false, mostStored));
        stages.Draw(NetworkDraw.Of(plans, prior, seed, network));
        return new(stages, owner, rowsAtATime);
    }

    /// <summary>Bytes of the weights that are kept, and of the layers between while rows pass.</summary>
    public static long WorkingBytes(Architecture net, WeightPrior prior, int rows)
    {
        IReadOnlyList<StagePlan> plans = StagePlan.Of(net);
        (long stored, int rowsAtATime, _) = Storage(plans, prior, MostStored);
        return sizeof(float) * (stored + (Math.Min(rows, rowsAtATime) * StagePlan.Room(plans)));
    }

    /// <summary>Weights to keep, rows that pass together, and the most weights a map that is kept may have.</summary>
    private static (long Stored, int RowsAtATime, long MostStored) Storage(IReadOnlyList<StagePlan> plans, WeightPrior prior, long mostStored)
    {
        mostStored = prior.DrawsWholeLayers ? long.MaxValue : mostStored;
        LayerShape[] shapes = [.. plans.SelectMany(plan => plan.Shapes)];
        long stored = shapes.Where(shape => shape.Weights <= mostStored).Sum(shape => shape.Weights);
        return (stored, shapes.Any(shape => shape.Weights > mostStored) ? RowsPerGeneration : RowsAtATime, mostStored);
    }

    /// <summary>Floating-point operations a row.</summary>
    public static double OperationsPerRow(Architecture net) => StagePlan.Of(net).Sum(plan => plan.Operations);

    /// <summary>Writes the outputs y [n × k] of x [n × d]. Allocates nothing on one thread once its scratch has grown.</summary>
    public void Forward(Team team, Strided<float> x, Strided<float> y)
    {
        long block = stages.Room == 0 ? x.Rows : rowsAtATime;
        float* room = Scratch.Get<float>(Scratch.Slot.Layers, stages.Room * Math.Min(block, x.Rows));
        for (long row = 0; row < x.Rows; row += block)
        {
            long rows = Math.Min(block, x.Rows - row);
            stages.Forward(team, x.Block(row, 0, rows, x.Columns), y.Block(row, 0, rows, y.Columns), room);
        }

        GC.KeepAlive(owner);
    }

    /// <summary>Writes the outputs of all stages side by side: y [n × sum of their widths].</summary>
    public void ForwardAll(Team team, Strided<float> x, Strided<float> y)
    {
        long column = 0;
        foreach (Stage stage in stages.Stages)
        {
            Strided<float> next = y.Block(0, column, y.Rows, stage.Outputs);
            stage.Forward(team, x, next, Scratch.Get<float>(Scratch.Slot.Layers, stage.Room * x.Rows));
            (x, column) = (next, column + stage.Outputs);
        }

        Debug.Assert(column == y.Columns);
        GC.KeepAlive(owner);
    }
}
