using System.Runtime.CompilerServices;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Wx + b and what follows up to the next stage; without weights, the inputs themselves instead.</summary>
/// <remarks>A tail that takes every number by itself is applied to parts of the product while they are near.</remarks>
internal sealed unsafe class DenseStage(DenseMap? map, int outputs, Tail tail) : Stage(outputs)
{
    private readonly Epilogue<float>? epilogue =
        map is { } own && tail.TakesNumbers ? (part, column) => tail.Apply(part, own.Biases, checked((int)column)) : null;

    public override long Room => 0;

    public override void Draw(in NetworkDraw draw) => map?.Draw(draw);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Team team, in Strided<float> x, in Strided<float> y, float* room)
    {
        if (map is null)
        {
            Copy(x, y);
        }
        else if (epilogue is not null && !Panel.Is(y))
        {
            map.Multiply(team, x, y, epilogue);
            return;
        }
        else
        {
            map.Multiply(team, x, y);
        }

        tail.Apply(team, y, map?.Biases);
    }

    /// <summary>y = x.</summary>
    public static void Copy(Strided<float> x, Strided<float> y)
    {
        if (Panel.Is(y))
        {
            Panel.Numbers(x).CopyTo(Panel.Numbers(y));
            return;
        }

        for (long row = 0; row < x.Rows; row++)
        {
            x.Row(row).CopyTo(y.Row(row));
        }
    }
}
