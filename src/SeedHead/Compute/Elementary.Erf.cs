using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

internal static partial class Elementary
{
    /// <summary>erf x = 2/√π·∫₀ˣ e^(−t²) dt. Error ≤ 0.8 ulp, the ulp of the small result near x = 0; ±1 beyond 3.92.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        var y = Vector512.Abs(x);
        var p = OnIntervals<ErfIntervals>(y);
        p = Select(Vector512.LessThan(y, All(0.25f)), y + p, p);
        return p | (x & Bits(0x80000000));
    }

    /// <summary>erf, below ¼ less y itself, since 2/√π − 1 loses less as a float than 2/√π; errors of the polynomials ≤ 0.29·2⁻²⁴ of erf.</summary>
    internal readonly struct ErfIntervals : IIntervals
    {
        public static Vector512<float> Last => Vector512.Create(3.9999998f);

        public static Vector512<float> Centre => Vector512.Create(
            0f, 0.3106875f, 0.4376875f, 0.6209375f, 0.87975f, 1.24275f, 1.749875f, 2.51325f,
            3.50525f, 3.50525f, 3.50525f, 3.50525f, 3.50525f, 3.50525f, 3.50525f, 3.50525f);

        public static Vector512<float> C0 => Vector512.Create(
            0f, 0.3396127f, 0.46407282f, 0.6201313f, 0.78655726f, 0.92116976f, 0.98666507f, 0.999621f,
            0.9999993f, 0.9999993f, 0.9999993f, 0.9999993f, 0.9999993f, 0.9999993f, 0.9999993f, 0.9999993f);

        public static Vector512<float> C1 => Vector512.Create(
            0.12837917f, 1.0245521f, 0.9316593f, 0.76737386f, 0.52038944f, 0.24083447f, 0.052798096f, 0.0020383785f,
            5.199492e-06f, 5.199492e-06f, 5.199492e-06f, 5.199492e-06f, 5.199492e-06f, 5.199492e-06f, 5.199492e-06f, 5.199492e-06f);

        public static Vector512<float> C2 => Vector512.Create(
            1.3167256e-07f, -0.31831527f, -0.40777558f, -0.4764912f, -0.45781252f, -0.29929736f, -0.09239001f, -0.0051217354f,
            -1.837604e-05f, -1.837604e-05f, -1.837604e-05f, -1.837604e-05f, -1.837604e-05f, -1.837604e-05f, -1.837604e-05f, -1.837604e-05f);

        public static Vector512<float> C3 => Vector512.Create(
            -0.3761306f, -0.2756446f, -0.19155315f, -0.058546122f, 0.095040694f, 0.1676884f, 0.090181634f, 0.007899981f,
            4.1110554e-05f, 4.1110554e-05f, 4.1110554e-05f, 4.1110554e-05f, 4.1110554e-05f, 4.1110554e-05f, 4.1110554e-05f, 4.1110554e-05f);

        public static Vector512<float> C4 => Vector512.Create(
            5.2263487e-05f, 0.14874014f, 0.17783098f, 0.17700255f, 0.11078766f, -0.0044044545f, -0.048110474f, -0.00824596f,
            -6.2711784e-05f, -6.2711784e-05f, -6.2711784e-05f, -6.2711784e-05f, -6.2711784e-05f, -6.2711784e-05f, -6.2711784e-05f, -6.2711784e-05f);

        public static Vector512<float> C5 => Vector512.Create(
            0.11256474f, 0.087976016f, 0.0204556f, -0.026161948f, -0.067191f, -0.048070338f, 0.006606803f, 0.005939443f,
            7.718757e-05f, 7.718757e-05f, 7.718757e-05f, 7.718757e-05f, 7.718757e-05f, 7.718757e-05f, 7.718757e-05f, 7.718757e-05f);

        public static Vector512<float> C6 => Vector512.Create(
            0.0004443012f, -0.015195412f, -0.04856726f, -0.04141674f, -0.009517442f, 0.020389616f, 0.009063037f, -0.002614452f,
            -9.367814e-05f, -9.367814e-05f, -9.367814e-05f, -9.367814e-05f, -9.367814e-05f, -9.367814e-05f, -9.367814e-05f, -9.367814e-05f);

        public static Vector512<float> C7 => Vector512.Create(
            -0.026344514f, -2.9963372f, 0.7337801f, 0.0061972956f, 0.00930824f, 0.0036952663f, -0.00589367f, 0.0003911957f,
            6.757121e-05f, 6.757121e-05f, 6.757121e-05f, 6.757121e-05f, 6.757121e-05f, 6.757121e-05f, 6.757121e-05f, 6.757121e-05f);
    }
}
