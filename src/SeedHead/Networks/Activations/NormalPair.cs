using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>What closed duals are made of.</summary>
internal static class NormalPair
{
    public const double OverPi = 0.3183098861837907;

    /// <summary>ab − c² = (√(ab) − c)·(√(ab) + c), at least 0: exactly 0 where c² = ab, and without loss beside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Determinant(Vector256<double> a, Vector256<double> b, Vector256<double> c)
    {
        var s = Vector256.Sqrt(a * b);
        return Vector256.Max((s - c) * (s + c), Vector256<double>.Zero);
    }

    /// <summary>arcsin of c/√(c² + d²) with the sign of c, for d ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> SignedAngle(Vector256<double> c, Vector256<double> d) =>
        Elementary.Angle(Vector256.Abs(c), d) | (c & Vector256.Create(-0.0));

    /// <summary>The duals of low·min(x, 0) + high·max(x, 0), with θ = arccos(c/√(ab)).</summary>
    /// <remarks>
    /// (high − low)²/2π·(√(ab − c²) − θ·c) + (low² + high²)/2·c, and (low² + high²)/2 − (high − low)²·θ/2π. Error: 4ε·√(ab) and 4ε beside the rounding of θ.
    /// Source: Tsuchida, Roosta &amp; Gallagher, "Invariance of Weight Distributions in Rectified MLPs", ICML 2018; for relu Cho &amp; Saul, NIPS 2009.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PiecewiseLinear(
        double low, double high, Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient)
    {
        var bent = Vector256.Create((high - low) * (high - low) * (0.5 * OverPi));
        var straight = Vector256.Create(((low * low) + (high * high)) / 2);
        var root = Vector256.Sqrt(Determinant(a, b, c));
        var theta = Elementary.Angle(root, c);
        dual = Vector256.FusedMultiplyAdd(bent, Vector256.FusedMultiplyAdd(-theta, c, root), straight * c);
        ofGradient = Vector256.FusedMultiplyAdd(-bent, theta, straight);
    }

    /// <summary>Calls a function of one pair for every lane.</summary>
    public static void Lanes(
        Func<double, double, double, (double Dual, double OfGradient)> function,
        Vector256<double> a, Vector256<double> b, Vector256<double> c, out Vector256<double> dual, out Vector256<double> ofGradient)
    {
        (dual, ofGradient) = (default, default);
        for (int i = 0; i < Vector256<double>.Count; i++)
        {
            (double value, double gradient) = function(a[i], b[i], c[i]);
            (dual, ofGradient) = (dual.WithElement(i, value), ofGradient.WithElement(i, gradient));
        }
    }
}
