using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

// One division: y/x up to tan π/8, (y − x)/(y + x) up to tan 3π/8, −x/y beyond, and a polynomial in |u| ≤ tan π/8.
internal static partial class Elementary
{
    private const double TanOfEighth = 0.41421356237309503; // tan π/8
    private const double QuarterPi = 0.7853981633974483;

    /// <summary>The angle of the vector (x, y) with y ≥ 0, from 0 to π; 0 at the origin. Finite x and y. Error ≤ 2 ulp.</summary>
    public static Vector256<double> Angle(Vector256<double> y, Vector256<double> x)
    {
        var size = Vector256.Abs(x);
        var isFlat = Vector256.LessThanOrEqual(y, size * TanOfEighth);
        var isSteep = Vector256.LessThanOrEqual(size, y * TanOfEighth);
        var top = Vector256.ConditionalSelect(isFlat, y, Vector256.ConditionalSelect(isSteep, -size, y - size));
        var bottom = Vector256.ConditionalSelect(isFlat, size, Vector256.ConditionalSelect(isSteep, y, y + size));
        bottom = Vector256.ConditionalSelect(Vector256.Equals(bottom, Vector256<double>.Zero), Vector256<double>.One, bottom);
        var start = Vector256.ConditionalSelect(isFlat, Vector256<double>.Zero, Vector256.ConditionalSelect(isSteep, Vector256.Create(HalfPi1), Vector256.Create(QuarterPi)));
        var rest = start * (HalfPi2 / HalfPi1); // what the rounding of π/4 and π/2 lost
        var u = top / bottom;
        var angle = start + (u + Vector256.FusedMultiplyAdd(u * u * u, AtanTail(u * u), rest));
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<double>.Zero), Vector256.Create(2 * HalfPi1) - (angle - Vector256.Create(2 * HalfPi2)), angle);
    }

    /// <summary>The angle of the vector (x, y), from −π to π; finite x and y. Error ≤ 2 ulp.</summary>
    public static double Atan2(double y, double x)
    {
        double angle = Angle(Vector256.Create(Math.Abs(y)), Vector256.Create(x)).ToScalar();
        return double.IsNegative(y) ? -angle : angle;
    }

    /// <summary>The angle from −π/2 to π/2 whose sine is x, NaN outside of ±1. Error ≤ 3 ulp.</summary>
    public static double Asin(double x) => Atan2(x, Math.Sqrt((1 - x) * (1 + x)));

    /// <summary>The angle from 0 to π whose cosine is x, NaN outside of ±1. Error ≤ 3 ulp.</summary>
    public static double Acos(double x) => Atan2(Math.Sqrt((1 - x) * (1 + x)), x);

    /// <summary>(atan u − u) / u³ in z = u² ≤ tan² π/8; relative error of atan 1.7·10⁻¹⁹.</summary>
    private static Vector256<double> AtanTail(Vector256<double> z)
    {
        var q = Vector256.Create(0.01628575409147857);
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(-0.03457055948759698));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(0.04551593123658399));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(-0.052304542493924897));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(0.05878928994948492));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(-0.06666424885487231));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(0.07692296375018166));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(-0.09090908753500393));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(0.11111111105155437));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(-0.14285714285659828));
        q = Vector256.FusedMultiplyAdd(q, z, Vector256.Create(0.19999999999999804));
        return Vector256.FusedMultiplyAdd(q, z, Vector256.Create(-0.3333333333333333));
    }
}
