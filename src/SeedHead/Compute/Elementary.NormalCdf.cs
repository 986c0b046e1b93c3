using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

// Φ(−y) = e^(−y²/2)·R(y) for y ≥ 0, where R is smooth and falls like 1/y; and Φ(y) = 1 − Φ(−y).
internal static partial class Elementary
{
    /// <summary>Φ(x) = P(Z ≤ x) for a standard normal Z. Error ≤ 1.9 ulp, the ulp of the small result for x → −∞; 0 below −14.18.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> NormalCdf(Vector512<float> x)
    {
        NormalCdfAndDensity(x, out var cdf, out _);
        return cdf;
    }

    /// <summary>Φ(x), and Φ′(x) = e^(−x²/2)/√2π: error ≤ 1.3 ulp, denormal results included.</summary>
    [MethodImpl(Inline)]
    public static void NormalCdfAndDensity(Vector512<float> x, out Vector512<float> cdf, out Vector512<float> density)
    {
        var y = Vector512.Abs(x);
        y = Select(Vector512.GreaterThan(y, All(14.5f)), All(14.5f), y); // both are 0 there
        var square = y * y;
        var excess = ExpExcess(square * -0.5f, Fma(y, y, -square) * -0.5f, out var n);
        var r = OnIntervals<NormalTailIntervals>(y);
        var tail = TimesPowerOfTwo(Fma(r, excess, r), n);
        cdf = Select(Vector512.LessThan(x, Vector512<float>.Zero), tail, Vector512<float>.One - tail);
        density = TimesPowerOfTwo(Horner(All(0.3989423f), excess, 0.3989423f), n);
    }

    /// <summary>e^(−x²). Error ≤ 1.1 ulp, denormal results included.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> ExpOfMinusSquare(Vector512<float> x)
    {
        var y = Vector512.Abs(x);
        y = Select(Vector512.GreaterThan(y, All(10.3f)), All(10.3f), y); // e^−106 is 0
        var square = y * y;
        return ExpTimes(-square, Fma(-y, y, square), Vector512<float>.One);
    }

    /// <summary>R; relative errors of the polynomials ≤ 0.4·2⁻²⁴.</summary>
    internal readonly struct NormalTailIntervals : IIntervals
    {
        public static Vector512<float> Last => Vector512.Create(14.5f);

        public static Vector512<float> Centre => Vector512.Create(
            0f, 0.31365624f, 0.438125f, 0.6304375f, 0.87625f, 1.254375f, 1.746f, 2.49675f,
            3.5165f, 4.982f, 7.0205f, 10.027f, 13.32665f, 13.32665f, 13.32665f, 13.32665f);

        public static Vector512<float> C0 => Vector512.Create(
            0.5f, 0.39589393f, 0.36395514f, 0.32228878f, 0.279578f, 0.2302778f, 0.18553124f, 0.14147972f,
            0.10590577f, 0.077178374f, 0.055736315f, 0.039402332f, 0.02976989f, 0.02976989f, 0.02976989f, 0.02976989f);

        public static Vector512<float> C1 => Vector512.Create(
            -0.3989423f, -0.27476767f, -0.23948443f, -0.19575936f, -0.15396205f, -0.11008756f, -0.07500472f, -0.045702785f,
            -0.026524637f, -0.014439632f, -0.0076454743f, -0.003855079f, -0.0022093856f, -0.0022093856f, -0.0022093856f, -0.0022093856f);

        public static Vector512<float> C2 => Vector512.Create(
            0.25000072f, 0.15485519f, 0.12951566f, 0.09943739f, 0.072334334f, 0.046093374f, 0.027286503f, 0.013685654f,
            0.0063159456f, 0.0026200796f, 0.001030632f, 0.00037373073f, 0.00016309126f, 0.00016309126f, 0.00016309126f, 0.00016309126f);

        public static Vector512<float> C3 => Vector512.Create(
            -0.13299657f, -0.07541473f, -0.060913492f, -0.044354297f, -0.030194351f, -0.017423287f, -0.009120842f, -0.0038443513f,
            -0.001438194f, -0.0004621465f, -0.00013664328f, -3.590835e-05f, -1.197528e-05f, -1.197528e-05f, -1.197528e-05f, -1.197528e-05f);

        public static Vector512<float> C4 => Vector512.Create(
            0.06266471f, 0.033033002f, 0.025634922f, 0.017864387f, 0.011474312f, 0.006059086f, 0.0028402235f, 0.001021534f,
            0.00031458098f, 7.933278e-05f, 1.7825205e-05f, 3.4143306e-06f, 8.746298e-07f, 8.746298e-07f, 8.746298e-07f, 8.746298e-07f);

        public static Vector512<float> C5 => Vector512.Create(
            -0.027467823f, -0.00635033f, -0.009950305f, -0.0068694865f, -0.0038920778f, -0.0019587504f, -0.00083196454f, -0.00025883553f,
            -6.643196e-05f, -1.3319998e-05f, -2.2912855e-06f, -3.222617e-07f, -6.3690955e-08f, -6.3690955e-08f, -6.3690955e-08f, -6.3690955e-08f);

        public static Vector512<float> C6 => Vector512.Create(
            0.012620476f, -0.028040797f, 0.013434811f, 0.0024772515f, 0.0011537254f, 0.00060723594f, 0.00023390693f, 6.435222e-05f,
            1.3810227e-05f, 2.2955487e-06f, 2.9975118e-07f, 3.2484174e-08f, 4.693151e-09f, 4.693151e-09f, 4.693151e-09f, 4.693151e-09f);

        public static Vector512<float> C7 => Vector512.Create(
            -0.0055460427f, -0.8565365f, 0.004886391f, 0.007130817f, -0.0046949144f, -0.00021868708f, -6.423584e-05f, -1.4445934e-05f,
            -2.604296e-06f, -3.5553367e-07f, -3.7461003e-08f, -3.050563e-09f, -3.007244e-10f, -3.007244e-10f, -3.007244e-10f, -3.007244e-10f);
    }
}
