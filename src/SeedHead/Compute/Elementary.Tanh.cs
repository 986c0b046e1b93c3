using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

internal static partial class Elementary
{
    /// <summary>tanh x. Error ≤ 1.1 ulp, the ulp of the small result near x = 0; ±1 beyond 9.02.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Tanh(x.GetLower()), Halves.Tanh(x.GetUpper()));
        }

        return OnUneven<TanhIntervals>(AtMost(Vector512.Abs(x), TanhIntervals.Last)) | (x & Bits(0x80000000));
    }

    /// <summary>1 / (1 + e⁻ˣ). Error ≤ 1.4 ulp, the ulp of the small result for x → −∞.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Sigmoid(x.GetLower()), Halves.Sigmoid(x.GetUpper()));
        }

        var y = Vector512.Abs(x);
        y = AtMost(y, 104f);
        var above = OnOctaves<SigmoidIntervals>(y);
        var below = ExpTimes(-y, Vector512<float>.Zero, above); // 1 / (1 + e^y) = e^−y / (1 + e^−y)
        return Select(Vector512.LessThan(x, Vector512<float>.Zero), below, above);
    }
}
