using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Networks;

/// <summary>φ(x) = 1 for x &gt; 0, −1 for x &lt; 0, x itself at ±0 and NaN; φ′ = 0.</summary>
/// <remarks>Its kernel is 1 − 2θ/π for the angle θ: Williams, "Computing with infinite networks", NIPS 1997.</remarks>
internal readonly struct Sign : IElementFunction, IDual
{
    public const string Word = "sign";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Vector512.ConditionalSelect(
        Vector512.GreaterThan(x, Vector512<float>.Zero),
        Vector512<float>.One,
        Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), -Vector512<float>.One, x));

    public Vector512<float> Derivative(Vector512<float> x) => Vector512<float>.Zero;

    /// <remarks>1 − 2θ/π = 2/π·arcsin(c/√(ab)).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient)
    {
        var angle = NormalPair.SignedAngle(c, Vector256.Sqrt(NormalPair.Determinant(a, b, c)));
        (dual, ofGradient) = (angle * (2 * NormalPair.OverPi), Vector256<double>.Zero);
    }
}
