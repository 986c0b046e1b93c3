using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

// What some processors do in one instruction, with the bits that the others need several for.
internal static partial class Elementary
{
    /// <summary>min(x, limit); NaN where x is NaN. The limit is not 0.</summary>
    [MethodImpl(Inline)]
    internal static Vector512<float> AtMost(Vector512<float> x, float limit) =>
        Avx512F.IsSupported ? Avx512F.Min(Vector512.Create(limit), x) // the second operand where one is NaN
        : Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(limit)), Vector512.Create(limit), x);

    /// <summary>max(x, limit); NaN where x is NaN. A limit of 0 leaves −0 as it is.</summary>
    [MethodImpl(Inline)]
    internal static Vector512<float> AtLeast(Vector512<float> x, float limit) =>
        Avx512F.IsSupported ? Avx512F.Max(Vector512.Create(limit), x)
        : Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(limit)), Vector512.Create(limit), x);

    /// <summary>y·2^n for whole −252 ≤ n ≤ 254, rounded once even where the result is denormal.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> TimesPowerOfTwo(Vector512<float> y, Vector512<float> n) =>
        Avx512F.IsSupported ? Avx512F.Scale(y, n)
        : Vector512.Create(TimesPowerOfTwo(y.GetLower(), n.GetLower()), TimesPowerOfTwo(y.GetUpper(), n.GetUpper()));

    [MethodImpl(Inline)]
    internal static Vector256<float> AtMost(Vector256<float> x, float limit) =>
        Avx.IsSupported ? Avx.Min(Vector256.Create(limit), x)
        : Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(limit)), Vector256.Create(limit), x);

    [MethodImpl(Inline)]
    internal static Vector256<float> AtLeast(Vector256<float> x, float limit) =>
        Avx.IsSupported ? Avx.Max(Vector256.Create(limit), x)
        : Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(limit)), Vector256.Create(limit), x);

    // Two factors, of which the first keeps the result normal.
    [MethodImpl(Inline)]
    private static Vector256<float> TimesPowerOfTwo(Vector256<float> y, Vector256<float> n)
    {
        Vector256<int> count = Vector256.ConvertToInt32(n), first = Vector256.ShiftRightArithmetic(count, 1), bias = Vector256.Create(127);
        return y * Vector256.ShiftLeft(first + bias, 23).AsSingle() * Vector256.ShiftLeft(count - first + bias, 23).AsSingle();
    }
}
