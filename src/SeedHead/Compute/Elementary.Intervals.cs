using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

// Functions of y ≥ 0 by a polynomial of degree 7 on each of up to 16 intervals, ended by 0, ¼, ⅜, ½, ¾, 1, 1½, 2, 3, …: two an octave, so that the
// leading bits of y count them. A centre is a float at which the function is almost a float, so that the leading coefficient carries no error.
internal static partial class Elementary
{
    [MethodImpl(Inline)]
    private static Vector512<float> OnIntervals<TIntervals>(Vector512<float> y)
        where TIntervals : struct, IIntervals
    {
        const int first = 0x3E400000; // bits of 3/16: half an octave more is ¼, and all below counts as interval 0
        y = AtMost(y, TIntervals.Last);
        var index = Vector512.ShiftRightLogical(Vector512.Max(y.AsInt32(), Vector512.Create(first)) - Vector512.Create(first), 22);
        return OnInterval<TIntervals>(y, index);
    }

    [MethodImpl(Inline)]
    private static Vector512<float> OnInterval<TIntervals>(Vector512<float> y, Vector512<int> index)
        where TIntervals : struct, IIntervals
    {
        var d = y - Lookup(TIntervals.Centre, index);
        var p = Fma(Lookup(TIntervals.C7, index), d, Lookup(TIntervals.C6, index));
        p = Fma(p, d, Lookup(TIntervals.C5, index));
        p = Fma(p, d, Lookup(TIntervals.C4, index));
        p = Fma(p, d, Lookup(TIntervals.C3, index));
        p = Fma(p, d, Lookup(TIntervals.C2, index));
        p = Fma(p, d, Lookup(TIntervals.C1, index));
        return Fma(p, d, Lookup(TIntervals.C0, index));
    }
}
