using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = max(x, 0), φ′(x) = 1 for x ≥ 0, else 0; NaN stays NaN.</summary>
/// <remarks>Source: Nair &amp; Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", ICML 2010.</remarks>
internal readonly struct Relu : IElementFunction, IDual
{
    public const string Word = "relu";

    public string Text => Word;

    public bool IsRectifier => true;

    public bool HasZeros => true;

    public Vector512<float> Value(Vector512<float> x) => Elementary.AtLeast(x, 0);

    public Vector512<float> Derivative(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.One, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient) =>
        NormalPair.PiecewiseLinear(0, 1, a, b, c, out dual, out ofGradient);
}
