using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>
/// Elementary functions made of +, −, ×, ÷, √, fused multiply-add and integer bit operations only, so that they have the same bits on every
/// processor. In the vector forms a lane's result depends on that lane alone. The sign and payload of a NaN result are not part of the promise.
/// </summary>
/// <remarks>Formulas, sources and measured errors: <c>docs/math/elementary.md</c>.</remarks>
internal static partial class Elementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Adding 1.5·2²³ leaves the nearest integer, ties to even, in the low bits of a float below 2²² in size.</summary>
    private const float Rounder = 12582912f;

    /// <summary>The same for doubles below 2⁵¹: 1.5·2⁵².</summary>
    private const double RounderOfDouble = 6755399441055744.0;

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

    [MethodImpl(Inline)]
    private static double Fma(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);
}
