using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

// Functions by a polynomial on each of up to 16 intervals: a coefficient is then a permutation and not a memory access. A centre is a float at which the
// function is almost a float, so that the leading coefficient carries no error.
internal static partial class Elementary
{
    /// <summary>Of y ≥ 0, on intervals ended by 0, ¼, ⅜, ½, ¾, 1, 1½, 2, 3, …: two an octave, so that the leading bits of y count them.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> OnOctaves<TIntervals>(Vector512<float> y)
        where TIntervals : struct, IIntervals
    {
        const int first = 0x3E400000; // bits of 3/16: half an octave more is ¼, and all below counts as interval 0
        y = AtMost(y, TIntervals.Last);
        var index = Vector512.ShiftRightLogical(Vector512.Max(y.AsInt32(), Vector512.Create(first)) - Vector512.Create(first), 22);
        return OnInterval<TIntervals>(y, index);
    }

    /// <summary>Of y between 0 and the last argument, on intervals of uneven length.</summary>
    [MethodImpl(Inline)]
    private static Vector512<float> OnUneven<TIntervals>(Vector512<float> y)
        where TIntervals : struct, IUnevenIntervals
    {
        var shifted = Fma(y, Fma(y, TIntervals.Curve, All(TIntervals.Slope)), All(Rounder)); // the interval's number in the low four bits, which the look-up reads
        return OnInterval<TIntervals>(y, shifted.AsInt32());
    }

    [MethodImpl(Inline)]
    private static Vector512<float> OnInterval<TIntervals>(Vector512<float> y, Vector512<int> index)
        where TIntervals : struct, IIntervals
    {
        var d = y - Lookup(TIntervals.Centre, index);
        var p = Lookup(TIntervals.C6, index);
        if (TIntervals.IsOfDegree7)
        {
            p = Fma(Lookup(TIntervals.C7, index), d, p);
        }

        p = Fma(p, d, Lookup(TIntervals.C5, index));
        p = Fma(p, d, Lookup(TIntervals.C4, index));
        p = Fma(p, d, Lookup(TIntervals.C3, index));
        p = Fma(p, d, Lookup(TIntervals.C2, index));
        p = Fma(p, d, Lookup(TIntervals.C1, index));
        return Fma(p, d, Lookup(TIntervals.C0, index));
    }
}
