using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Random;

/// <summary>Philox4x32-10: a bijection of 128-bit counters for every 64-bit key, whose words pass the usual batteries of tests.</summary>
/// <remarks>Source: Salmon, Moraes, Dror &amp; Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011, sec. 4.2.</remarks>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9; // golden ratio
    private const uint Weyl1 = 0xBB67AE85; // √3 − 1

    /// <summary>The four words of one counter. The key's low word is <paramref name="key"/> mod 2³².</summary>
    public static (uint W0, uint W1, uint W2, uint W3) Words(ulong key, uint c0, uint c1, uint c2, uint c3)
    {
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)Multiplier0 * c0;
            ulong p1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(p1 >> 32) ^ c1 ^ k0;
            c2 = (uint)(p0 >> 32) ^ c3 ^ k1;
            c1 = (uint)p1;
            c3 = (uint)p0;
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>The four words of 16 counters, one a lane, which differ in their second word <paramref name="c1"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Words(ulong key, uint c0, Vector512<uint> c1, uint c2, uint c3, out Words words)
    {
        // Every lane of 64 bits holds one 32-bit number: "even" those of lanes 0, 2, …, "odd" those of lanes 1, 3, ….
        var low = Vector512.Create((ulong)uint.MaxValue);
        var even0 = Vector512.Create((ulong)c0);
        var even1 = c1.AsUInt64() & low;
        var even2 = Vector512.Create((ulong)c2);
        var even3 = Vector512.Create((ulong)c3);
        var odd0 = even0;
        var odd1 = Vector512.ShiftRightLogical(c1.AsUInt64(), 32);
        var odd2 = even2;
        var odd3 = even3;
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            var key0 = Vector512.Create((ulong)k0);
            var key1 = Vector512.Create((ulong)k1);
            Round(ref even0, ref even1, ref even2, ref even3, key0, key1);
            Round(ref odd0, ref odd1, ref odd2, ref odd3, key0, key1);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        words.W0 = Join(even0, odd0);
        words.W1 = Join(even1, odd1);
        words.W2 = Join(even2, odd2);
        words.W3 = Join(even3, odd3);
    }

    /// <summary>One round on eight counters; the upper halves of the 64-bit lanes may hold anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector512<ulong> c0, ref Vector512<ulong> c1, ref Vector512<ulong> c2, ref Vector512<ulong> c3, Vector512<ulong> k0, Vector512<ulong> k1)
    {
        var p0 = MultiplyLow(c0, Multiplier0);
        var p1 = MultiplyLow(c2, Multiplier1);
        c0 = Vector512.ShiftRightLogical(p1, 32) ^ c1 ^ k0;
        c2 = Vector512.ShiftRightLogical(p0, 32) ^ c3 ^ k1;
        c1 = p1;
        c3 = p0;
    }

    /// <summary>64-bit products of the low 32 bits of every lane with a constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyLow(Vector512<ulong> x, uint multiplier)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.Multiply(x.AsUInt32(), Vector512.Create((ulong)multiplier).AsUInt32());
        }

        if (Avx2.IsSupported)
        {
            var factor = Vector256.Create((ulong)multiplier).AsUInt32();
            return Vector512.Create(Avx2.Multiply(x.GetLower().AsUInt32(), factor), Avx2.Multiply(x.GetUpper().AsUInt32(), factor));
        }

        return (x & Vector512.Create((ulong)uint.MaxValue)) * Vector512.Create((ulong)multiplier);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Join(Vector512<ulong> even, Vector512<ulong> odd) =>
        ((even & Vector512.Create((ulong)uint.MaxValue)) | Vector512.ShiftLeft(odd, 32)).AsUInt32();
}

/// <summary>Four words of 16 counters; lane i belongs to counter i.</summary>
internal struct Words
{
    public Vector512<uint> W0, W1, W2, W3;
}
