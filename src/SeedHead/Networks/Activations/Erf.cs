using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>φ(x) = erf x, φ′(x) = 2/√π·e^(−x²).</summary>
/// <remarks>Its kernel is closed: Williams, "Computing with infinite networks", NIPS 1997. Error of φ: that of erf in docs/math/elementary.md.</remarks>
internal readonly struct Erf : IElementFunction, IDual
{
    public const string Word = "erf";

    public string Text => Word;

    public Vector512<float> Value(Vector512<float> x) => Elementary.Erf(x);

    public Vector512<float> Derivative(Vector512<float> x) => Elementary.ExpOfMinusSquare(x) * 1.1283791670955126f;

    /// <remarks>2/π·arcsin(2c/√((1 + 2a)(1 + 2b))) and 4/π/√((1 + 2a)(1 + 2b) − 4c²). Source: Williams, "Computing with infinite networks", NIPS 1997.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Duals(Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient)
    {
        var root = Vector256.Sqrt(Vector256.FusedMultiplyAdd(NormalPair.Determinant(a, b, c), Vector256.Create(4.0), (2 * (a + b)) + Vector256<double>.One));
        dual = NormalPair.SignedAngle(2 * c, root) * (2 * NormalPair.OverPi);
        ofGradient = Vector256.Create(4 * NormalPair.OverPi) / root;
    }
}
