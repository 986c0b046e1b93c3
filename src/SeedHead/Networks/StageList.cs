using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Stages one behind the other.</summary>
internal sealed unsafe class StageList
{
    private readonly Stage[] stages;
    private readonly long even, odd; // numbers a row between stages: outputs of stages 0, 2, … and of stages 1, 3, …

    public StageList(Stage[] stages)
    {
        this.stages = stages;
        (even, odd) = (Widest(0), Widest(1));
        Room = even + odd + stages.Max(stage => stage.Room);
    }

    public ReadOnlySpan<Stage> Stages => stages;

    public int Outputs => stages[^1].Outputs;

    /// <summary>Numbers a row that <see cref="Forward"/> needs besides x and y.</summary>
    public long Room { get; }

    public void Draw(in NetworkDraw draw)
    {
        foreach (Stage stage in stages)
        {
            stage.Draw(draw);
        }
    }

    /// <summary>As <see cref="Stage.Forward"/>.</summary>
    public void Forward(Team team, in Strided<float> x, in Strided<float> y, float* room)
    {
        float* inside = room + (even + odd) * y.Rows;
        Strided<float> last = x;
        for (int i = 0; i < stages.Length; i++)
        {
            float* at = i % 2 == 0 ? room : room + even * y.Rows;
            Strided<float> next = i == stages.Length - 1 ? y : Panel.Is(y) ? Panel.At(at, stages[i].Outputs) : Strided<float>.RowMajor(at, y.Rows, stages[i].Outputs);
            stages[i].Forward(team, last, next, inside);
            last = next;
        }
    }

    private long Widest(int from)
    {
        long widest = 0;
        for (int i = from; i < stages.Length - 1; i += 2)
        {
            widest = Math.Max(widest, stages[i].Outputs);
        }

        return widest;
    }
}
