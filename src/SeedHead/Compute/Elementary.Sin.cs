using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

// Vector forms: x = n·π/2 + r + rest with |r| ≤ π/4, then sine or cosine of r by the parity of n, with a sign. π/2 is kept as three floats;
// x − n·(first part) is exact under a fused multiply-add. Beyond 2¹⁷ a lane takes the double function.
internal static partial class Elementary
{
    /// <summary>Above this size a lane of sine or cosine is computed by the double function and rounded.</summary>
    internal const float SineLimit = 131072f;

    private const float TwoOverPiSingle = 0.636619747f;
    private const float HalfPi1Single = 1.5707963705062866f;
    private const float HalfPi2Single = -4.371138828673793e-08f;
    private const float HalfPi3Single = -1.7151245100058819e-15f;

    /// <summary>sin x for every x (radians). Error ≤ 1.4 ulp; NaN at ±∞.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Sin(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Sin(x.GetLower()), Halves.Sin(x.GetUpper()));
        }

        SinCosOfReduced(x, out var n, out var sin, out var cos);
        var y = SinAt(x, n, sin, cos);
        return Vector512.LessThanOrEqualAll(Vector512.Abs(x), All(SineLimit)) ? y : FarSin(x, y);
    }

    /// <summary>cos x for every x (radians). Error ≤ 1.4 ulp; NaN at ±∞.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Cos(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Cos(x.GetLower()), Halves.Cos(x.GetUpper()));
        }

        SinCosOfReduced(x, out var n, out var sin, out var cos);
        var y = CosAt(n, sin, cos);
        return Vector512.LessThanOrEqualAll(Vector512.Abs(x), All(SineLimit)) ? y : FarCos(x, y);
    }

    /// <summary>Both, with the bits of <see cref="Sin(Vector512{float})"/> and <see cref="Cos(Vector512{float})"/>, for little more than the price of one.</summary>
    [MethodImpl(Inline)]
    public static void SinCos(Vector512<float> x, out Vector512<float> sin, out Vector512<float> cos)
    {
        if (!Avx512F.IsSupported)
        {
            Halves.SinCos(x.GetLower(), out var lowSin, out var lowCos);
            Halves.SinCos(x.GetUpper(), out var highSin, out var highCos);
            (sin, cos) = (Vector512.Create(lowSin, highSin), Vector512.Create(lowCos, highCos));
            return;
        }

        SinCosOfReduced(x, out var n, out var nearSin, out var nearCos);
        sin = SinAt(x, n, nearSin, nearCos);
        cos = CosAt(n, nearSin, nearCos);
        if (!Vector512.LessThanOrEqualAll(Vector512.Abs(x), All(SineLimit)))
        {
            sin = FarSin(x, sin);
            cos = FarCos(x, cos);
        }
    }

    /// <summary>sin and cos of |r| ≤ 0.787 radians; relative errors of the polynomials 4·10⁻⁹ and 1·10⁻¹⁰.</summary>
    [MethodImpl(Inline)]
    public static void SinCosNearZero(Vector512<float> r, out Vector512<float> sin, out Vector512<float> cos)
    {
        var s = r * r;
        sin = Fma(SinTail(s) * s, r, r);
        cos = Fma(CosTail(s) * s, s, Horner(All(-0.5f), s, 1f));
    }

    /// <summary>n (in the low bits) and the sine and cosine of x − n·π/2.</summary>
    [MethodImpl(Inline)]
    private static void SinCosOfReduced(Vector512<float> x, out Vector512<uint> n, out Vector512<float> sin, out Vector512<float> cos)
    {
        var shifted = Fma(x, TwoOverPiSingle, All(Rounder));
        n = shifted.AsUInt32();
        var count = shifted - All(Rounder);
        var exact = Fma(count, -HalfPi1Single, x);
        var product = count * HalfPi2Single;
        var r = exact - product;
        var lost = exact - r - product; // exact is a multiple of ulp(product): nothing else is lost
        var rest = lost - Fma(count, HalfPi3Single, Fma(count, All(HalfPi2Single), -product));
        var s = r * r;
        sin = r + Fma(SinTail(s) * s, r, rest);
        cos = Horner(All(-0.5f), s, 1f) + Fma(CosTail(s) * s, s, -(r * rest));
    }

    [MethodImpl(Inline)]
    private static Vector512<float> SinAt(Vector512<float> x, Vector512<uint> n, Vector512<float> sin, Vector512<float> cos)
    {
        var isOdd = Vector512.Equals(n & Vector512<uint>.One, Vector512<uint>.One).AsSingle();
        var sign = Vector512.ShiftLeft(n & Vector512.Create(2u), 30);
        var y = (Select(isOdd, cos, sin).AsUInt32() ^ sign).AsSingle();
        return Select(Vector512.Equals(x, Vector512<float>.Zero), x, y); // −0
    }

    [MethodImpl(Inline)]
    private static Vector512<float> CosAt(Vector512<uint> n, Vector512<float> sin, Vector512<float> cos)
    {
        var isOdd = Vector512.Equals(n & Vector512<uint>.One, Vector512<uint>.One).AsSingle();
        var sign = Vector512.ShiftLeft((n + Vector512<uint>.One) & Vector512.Create(2u), 30);
        return (Select(isOdd, sin, cos).AsUInt32() ^ sign).AsSingle();
    }

    /// <summary>(sin r / r − 1) / s with s = r².</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> SinTail(Vector512<float> s) =>
        Horner(Horner(All(-1.9510401762090623e-04f), s, 8.3321183919906616e-03f), s, -0.16666653752326965f);

    /// <summary>(cos r − 1 + s/2) / s² with s = r².</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> CosTail(Vector512<float> s) =>
        Horner(Horner(All(2.4432094505755231e-05f), s, -1.3887308305129409e-03f), s, 4.1666645556688309e-02f);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> FarSin(Vector512<float> x, Vector512<float> y)
    {
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            if (!(Math.Abs(x[lane]) <= SineLimit))
            {
                y = y.WithElement(lane, (float)Elementary.Sin((double)x[lane]));
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
                y = y.WithElement(lane, (float)Elementary.Cos((double)x[lane]));
            }
        }

        return y;
    }
}
