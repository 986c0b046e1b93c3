using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = sin x, φ′(x) = cos x.</summary>
/// <remarks>Error: that of the sine in docs/math/elementary.md. Source: Sitzmann et al., "Implicit Neural Representations with Periodic Activation Functions", NeurIPS 2020.</remarks>
internal readonly struct Sine : IElementFunction, IDual
{
    public const string Word = "sin";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Elementary.Sin(x);

    public static bool HasNear => Quad.IsSupported;

    public static bool IsNear(Quad x) => Elementary.Quads.AreNearTurns(x);

    public static Quad Near(Quad x) => Elementary.Quads.Sin(x);

    public Vector512<float> Derivative(Vector512<float> x) => Elementary.Cos(x);

    /// <remarks>e^(−(a + b)/2)·sinh c and e^(−(a + b)/2)·cosh c, for |c| ≤ 350.</remarks>
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient) =>
        NormalPair.Lanes(OfPair, a, b, c, out dual, out ofGradient);

    private static (double Dual, double OfGradient) OfPair(double a, double b, double c)
    {
        double least = Elementary.Exp(-((a + b) / 2) - Math.Abs(c)), excess = Elementary.Expm1(2 * Math.Abs(c));
        return (Math.CopySign(least * excess / 2, c), Math.FusedMultiplyAdd(least, excess / 2, least));
    }
}
