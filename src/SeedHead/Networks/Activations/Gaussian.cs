using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = e^(−x²), φ′(x) = −2x·e^(−x²).</summary>
/// <remarks>The Gaussian of Teney et al. 2024, without a factor ½. Error of φ: that of e^(−x²) in docs/math/elementary.md.</remarks>
internal readonly struct Gaussian : IElementFunction, IDual
{
    public const string Word = "gaussian";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Elementary.ExpOfMinusSquare(x);

    public static bool HasNear => Quad.IsSupported;

    public static Quad Near(Quad x) => Elementary.Quads.ExpOfMinusSquare(x);

    public Vector512<float> Derivative(Vector512<float> x)
    {
        var edge = Vector512.Create(11f); // φ is 0 there: a factor ∞ must not meet it
        var near = Vector512.ConditionalSelect(Vector512.GreaterThan(x, edge), edge, Vector512.ConditionalSelect(Vector512.LessThan(x, -edge), -edge, x));
        return -(near + near) * Elementary.ExpOfMinusSquare(near);
    }

    /// <remarks>q^(−½) and 4c·q^(−3/2) with q = (1 + 2a)(1 + 2b) − 4c².</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient)
    {
        var q = Vector256.FusedMultiplyAdd(NormalPair.Determinant(a, b, c), Vector256.Create(4.0), (2 * (a + b)) + Vector256<double>.One);
        dual = Vector256<double>.One / Vector256.Sqrt(q);
        ofGradient = 4 * c * dual / q;
    }
}
