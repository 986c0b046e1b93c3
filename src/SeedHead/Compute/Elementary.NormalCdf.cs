using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

// Φ(−y) = e^(−y²/2)·R(y) for y ≥ 0, where R is smooth and falls like 1/y; and Φ(y) = 1 − Φ(−y).
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

        NormalCdfAndDensity(x, out var cdf, out _);
        return cdf;
    }

    /// <summary>Φ(x), and Φ′(x) = e^(−x²/2)/√2π: error ≤ 1.3 ulp, denormal results included.</summary>
    [MethodImpl(Inline)]
    public static void NormalCdfAndDensity(Vector512<float> x, out Vector512<float> cdf, out Vector512<float> density)
    {
        if (!Avx512F.IsSupported)
        {
            Halves.NormalCdfAndDensity(x.GetLower(), out var lowCdf, out var lowDensity);
            Halves.NormalCdfAndDensity(x.GetUpper(), out var highCdf, out var highDensity);
            (cdf, density) = (Vector512.Create(lowCdf, highCdf), Vector512.Create(lowDensity, highDensity));
            return;
        }

        var y = Vector512.Abs(x);
        y = AtMost(y, 14.5f); // both are 0 there
        var square = y * y;
        var excess = ExpExcess(square * -0.5f, Fma(y, y, -square) * -0.5f, out var n);
        var r = OnIntervals<NormalTailIntervals>(y);
        var tail = TimesPowerOfTwo(Fma(r, excess, r), n);
        cdf = Select(Vector512.LessThan(x, Vector512<float>.Zero), tail, Vector512<float>.One - tail);
        density = TimesPowerOfTwo(Horner(All(0.3989423f), excess, 0.3989423f), n);
    }

    /// <summary>e^(−x²). Error ≤ 1.1 ulp, denormal results included.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> ExpOfMinusSquare(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.ExpOfMinusSquare(x.GetLower()), Halves.ExpOfMinusSquare(x.GetUpper()));
        }

        var y = Vector512.Abs(x);
        y = AtMost(y, 10.3f); // e^−106 is 0
        var square = y * y;
        return ExpTimes(-square, Fma(-y, y, square), Vector512<float>.One);
    }
}
