using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

/// <summary>
/// Elementary functions made of +, −, ×, ÷, √, fused multiply-add and integer bit operations only, so that they have the same bits on every
/// processor. In the vector forms a lane's result depends on that lane alone. The sign and payload of a NaN result are not part of the promise.
/// </summary>
/// <remarks>
/// <para>Without AVX-512 a vector is taken in halves: <c>Elementary.Halves.g.cs</c> is made of the files here by <c>tools/lanes/generate.py</c>, because pairs of
/// shorter vectors would use up what the compiler inlines into one method.</para>
/// <para>Formulas, sources and measured errors: <c>docs/math/elementary.md</c>.</para>
/// </remarks>
internal static partial class Elementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Adding 1.5·2⁵² leaves the nearest integer, ties to even, in the low bits of a double below 2⁵¹ in size.</summary>
    private const double RounderOfDouble = 6755399441055744.0;

    [MethodImpl(Inline)]
    private static double Fma(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);
}
