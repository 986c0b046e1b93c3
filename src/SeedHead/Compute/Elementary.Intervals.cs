using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

// Functions of y ≥ 0 by a polynomial of degree 7 on each of up to 16 intervals, ended by 0, ¼, ⅜, ½, ¾, 1, 1½, 2, 3, …: two an octave, so that the
// leading bits of y count them. A centre is a float at which the function is almost a float, so that the leading coefficient carries no error.
internal static partial class Elementary
{
    internal interface IIntervals
    {
        /// <summary>Larger arguments are replaced by this one.</summary>
        static abstract Vector512<float> Last { get; }

        static abstract Vector512<float> Centre { get; }

        static abstract Vector512<float> C0 { get; }

        static abstract Vector512<float> C1 { get; }

        static abstract Vector512<float> C2 { get; }

        static abstract Vector512<float> C3 { get; }

        static abstract Vector512<float> C4 { get; }

        static abstract Vector512<float> C5 { get; }

        static abstract Vector512<float> C6 { get; }

        static abstract Vector512<float> C7 { get; }
    }

    [MethodImpl(Inline)]
    private static Vector512<float> OnIntervals<TIntervals>(Vector512<float> y)
        where TIntervals : struct, IIntervals
    {
        const int first = 0x3E400000; // bits of 3/16: half an octave more is ¼, and all below counts as interval 0
        y = Select(Vector512.GreaterThan(y, TIntervals.Last), TIntervals.Last, y);
        var index = Vector512.ShiftRightLogical(Vector512.Max(y.AsInt32(), Vector512.Create(first)) - Vector512.Create(first), 22);
        var d = y - Lookup(TIntervals.Centre, index);
        var p = Fma(Lookup(TIntervals.C7, index), d, Lookup(TIntervals.C6, index));
        p = Fma(p, d, Lookup(TIntervals.C5, index));
        p = Fma(p, d, Lookup(TIntervals.C4, index));
        p = Fma(p, d, Lookup(TIntervals.C3, index));
        p = Fma(p, d, Lookup(TIntervals.C2, index));
        p = Fma(p, d, Lookup(TIntervals.C1, index));
        return Fma(p, d, Lookup(TIntervals.C0, index));
    }

    /// <summary>Lane i is table[index[i] mod 16].</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> Lookup(Vector512<float> table, Vector512<int> index)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.PermuteVar16x32(table, index);
        }

        return Avx2.IsSupported
            ? Vector512.Create(Lookup(table, index.GetLower()), Lookup(table, index.GetUpper()))
            : Vector512.Shuffle(table, index & Vector512.Create(15));
    }

    [MethodImpl(Inline)]
    private static Vector256<float> Lookup(Vector512<float> table, Vector256<int> index)
    {
        var low = Avx2.PermuteVar8x32(table.GetLower(), index); // by the low three bits of the index; the fourth chooses
        var high = Avx2.PermuteVar8x32(table.GetUpper(), index);
        return Avx.BlendVariable(low, high, Vector256.ShiftLeft(index, 28).AsSingle());
    }
}
