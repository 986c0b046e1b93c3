using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>φ(x) = |x|, φ′(x) = 1 for x ≥ 0, else −1.</summary>
/// <remarks>Even: a network of it ignores the sign of its pre-activations.</remarks>
internal readonly struct Absolute : IElementFunction, IDual
{
    public const string Word = "abs";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Vector512.Abs(x);

    public Vector512<float> Derivative(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.One, -Vector512<float>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient) =>
        NormalPair.PiecewiseLinear(-1, 1, a, b, c, out dual, out ofGradient);
}
