using System.Runtime.CompilerServices;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>g(x) + f(x), or x + f(x) without g.</summary>
internal sealed unsafe class ResidualStage(StageList branch, StageList? shortcut, int outputs, Tail tail) : Stage(outputs)
{
    public override long Room => Math.Max(branch.Room, shortcut is null ? 0 : Outputs + shortcut.Room);

    public override void Draw(in NetworkDraw draw)
    {
        branch.Draw(draw);
        shortcut?.Draw(draw);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Team team, in Strided<float> x, in Strided<float> y, float* room)
    {
        branch.Forward(team, x, y, room);
        Strided<float> kept = x;
        if (shortcut is not null)
        {
            kept = Like(y, room, Outputs);
            shortcut.Forward(team, x, kept, room + y.Rows * Outputs);
        }

        Add(y, kept);
        tail.Apply(team, y, null);
    }

    private static void Add(Strided<float> y, Strided<float> kept)
    {
        if (Panel.Is(y))
        {
            Elementwise.Add(Panel.Numbers(y), Panel.Numbers(kept));
            return;
        }

        for (long row = 0; row < y.Rows; row++)
        {
            Elementwise.Add(y.Row(row), kept.Row(row));
        }
    }
}
