using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

// Short words for the formulas.
internal static partial class Elementary
{
    /// <summary>Adding 1.5·2²³ leaves the nearest integer, ties to even, in the low bits of a float below 2²² in size.</summary>
    private const float Rounder = 12582912f;

    [MethodImpl(Inline)]
    private static Vector512<float> All(float value) => Vector512.Create(value);

    [MethodImpl(Inline)]
    private static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(Inline)]
    private static Vector512<float> Fma(Vector512<float> a, float b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, All(b), c);

    /// <summary>a·b + c with constants b and c: one step of Horner's rule.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> Horner(Vector512<float> a, Vector512<float> b, float c) => Vector512.FusedMultiplyAdd(a, b, All(c));

    [MethodImpl(Inline)]
    private static Vector512<float> Select(Vector512<float> mask, Vector512<float> whenSet, Vector512<float> otherwise) =>
        Vector512.ConditionalSelect(mask, whenSet, otherwise);

    [MethodImpl(Inline)]
    private static Vector512<float> Bits(uint pattern) => Vector512.Create(pattern).AsSingle();
}
