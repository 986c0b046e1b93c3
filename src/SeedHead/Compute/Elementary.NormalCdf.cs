using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

// Φ(z) for −5.7 ≤ z ≤ 0 by polynomials on intervals, Φ(x) = 1 − Φ(−x) above 0. Only where a lane lies below −5.7, lanes there are taken from
// Φ(−y) = e^(−y²/2)·R(y), where R is smooth and falls like 1/y.
internal static partial class Elementary
{
    /// <summary>Φ(x) = P(Z ≤ x) for a standard normal Z. Error ≤ 2 ulp, the ulp of the small result for x → −∞; 0 below −14.18.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> NormalCdf(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.NormalCdf(x.GetLower()), Halves.NormalCdf(x.GetUpper()));
        }

        var below = NormalCdfBelowZero(WithMinus(x));
        var cdf = Select(Vector512.LessThan(x, Vector512<float>.Zero), below, Vector512<float>.One - below);
        if (Vector512.LessThanAny(x, All(NormalIntervals.Last)))
        {
            FarNormalCdf(x, cdf, Vector512<float>.One, out var far);
            cdf = far;
        }

        return cdf;
    }

    /// <summary>x·Φ(x). Error ≤ 2 ulp, far negative x included; −0 at −∞.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> TimesNormalCdf(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.TimesNormalCdf(x.GetLower()), Halves.TimesNormalCdf(x.GetUpper()));
        }

        var y = NearTimesNormalCdf(x);
        if (Vector512.LessThanAny(x, All(NormalIntervals.Last)))
        {
            FarNormalCdf(x, y, AtLeast(x, -14.5f), out var far);
            y = far;
        }

        return y;
    }

    /// <summary>x·Φ(x) from −5.7 on.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> NearTimesNormalCdf(Vector512<float> x)
    {
        var z = WithMinus(x);
        return Fma(z, NormalCdfBelowZero(z), AtLeast(x, -0f)); // x·(1 − Φ(−x)) = x + (−x)·Φ(−x)
    }

    /// <summary>Φ′(x) = e^(−x²/2)/√2π. Error ≤ 1.3 ulp, denormal results included.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> NormalDensity(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.NormalDensity(x.GetLower()), Halves.NormalDensity(x.GetUpper()));
        }

        return ExpOfHalfSquare(AtMost(Vector512.Abs(x), 14.5f), All(0.3989423f), Vector512<float>.Zero);
    }

    /// <summary>−|x|, at least the end of the intervals: Φ(5.7) is 1 to the last bit.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> WithMinus(Vector512<float> x) => AtLeast(x | Bits(0x80000000), NormalIntervals.Last);

    /// <summary>Φ(z) for −5.7 ≤ z ≤ 0. Error ≤ 1.4 ulp.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> NormalCdfBelowZero(Vector512<float> z) => OnUneven<NormalIntervals>(z);

    /// <summary>factor·(1 + lost)·e^(−y²/2) for 0 ≤ y ≤ 14.5, beyond which it is 0, a normal factor of at most 1 in size and what its rounding lost.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> ExpOfHalfSquare(Vector512<float> y, Vector512<float> factor, Vector512<float> lost)
    {
        var square = y * y;
        return ExpTimes(square * -0.5f, Fma(Fma(y, y, -square), -0.5f, lost), factor);
    }

    /// <summary>Lanes of x below −5.7: factor·Φ(x); the other lanes: near. A result of its own leaves near in a register where it is not called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FarNormalCdf(Vector512<float> x, Vector512<float> near, Vector512<float> factor, out Vector512<float> result)
    {
        var y = AtMost(Vector512.Abs(x), 14.5f);
        var r = OnOctaves<NormalTailIntervals>(y);
        var product = factor * r; // multiplied before a denormal result is rounded
        var far = ExpOfHalfSquare(y, product, Fma(factor, r, -product) / product);
        result = Select(Vector512.LessThan(x, All(NormalIntervals.Last)), far, near);
    }

    /// <summary>e^(−x²). Error ≤ 1.1 ulp, denormal results included.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> ExpOfMinusSquare(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.ExpOfMinusSquare(x.GetLower()), Halves.ExpOfMinusSquare(x.GetUpper()));
        }

        var y = AtMost(Vector512.Abs(x), 10.3f); // e^−106 is 0
        var square = y * y;
        var r = Remainder(-square, Fma(-y, y, square), out var n);
        return TimesPowerOfTwo(Excess(r) + Vector512<float>.One, n);
    }
}
