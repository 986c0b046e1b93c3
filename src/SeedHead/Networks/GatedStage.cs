using System.Runtime.CompilerServices;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>The product, number by number, of two stages that read the same inputs.</summary>
internal sealed unsafe class GatedStage(Stage value, Stage gate, Tail tail) : Stage(value.Outputs)
{
    public override long Room => gate.Outputs + Math.Max(value.Room, gate.Room);

    public override void Draw(in NetworkDraw draw)
    {
        value.Draw(draw);
        gate.Draw(draw);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Team team, in Strided<float> x, in Strided<float> y, float* room)
    {
        Strided<float> open = Like(y, room, gate.Outputs);
        float* inside = room + y.Rows * gate.Outputs;
        value.Forward(team, x, y, inside);
        gate.Forward(team, x, open, inside);
        Multiply(y, open);
        tail.Apply(team, y, null);
    }

    private static void Multiply(Strided<float> y, Strided<float> open)
    {
        if (Panel.Is(y))
        {
            Elementwise.Multiply(Panel.Numbers(y), Panel.Numbers(open));
            return;
        }

        for (long row = 0; row < y.Rows; row++)
        {
            Elementwise.Multiply(y.Row(row), open.Row(row));
        }
    }
}
