using System.Runtime.CompilerServices;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>One network at a time, in the memory of one thread: its packed weights, some panels between its stages, and its outputs.</summary>
internal sealed unsafe class PopulationMember : IDisposable
{
    private readonly NativeBuffer<float> owner;
    private readonly StageList stages;
    private readonly int panelsAtATime;
    private readonly float* even, odd, room;

    public PopulationMember(IReadOnlyList<StagePlan> plans, long points, int panelsAtATime)
    {
        this.panelsAtATime = panelsAtATime;
        owner = new NativeBuffer<float>(Length(plans, points, panelsAtATime));
        even = owner.Pointer + plans.Sum(plan => plan.Weights);
        odd = even + Widest(plans) * Panel.Points * panelsAtATime;
        room = odd + Widest(plans) * Panel.Points * panelsAtATime;
        stages = StagePlan.Build(plans, new StageMemory(owner.Pointer, panels: true));
        Outputs = Strided<float>.RowMajor(room + Room(plans), points, plans[^1].Outputs);
    }

    /// <summary>Where outputs [n × k] may go.</summary>
    public Strided<float> Outputs { get; }

    /// <summary>Floats that a member takes.</summary>
    public static long Length(IReadOnlyList<StagePlan> plans, long points, int panelsAtATime) =>
        plans.Sum(plan => plan.Weights) + (2 * Widest(plans) * Panel.Points * panelsAtATime) + Room(plans) + (points * plans[^1].Outputs);

    public void Draw(in NetworkDraw draw) => stages.Draw(draw);

    /// <summary>Writes the network's outputs [n × k].</summary>
    public void Run(PointPanels points, Strided<float> outputs, CancellationToken cancellation)
    {
        for (long from = 0; from < points.Count; from += panelsAtATime)
        {
            cancellation.ThrowIfCancellationRequested();
            Run(points, from, (int)Math.Min(panelsAtATime, points.Count - from), outputs);
        }
    }

    public void Dispose() => owner.Dispose();

    private static long Widest(IReadOnlyList<StagePlan> plans) => plans.Max(plan => plan.Outputs);

    private static long Room(IReadOnlyList<StagePlan> plans) => StagePlan.Room(plans) * Panel.Points;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(PointPanels points, long from, int count, Strided<float> outputs)
    {
        float* last = null;
        for (int i = 0; i < stages.Stages.Length; i++)
        {
            Stage stage = stages.Stages[i];
            float* to = i % 2 == 0 ? even : odd;
            for (int panel = 0; panel < count; panel++)
            {
                Strided<float> x = i == 0 ? points[from + panel] : Of(last, panel, stages.Stages[i - 1]);
                stage.Forward(Team.Single, x, Of(to, panel, stage), room);
            }

            last = to;
        }

        for (int panel = 0; panel < count; panel++)
        {
            Keep(Of(last, panel, stages.Stages[^1]), points, (from + panel) * Panel.Points, outputs);
        }
    }

    private static Strided<float> Of(float* panels, int panel, Stage stage) => Panel.At(panels + (nint)panel * stage.Outputs * Panel.Points, stage.Outputs);

    private static void Keep(Strided<float> panel, PointPanels points, long first, Strided<float> outputs)
    {
        long end = Math.Min(Panel.Points, outputs.Rows - first);
        for (long p = 0; p < end; p++)
        {
            long row = points.RowOf(first + p);
            for (long j = 0; j < outputs.Columns; j++)
            {
                outputs[row, j] = panel[p, j];
            }
        }
    }
}
