using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

// Vector forms: x = n·π + r with n an integer (sine) or half an odd integer (cosine), |r| ≤ π/2, and then sin r with the sign (−1)^n.
// π is kept as three floats; x − n·(first part) is exact under a fused multiply-add. Beyond 2¹⁷ a lane takes the double function.
internal static partial class Elementary
{
    /// <summary>Above this size a lane of sine or cosine is computed by the double function and rounded.</summary>
    internal const float SineLimit = 131072f;

    private const float InversePi = 0.318309886f;
    private const float Pi1 = 3.1415927410125732f;
    private const float Pi2 = -8.742277657347586e-08f;
    private const float Pi3 = -3.4302490200117637e-15f;

    /// <summary>sin x for every x (radians). Error ≤ 1.3 ulp; NaN at ±∞.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Sin(Vector512<float> x)
    {
        var shifted = Fma(x, InversePi, All(Rounder));
        var y = SinOfReduced(x, shifted - All(Rounder), Vector512.ShiftLeft(shifted.AsUInt32(), 31));
        y = Select(Vector512.Equals(x, Vector512<float>.Zero), x, y); // −0
        return Vector512.LessThanOrEqualAll(Vector512.Abs(x), All(SineLimit)) ? y : FarSin(x, y);
    }

    /// <summary>cos x for every x (radians). Error ≤ 1.4 ulp; NaN at ±∞.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Cos(Vector512<float> x)
    {
        var shifted = Fma(x, InversePi, All(-0.5f)) + All(Rounder);
        var n = shifted - All(Rounder) + All(0.5f);
        var y = SinOfReduced(x, n, Vector512.ShiftLeft(shifted.AsUInt32() + Vector512<uint>.One, 31));
        return Vector512.LessThanOrEqualAll(Vector512.Abs(x), All(SineLimit)) ? y : FarCos(x, y);
    }

    [MethodImpl(Inline)]
    private static Vector512<float> SinOfReduced(Vector512<float> x, Vector512<float> n, Vector512<uint> sign)
    {
        var exact = Fma(n, -Pi1, x);
        var product = n * Pi2;
        var r = exact - product;
        var rest = exact - r - product - Fma(n, Pi3, Fma(n, All(Pi2), -product)); // exact is a multiple of ulp(product): nothing is lost
        var s = r * r;
        var q = Horner(All(-2.5000735703883884e-08f), s, 2.7599030545388814e-06f);
        q = Horner(q, s, -1.98425943381153047e-04f);
        q = Horner(q, s, 8.333347737789154e-03f);
        q = Horner(q, s, -0.16666667163372040f);
        rest = Fma(rest * s, -0.5f, rest); // rest·cos r
        var y = r + Fma(q * s, r, rest);
        return (y.AsUInt32() ^ sign).AsSingle();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> FarSin(Vector512<float> x, Vector512<float> y)
    {
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            if (!(Math.Abs(x[lane]) <= SineLimit))
            {
                y = y.WithElement(lane, (float)Sin((double)x[lane]));
            }
        }

        return y;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> FarCos(Vector512<float> x, Vector512<float> y)
    {
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            if (!(Math.Abs(x[lane]) <= SineLimit))
            {
                y = y.WithElement(lane, (float)Cos((double)x[lane]));
            }
        }

        return y;
    }

    /// <summary>sin and cos of |r| ≤ 0.787 radians; relative errors of the polynomials 4·10⁻⁹ and 1·10⁻¹⁰.</summary>
    [MethodImpl(Inline)]
    public static void SinCosNearZero(Vector512<float> r, out Vector512<float> sin, out Vector512<float> cos)
    {
        var s = r * r;
        var p = Horner(All(-1.9510401762090623e-04f), s, 8.3321183919906616e-03f);
        p = Horner(p, s, -0.16666653752326965f);
        sin = Fma(p * s, r, r);
        var q = Horner(All(2.4432094505755231e-05f), s, -1.3887308305129409e-03f);
        q = Horner(q, s, 4.1666645556688309e-02f);
        cos = Fma(q * s, s, Horner(All(-0.5f), s, 1f));
    }
}
