using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = 1 for x ≥ 0, 0 for x &lt; 0, NaN for NaN; φ′ = 0.</summary>
/// <remarks>Its kernel is the arc-cosine kernel of order 0: Cho &amp; Saul, "Kernel Methods for Deep Learning", NIPS 2009.</remarks>
internal readonly struct Step : IElementFunction, IDual
{
    public const string Word = "step";

    public string Text => Word;

    public bool HasZeros => true;

    public Vector512<float> Value(Vector512<float> x) => Vector512.ConditionalSelect(
        Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero),
        Vector512<float>.One,
        Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512<float>.Zero, x));

    public Vector512<float> Derivative(Vector512<float> x) => Vector512<float>.Zero;

    /// <remarks>(π − θ)/2π with θ = arccos(c/√(ab)); two zeros have the angle 0. Source: Cho &amp; Saul 2009, order 0, halved.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient)
    {
        var theta = Elementary.Angle(Vector256.Sqrt(NormalPair.Determinant(a, b, c)), c);
        (dual, ofGradient) = (Vector256.Create(0.5) - (theta * (0.5 * NormalPair.OverPi)), Vector256<double>.Zero);
    }
}
