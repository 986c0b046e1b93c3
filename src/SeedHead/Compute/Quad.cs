using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

/// <summary>
/// Four vectors that pass through a formula side by side, for AVX-512: each step waits for the one before it, so a processor has more to do at once where steps of four
/// formulas stand beside each other. Every operation is that of <see cref="Vector512{T}"/> on each vector; numbers and bit patterns are not told apart.
/// </summary>
internal readonly unsafe struct Quad(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
{
    /// <summary>Numbers in a quad.</summary>
    public const int Count = 64;

    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<float> a = a, b = b, c = c, d = d;

    public static bool IsSupported => Avx512F.IsSupported;

    [MethodImpl(Inline)]
    public static Quad operator +(Quad x, Quad y) => new(x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d);

    [MethodImpl(Inline)]
    public static Quad operator +(Quad x, Vector512<float> y) => new(x.a + y, x.b + y, x.c + y, x.d + y);

    [MethodImpl(Inline)]
    public static Quad operator -(Quad x, Quad y) => new(x.a - y.a, x.b - y.b, x.c - y.c, x.d - y.d);

    [MethodImpl(Inline)]
    public static Quad operator -(Quad x, Vector512<float> y) => new(x.a - y, x.b - y, x.c - y, x.d - y);

    [MethodImpl(Inline)]
    public static Quad operator -(Quad x) => new(-x.a, -x.b, -x.c, -x.d);

    [MethodImpl(Inline)]
    public static Quad operator *(Quad x, Quad y) => new(x.a * y.a, x.b * y.b, x.c * y.c, x.d * y.d);

    [MethodImpl(Inline)]
    public static Quad operator &(Quad x, Vector512<float> y) => new(x.a & y, x.b & y, x.c & y, x.d & y);

    [MethodImpl(Inline)]
    public static Quad operator |(Quad x, Quad y) => new(x.a | y.a, x.b | y.b, x.c | y.c, x.d | y.d);

    [MethodImpl(Inline)]
    public static Quad operator |(Quad x, Vector512<float> y) => new(x.a | y, x.b | y, x.c | y, x.d | y);

    [MethodImpl(Inline)]
    public static Quad operator ^(Quad x, Quad y) => new(x.a ^ y.a, x.b ^ y.b, x.c ^ y.c, x.d ^ y.d);

    [MethodImpl(Inline)]
    public static Quad Load(float* from) =>
        new(Vector512.Load(from), Vector512.Load(from + 16), Vector512.Load(from + 32), Vector512.Load(from + 48));

    /// <summary>Two rows of two vectors, and what is added to each row.</summary>
    [MethodImpl(Inline)]
    public static Quad Load(float* from, Vector512<float> first, Vector512<float> second) =>
        new(Vector512.Load(from) + first, Vector512.Load(from + 16) + first, Vector512.Load(from + 32) + second, Vector512.Load(from + 48) + second);

    [MethodImpl(Inline)]
    public static Quad Abs(Quad x) => new(Vector512.Abs(x.a), Vector512.Abs(x.b), Vector512.Abs(x.c), Vector512.Abs(x.d));

    [MethodImpl(Inline)]
    public static Quad ShiftLeft(Quad x, int bits) => new(ShiftLeft(x.a, bits), ShiftLeft(x.b, bits), ShiftLeft(x.c, bits), ShiftLeft(x.d, bits));

    [MethodImpl(Inline)]
    public static Quad FusedMultiplyAdd(Quad x, Quad y, Quad z) => new(
        Vector512.FusedMultiplyAdd(x.a, y.a, z.a), Vector512.FusedMultiplyAdd(x.b, y.b, z.b), Vector512.FusedMultiplyAdd(x.c, y.c, z.c), Vector512.FusedMultiplyAdd(x.d, y.d, z.d));

    [MethodImpl(Inline)]
    public static Quad FusedMultiplyAdd(Quad x, Quad y, Vector512<float> z) => new(
        Vector512.FusedMultiplyAdd(x.a, y.a, z), Vector512.FusedMultiplyAdd(x.b, y.b, z), Vector512.FusedMultiplyAdd(x.c, y.c, z), Vector512.FusedMultiplyAdd(x.d, y.d, z));

    [MethodImpl(Inline)]
    public static Quad FusedMultiplyAdd(Quad x, Vector512<float> y, Quad z) => new(
        Vector512.FusedMultiplyAdd(x.a, y, z.a), Vector512.FusedMultiplyAdd(x.b, y, z.b), Vector512.FusedMultiplyAdd(x.c, y, z.c), Vector512.FusedMultiplyAdd(x.d, y, z.d));

    [MethodImpl(Inline)]
    public static Quad FusedMultiplyAdd(Quad x, Vector512<float> y, Vector512<float> z) => new(
        Vector512.FusedMultiplyAdd(x.a, y, z), Vector512.FusedMultiplyAdd(x.b, y, z), Vector512.FusedMultiplyAdd(x.c, y, z), Vector512.FusedMultiplyAdd(x.d, y, z));

    /// <summary>As <see cref="Elementary.AtMost(Vector512{float}, float)"/>.</summary>
    [MethodImpl(Inline)]
    public static Quad AtMost(Quad x, float limit) =>
        new(Elementary.AtMost(x.a, limit), Elementary.AtMost(x.b, limit), Elementary.AtMost(x.c, limit), Elementary.AtMost(x.d, limit));

    /// <summary>As <see cref="Elementary.AtLeast(Vector512{float}, float)"/>.</summary>
    [MethodImpl(Inline)]
    public static Quad AtLeast(Quad x, float limit) =>
        new(Elementary.AtLeast(x.a, limit), Elementary.AtLeast(x.b, limit), Elementary.AtLeast(x.c, limit), Elementary.AtLeast(x.d, limit));

    /// <summary>Lane i is table[index[i] mod 16].</summary>
    [MethodImpl(Inline)]
    public static Quad Lookup(Vector512<float> table, Quad index) => new(
        Avx512F.PermuteVar16x32(table, index.a.AsInt32()),
        Avx512F.PermuteVar16x32(table, index.b.AsInt32()),
        Avx512F.PermuteVar16x32(table, index.c.AsInt32()),
        Avx512F.PermuteVar16x32(table, index.d.AsInt32()));

    /// <summary>y·2^n for whole n.</summary>
    [MethodImpl(Inline)]
    public static Quad TimesPowerOfTwo(Quad y, Quad n) =>
        new(Avx512F.Scale(y.a, n.a), Avx512F.Scale(y.b, n.b), Avx512F.Scale(y.c, n.c), Avx512F.Scale(y.d, n.d));

    /// <summary>The largest bit pattern of every lane.</summary>
    [MethodImpl(Inline)]
    public Vector512<uint> LargestBits() =>
        Vector512.Max(Vector512.Max(a.AsUInt32(), b.AsUInt32()), Vector512.Max(c.AsUInt32(), d.AsUInt32()));

    [MethodImpl(Inline)]
    public void Store(float* to)
    {
        a.Store(to);
        b.Store(to + 16);
        c.Store(to + 32);
        d.Store(to + 48);
    }

    [MethodImpl(Inline)]
    private static Vector512<float> ShiftLeft(Vector512<float> x, int bits) => Vector512.ShiftLeft(x.AsUInt32(), bits).AsSingle();
}
