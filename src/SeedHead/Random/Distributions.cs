using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SeedHead.Compute;

namespace SeedHead.Random;

/// <summary>32-bit words → numbers, lane by lane: a lane's number depends on that lane's words alone.</summary>
/// <remarks>Definitions: <c>docs/math/random-stream.md</c>. Changing a bit here needs a new <see cref="RandomStream.Version"/>.</remarks>
internal static partial class Distributions
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const float PerWord = 2.3283064365386963e-10f; // 2⁻³²
    private const uint WordOfRootHalf = 0xB504F334; // ⌈2³²·√½⌉

    /// <summary>Uniform in (0, 1): (w + ½)·2⁻³² rounded to a float, at most 1 − 2⁻²⁴.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Uniform(Vector512<uint> w) =>
        Vector512.ConditionalSelect(
            Vector512.LessThan(w, Vector512.Create(0xFFFFFF80u)).AsSingle(), ToSingle(w) * PerWord, Vector512.Create(0.99999994f));

    /// <summary>−1 where the top bit is set, else 1.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Sign(Vector512<uint> w) => ((w & Vector512.Create(0x80000000u)) | Vector512<float>.One.AsUInt32()).AsSingle();

    /// <summary>Two independent standard normals from two words, by Box &amp; Muller: r·cos θ and r·sin θ, r = √(−2 ln u), θ = 2π·v.</summary>
    /// <remarks>The largest possible size is √(66 ln 2) = 6.76; values are never 0.</remarks>
    [MethodImpl(Inline)]
    public static void Normals(Vector512<uint> u, Vector512<uint> v, out Vector512<float> first, out Vector512<float> second)
    {
        if (!Avx512F.IsSupported)
        {
            Halves.Normals(u.GetLower(), v.GetLower(), out var lowFirst, out var lowSecond);
            Halves.Normals(u.GetUpper(), v.GetUpper(), out var highFirst, out var highSecond);
            (first, second) = (Vector512.Create(lowFirst, highFirst), Vector512.Create(lowSecond, highSecond));
            return;
        }

        var radius = Vector512.Sqrt(LogUniform(u) * -2f);

        // The nearest quarter turn q, and what is left of the turn in [−2²⁹, 2²⁹) units of 2π·2⁻³²: exact, in integers.
        var q = Vector512.ShiftRightLogical(v + Vector512.Create(0x20000000u), 30);
        var left = (v - Vector512.ShiftLeft(q, 30)).AsInt32();
        var angle = (Vector512.ConvertToSingle(left) + Vector512.Create(0.5f)) * 1.4629180792671596e-09f; // 2π·2⁻³²
        Elementary.SinCosNearZero(angle, out var sin, out var cos);
        var isOdd = Vector512.Equals(q & Vector512<uint>.One, Vector512<uint>.One).AsSingle();
        var signOfCos = Vector512.ShiftLeft((q + Vector512<uint>.One) & Vector512.Create(2u), 30);
        var signOfSin = Vector512.ShiftLeft(q & Vector512.Create(2u), 30);
        first = ((radius * Vector512.ConditionalSelect(isOdd, sin, cos)).AsUInt32() ^ signOfCos).AsSingle();
        second = ((radius * Vector512.ConditionalSelect(isOdd, cos, sin)).AsUInt32() ^ signOfSin).AsSingle();
    }

    /// <summary>A normal cut off at ±2 standard deviations and scaled to variance 1, so that it lies in ±2.2737: inverse distribution function of one word.</summary>
    /// <remarks>
    /// <para>With x = (2w + 1 − 2³²)·2⁻³²·(2Φ(2) − 1) in (−0.9545, 0.9545), the value is Φ⁻¹((1 + x) / 2) / 0.87963 = x·P(−ln(1 − x²)).</para>
    /// <para>P: degree 7 through Chebyshev nodes, relative error 3·10⁻⁸.</para>
    /// </remarks>
    [MethodImpl(Inline)]
    public static Vector512<float> TruncatedNormal(Vector512<uint> w)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.TruncatedNormal(w.GetLower()), Halves.TruncatedNormal(w.GetUpper()));
        }

        var centred = (w ^ Vector512.Create(0x80000000u)).AsInt32(); // w − 2³¹
        var x = (Vector512.ConvertToSingle(centred) + Vector512.Create(0.5f)) * 4.4447357e-10f; // 2⁻³¹·(2Φ(2) − 1)
        var t = -Elementary.Log(Vector512.FusedMultiplyAdd(-x, x, Vector512<float>.One));
        var p = Vector512.FusedMultiplyAdd(Vector512.Create(-5.673346663570555e-07f), t, Vector512.Create(-2.5800518415053375e-06f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(8.819291542749852e-05f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(-0.00022160253138281405f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(-0.003744322806596756f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(0.018565354868769646f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(0.37301909923553467f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(1.424826741218567f));
        return p * x;
    }

    /// <summary>±e/√2 with an exponential e: double exponential of variance 1. The top bit is the sign, e = −ln((v + ½)·2⁻³²) with v = 2w mod 2³².</summary>
    /// <remarks>The largest possible size is 33·ln 2/√2 = 16.2; values are never 0.</remarks>
    [MethodImpl(Inline)]
    public static Vector512<float> Laplace(Vector512<uint> w)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Laplace(w.GetLower()), Halves.Laplace(w.GetUpper()));
        }

        var size = LogUniform(Vector512.ShiftLeft(w, 1)) * -0.70710677f;
        return (size.AsUInt32() | (w & Vector512.Create(0x80000000u))).AsSingle();
    }

    /// <summary>ln((w + ½)·2⁻³²), to full relative accuracy on both sides: above √½ it is ln(1 − (2³² − 1 − w + ½)·2⁻³²).</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> LogUniform(Vector512<uint> w)
    {
        var isNearOne = Vector512.GreaterThanOrEqual(w, Vector512.Create(WordOfRootHalf));
        var single = ToSingle(Vector512.ConditionalSelect(isNearOne, ~w, w));
        var offset = single.AsInt32() - Vector512.Create(0x3F3504F3); // bits of √½
        var exponent = Vector512.ConvertToSingle(Vector512.ShiftRightArithmetic(offset, 23)) - Vector512.Create(32f);
        var mantissa = ((offset & Vector512.Create(0x7FFFFF)) + Vector512.Create(0x3F3504F3)).AsSingle();
        var near = isNearOne.AsSingle();
        return Elementary.LogOf(
            Vector512.ConditionalSelect(near, single * -PerWord, mantissa - Vector512<float>.One),
            Vector512.ConditionalSelect(near, Vector512<float>.Zero, exponent));
    }

    /// <summary>w + ½ rounded to a float, once: the halves of the word are exact.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> ToSingle(Vector512<uint> w)
    {
        var high = Vector512.ConvertToSingle(Vector512.ShiftRightLogical(w, 16).AsInt32());
        var low = Vector512.ConvertToSingle((w & Vector512.Create(0xFFFFu)).AsInt32());
        return Vector512.FusedMultiplyAdd(high, Vector512.Create(65536f), low + Vector512.Create(0.5f));
    }
}
