using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

internal static partial class Elementary
{
    /// <summary>erf x = 2/√π·∫₀ˣ e^(−t²) dt. Error ≤ 0.9 ulp, the ulp of the small result near x = 0; ±1 beyond 3.92.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(Halves.Erf(x.GetLower()), Halves.Erf(x.GetUpper()));
        }

        var y = Vector512.Abs(x);
        var p = OnOctaves<ErfIntervals>(y);
        p = Select(Vector512.LessThan(y, All(0.25f)), y + p, p);
        return p | (x & Bits(0x80000000));
    }
}
