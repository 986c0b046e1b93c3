using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>x + φ(x), a residual around φ.</summary>
internal readonly struct WithInput<T>(T function) : IElementFunction
    where T : struct, IElementFunction
{
    public string Text => $"res({function.Text})";

    public Vector512<float> Value(Vector512<float> x) => x + function.Value(x);

    public static bool HasNear => T.HasNear;

    public static bool IsNear(Quad x) => T.IsNear(x);

    public static Quad Near(Quad x) => x + T.Near(x);

    public Vector512<float> Derivative(Vector512<float> x) => Vector512<float>.One + function.Derivative(x);
}
