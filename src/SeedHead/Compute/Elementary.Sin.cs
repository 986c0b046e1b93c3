using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

// Vector forms: x = n·π + r (sine) or x = (n − ½)·π + r (cosine) with |r| ≤ π/2 + 0.006; the result is sin r with the sign (−1)ⁿ. π is kept as three floats;
// x − n·(first part) is exact under a fused multiply-add where it cancels. Beyond 2¹⁷ a lane takes the double function.
internal static partial class Elementary
{
    /// <summary>Above this size a lane of sine or cosine is computed by the double function and rounded.</summary>
    internal const float SineLimit = 131072f;

    private const float OverPiSingle = 0.318309873f;
    private const float Pi1Single = 3.1415927410125732f;
    private const float Pi2Single = -8.742277657347586e-08f;
    private const float Pi3Single = -3.4302490200117637e-15f;

    /// <summary>sin x for every x (radians). Error ≤ 1.9 ulp, never above 1 in size; NaN at ±∞.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Sin(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Sin(x.GetLower()), Halves.Sin(x.GetUpper()));
        }

        var size = Vector512.Abs(x);
        var y = NearSin(x, size);
        if (!Vector512.LessThanOrEqualAll(size, All(SineLimit)))
        {
            FarSin(x, y, out var far);
            y = far;
        }

        return y;
    }

    /// <summary>cos x for every x (radians). Error ≤ 1.9 ulp, never above 1 in size; NaN at ±∞.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Cos(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Cos(x.GetLower()), Halves.Cos(x.GetUpper()));
        }

        var size = Vector512.Abs(x);
        var y = NearCosOfSize(size);
        if (!Vector512.LessThanOrEqualAll(size, All(SineLimit)))
        {
            FarCos(x, y, out var far);
            y = far;
        }

        return y;
    }

    /// <summary>Both, with the bits of <see cref="Sin(Vector512{float})"/> and <see cref="Cos(Vector512{float})"/>.</summary>
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

        var size = Vector512.Abs(x);
        sin = NearSin(x, size);
        cos = NearCosOfSize(size);
        if (!Vector512.LessThanOrEqualAll(size, All(SineLimit)))
        {
            FarSin(x, sin, out var farSin);
            sin = farSin;
            FarCos(x, cos, out var farCos);
            cos = farCos;
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

    /// <summary>sin x for size = |x| up to the limit; the sign of x is put on last, so that −0 stays −0.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> NearSin(Vector512<float> x, Vector512<float> size)
    {
        var shifted = Fma(size, OverPiSingle, All(Rounder));
        var sign = (Vector512.ShiftLeft(shifted.AsUInt32(), 31).AsSingle() ^ x) & Bits(0x80000000);
        return SinOfRest(size, shifted - All(Rounder)) ^ sign;
    }

    /// <summary>cos x for size = |x| up to the limit.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> NearCosOfSize(Vector512<float> size)
    {
        var shifted = Fma(size, OverPiSingle, All(0.5f)) + All(Rounder);
        var sign = Vector512.ShiftLeft(shifted.AsUInt32(), 31).AsSingle();
        return SinOfRest(size, shifted - All(Rounder) - All(0.5f)) ^ sign;
    }

    /// <summary>sin(x − count·π) where that is at most π/2 + 0.006 in size. Relative error of the polynomial 0.2·2⁻²⁴; its coefficients keep the rounded values below 1.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> SinOfRest(Vector512<float> x, Vector512<float> count)
    {
        var r = Fma(count, -Pi3Single, Fma(count, -Pi2Single, Fma(count, -Pi1Single, x)));
        var s = r * r;
        var q = Horner(All(2.60600609e-06f), s, -1.98098787e-04f);
        q = Horner(q, s, 8.33307113e-03f);
        q = Horner(q, s, -0.166666597f);
        return Fma(q, r * s, r);
    }

    /// <summary>(sin r / r − 1) / s with s = r².</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> SinTail(Vector512<float> s) =>
        Horner(Horner(All(-1.9510401762090623e-04f), s, 8.3321183919906616e-03f), s, -0.16666653752326965f);

    /// <summary>(cos r − 1 + s/2) / s² with s = r².</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> CosTail(Vector512<float> s) =>
        Horner(Horner(All(2.4432094505755231e-05f), s, -1.3887308305129409e-03f), s, 4.1666645556688309e-02f);

    /// <summary>The double function in lanes beyond the limit. A result of its own leaves near in a register where this is not called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FarSin(Vector512<float> x, Vector512<float> near, out Vector512<float> result)
    {
        result = near;
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            if (!(Math.Abs(x[lane]) <= SineLimit))
            {
                result = result.WithElement(lane, (float)Elementary.Sin((double)x[lane]));
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FarCos(Vector512<float> x, Vector512<float> near, out Vector512<float> result)
    {
        result = near;
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            if (!(Math.Abs(x[lane]) <= SineLimit))
            {
                result = result.WithElement(lane, (float)Elementary.Cos((double)x[lane]));
            }
        }
    }
}
