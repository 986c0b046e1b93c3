using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

// e^x = 2^n · e^r with n = round(x / ln 2) and |r| ≤ ln 2 / 2. ln 2 is kept as a float (double) and the error of it:
// x − n·high is then exact under a fused multiply-add, so r carries one rounding.
internal static partial class Elementary
{
    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.6931471824645996f;
    private const float Ln2Low = -1.9046542121259336e-09f;

    /// <summary>eˣ. Error ≤ 1.1 ulp, denormal results included; 0 below −103.97, +∞ above 88.72.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Exp(x.GetLower()), Halves.Exp(x.GetUpper()));
        }

        x = AtLeast(AtMost(x, 89f), -104f); // e^89 is +∞ already, and e^−104 is 0
        var n = Fma(x, Log2E, All(Rounder)) - All(Rounder);
        var r = Fma(n, -Ln2Low, Fma(n, -Ln2High, x));
        return TimesPowerOfTwo(Excess(r) + Vector512<float>.One, n);
    }

    /// <summary>factor·e^(x + rest) for −106.2 ≤ x ≤ 88, |rest| ≤ ulp(x) and a normal factor of at most 1 in size; rounded once where the result is denormal.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> ExpTimes(Vector512<float> x, Vector512<float> rest, Vector512<float> factor)
    {
        var r = Remainder(x, rest, out var n);
        return TimesPowerOfTwo(Fma(factor, Excess(r), factor), n);
    }

    /// <summary>x + rest − n·ln 2 for the whole n that leaves least.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> Remainder(Vector512<float> x, Vector512<float> rest, out Vector512<float> n)
    {
        n = Fma(x, Log2E, All(Rounder)) - All(Rounder);
        return Fma(n, -Ln2High, x) + Fma(n, -Ln2Low, rest);
    }

    /// <summary>e^r − 1 for |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> Excess(Vector512<float> r)
    {
        var q = Horner(All(1.382396906682981e-03f), r, 8.369012735784054e-03f);
        q = Horner(q, r, 4.1668236255645752e-02f);
        q = Horner(q, r, 0.16666518151760101f);
        q = Horner(q, r, 0.4999999403953552f);
        return Fma(q, r * r, r);
    }

    /// <summary>eˣ − 1. Error ≤ 1.4 ulp, the ulp of the small result near x = 0.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Expm1(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Expm1(x.GetLower()), Halves.Expm1(x.GetUpper()));
        }

        var y = AtLeast(AtMost(x, 89f), -20f); // −1 to the last bit
        var shifted = Fma(y, Log2E, All(Rounder));
        var n = shifted - All(Rounder);
        var exact = Fma(n, -Ln2High, y);
        var r = Fma(n, -Ln2Low, exact);
        var rest = Fma(n, -Ln2Low, exact - r); // r + rest is the reduced argument to twice the precision
        var q = Horner(All(1.9746428006328642e-04f), r, 1.3934113085269928e-03f);
        q = Horner(q, r, 8.33356380462646484e-03f);
        q = Horner(q, r, 4.16664741933345795e-02f);
        q = Horner(q, r, 0.16666665673255920f);
        q = Horner(q, r, 0.5f);
        var tail = Fma(q, r * r, rest); // e^r − 1 = r + tail

        // 2^n·(r + tail) + (2^n − 1), halved so that n = 128 does not overflow early.
        var half = Vector512.ShiftLeft(shifted.AsInt32() - All(Rounder).AsInt32() + Vector512.Create(126), 23).AsSingle();
        var sum = Fma(half, tail, Fma(half, r, half - All(0.5f)));
        var result = sum + sum;
        return Select(Vector512.LessThan(Vector512.Abs(x), All(2.9802322e-08f)), x, result); // |x| < 2⁻²⁵, and −0
    }
}
