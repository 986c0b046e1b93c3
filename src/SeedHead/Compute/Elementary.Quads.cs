using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

internal static partial class Elementary
{
    /// <summary>Functions of usual arguments on four vectors, with AVX-512 alone; their text is that of the functions on one vector (<c>tools/lanes/generate.py</c>).</summary>
    internal static partial class Quads
    {
        /// <summary>Whether no number lies beyond the limit of <see cref="Sin"/> and <see cref="Cos"/>, and none is NaN.</summary>
        [MethodImpl(Inline)]
        public static bool AreNearTurns(Quad x) =>
            Vector512.LessThanOrEqualAll(Quad.Abs(x).LargestBits(), Vector512.Create(BitConverter.SingleToUInt32Bits(SineLimit)));

        /// <summary>Whether no number lies below −5.7, the limit of <see cref="TimesNormalCdf"/>.</summary>
        [MethodImpl(Inline)]
        public static bool AreNearNormal(Quad x) =>
            Vector512.LessThanOrEqualAll(x.LargestBits(), Vector512.Create(BitConverter.SingleToUInt32Bits(NormalIntervals.Last)));

        /// <summary>sin x up to the limit in size.</summary>
        [MethodImpl(Inline)]
        public static Quad Sin(Quad x) => NearSin(x, Quad.Abs(x));

        /// <summary>cos x up to the limit in size.</summary>
        [MethodImpl(Inline)]
        public static Quad Cos(Quad x) => NearCosOfSize(Quad.Abs(x));

        /// <summary>x·Φ(x) from the limit on.</summary>
        [MethodImpl(Inline)]
        public static Quad TimesNormalCdf(Quad x) => NearTimesNormalCdf(x);

        // The short words of the formulas.
        [MethodImpl(Inline)]
        private static Quad Fma(Quad a, Quad b, Quad c) => Quad.FusedMultiplyAdd(a, b, c);

        [MethodImpl(Inline)]
        private static Quad Fma(Quad a, Quad b, Vector512<float> c) => Quad.FusedMultiplyAdd(a, b, c);

        [MethodImpl(Inline)]
        private static Quad Fma(Quad a, float b, Quad c) => Quad.FusedMultiplyAdd(a, All(b), c);

        [MethodImpl(Inline)]
        private static Quad Fma(Quad a, float b, Vector512<float> c) => Quad.FusedMultiplyAdd(a, All(b), c);

        [MethodImpl(Inline)]
        private static Quad Horner(Quad a, Quad b, float c) => Quad.FusedMultiplyAdd(a, b, All(c));

        [MethodImpl(Inline)]
        private static Quad Horner(Vector512<float> a, Quad b, float c) => Quad.FusedMultiplyAdd(b, a, All(c));

        [MethodImpl(Inline)]
        private static Quad AtMost(Quad x, float limit) => Quad.AtMost(x, limit);

        [MethodImpl(Inline)]
        private static Quad AtLeast(Quad x, float limit) => Quad.AtLeast(x, limit);

        [MethodImpl(Inline)]
        private static Quad Lookup(Vector512<float> table, Quad index) => Quad.Lookup(table, index);

        [MethodImpl(Inline)]
        private static Quad TimesPowerOfTwo(Quad y, Quad n) => Quad.TimesPowerOfTwo(y, n);
    }
}
