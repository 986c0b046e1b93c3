using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

internal static partial class Elementary
{
    /// <summary>tanh x. Error ≤ 1.0 ulp, the ulp of the small result near x = 0; ±1 beyond 9.02.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Tanh(Vector512<float> x) => OnIntervals<TanhIntervals>(Vector512.Abs(x)) | (x & Bits(0x80000000));

    /// <summary>1 / (1 + e⁻ˣ). Error ≤ 1.4 ulp, the ulp of the small result for x → −∞.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        var y = Vector512.Abs(x);
        y = Select(Vector512.GreaterThan(y, All(104f)), All(104f), y);
        var above = OnIntervals<SigmoidIntervals>(y);
        var below = ExpTimes(-y, Vector512<float>.Zero, above); // 1 / (1 + e^y) = e^−y / (1 + e^−y)
        return Select(Vector512.LessThan(x, Vector512<float>.Zero), below, above);
    }

    /// <summary>tanh; relative errors of the polynomials ≤ 0.14·2⁻²⁴.</summary>
    internal readonly struct TanhIntervals : IIntervals
    {
        public static Vector512<float> Last => Vector512.Create(9.2f);

        public static Vector512<float> Centre => Vector512.Create(
            0f, 0.31271875f, 0.4399375f, 0.62425f, 0.876875f, 1.2425f, 1.753625f, 2.4765f,
            3.4795f, 4.9965f, 7.0165f, 8.63f, 8.63f, 8.63f, 8.63f, 8.63f);

        public static Vector512<float> C0 => Vector512.Create(
            0f, 0.30290842f, 0.41359264f, 0.5540802f, 0.7048503f, 0.8461671f, 0.9417867f, 0.98597467f,
            0.9981017f, 0.99990857f, 0.9999984f, 0.99999994f, 0.99999994f, 0.99999994f, 0.99999994f, 0.99999994f);

        public static Vector512<float> C1 => Vector512.Create(
            1f, 0.9082465f, 0.8289411f, 0.69299513f, 0.50318605f, 0.28400126f, 0.1130378f, 0.027853945f,
            0.0037929756f, 0.00018285378f, 3.2178552e-06f, 1.2991663e-07f, 1.2991663e-07f, 1.2991663e-07f, 1.2991663e-07f, 1.2991663e-07f);

        public static Vector512<float> C2 => Vector512.Create(
            -3.2517935e-08f, -0.27511555f, -0.34284407f, -0.38397485f, -0.35467052f, -0.24031258f, -0.10645745f, -0.027463118f,
            -0.0037858023f, -0.00018298966f, -3.2189714e-06f, -2.1518633e-07f, -2.1518633e-07f, -2.1518633e-07f, -2.1518633e-07f, -2.1518633e-07f);

        public static Vector512<float> C3 => Vector512.Create(
            -0.33333063f, -0.21945357f, -0.1344835f, -0.018240666f, 0.08225585f, 0.10867743f, 0.062580705f, 0.017793598f,
            0.0025141991f, 0.00012193569f, 2.148349e-06f, 2.7254375e-08f, 2.7254375e-08f, 2.7254375e-08f, 2.7254375e-08f, 2.7254375e-08f);

        public static Vector512<float> C4 => Vector512.Create(
            -6.99442e-05f, 0.15819101f, 0.16994087f, 0.13809884f, 0.06020857f, -0.011849949f, -0.023456346f, -0.008393308f,
            -0.0012468825f, -6.011269e-05f, -1.061697e-06f, 4.253816e-07f, 4.253816e-07f, 4.253816e-07f, 4.253816e-07f, 4.253816e-07f);

        public static Vector512<float> C5 => Vector512.Create(
            0.13412857f, 0.061459996f, -0.019804137f, -0.05552812f, -0.058184236f, -0.019887628f, 0.0037473254f, 0.0029597464f,
            0.0004919118f, 2.4122835e-05f, 4.210228e-07f, 3.8471057e-07f, 3.8471057e-07f, 3.8471057e-07f, 3.8471057e-07f, 3.8471057e-07f);

        public static Vector512<float> C6 => Vector512.Create(
            -0.004293948f, -0.07627724f, -0.060268078f, -0.024103949f, 0.014300837f, 0.015303485f, 0.00203991f, -0.0007073555f,
            -0.00016327853f, -9.354989e-06f, -1.6357173e-07f, -7.3872354e-07f, -7.3872354e-07f, -7.3872354e-07f, -7.3872354e-07f, -7.3872354e-07f);

        public static Vector512<float> C7 => Vector512.Create(
            -0.044365335f, -1.9976907f, 1.5779504f, 0.044919223f, -0.0044520474f, -0.0044406485f, -0.00200605f, 6.0966697e-05f,
            4.159362e-05f, 2.6043842e-06f, 4.8706177e-08f, -6.575078e-07f, -6.575078e-07f, -6.575078e-07f, -6.575078e-07f, -6.575078e-07f);
    }

    /// <summary>1 / (1 + e⁻ʸ); relative errors of the polynomials ≤ 0.07·2⁻²⁴.</summary>
    internal readonly struct SigmoidIntervals : IIntervals
    {
        public static Vector512<float> Last => Vector512.Create(17.5f);

        public static Vector512<float> Centre => Vector512.Create(
            0f, 0.31459376f, 0.435625f, 0.6254375f, 0.8731875f, 1.2605f, 1.75375f, 2.485f,
            3.5195f, 4.953f, 6.959f, 9.993f, 14.6895f, 14.6895f, 14.6895f, 14.6895f);

        public static Vector512<float> C0 => Vector512.Create(
            0.5f, 0.57800615f, 0.60721606f, 0.6514542f, 0.7054085f, 0.77911216f, 0.85242516f, 0.92308354f,
            0.97123754f, 0.99298733f, 0.99905086f, 0.9999543f, 0.9999996f, 0.9999996f, 0.9999996f, 0.9999996f);

        public static Vector512<float> C1 => Vector512.Create(
            0.25f, 0.24391504f, 0.23850472f, 0.22706163f, 0.20780735f, 0.1720964f, 0.12579651f, 0.071000315f,
            0.02793518f, 0.0069634863f, 0.0009482439f, 4.571345e-05f, 4.173019e-07f, 4.173019e-07f, 4.173019e-07f, 4.173019e-07f);

        public static Vector512<float> C2 => Vector512.Create(
            -1.332451e-10f, -0.019026548f, -0.025571123f, -0.034389444f, -0.04268535f, -0.04803421f, -0.044333816f, -0.030039072f,
            -0.013164099f, -0.0034328897f, -0.0004732253f, -2.2873708e-05f, -2.0990703e-07f, -2.0990703e-07f, -2.0990703e-07f, -2.0990703e-07f);

        public static Vector512<float> C3 => Vector512.Create(
            -0.020833327f, -0.018835187f, -0.01714312f, -0.013715863f, -0.008550976f, -0.00093439134f, 0.005140985f, 0.006792339f,
            0.0038754798f, 0.0011121f, 0.00015713745f, 7.620975e-06f, 6.960346e-08f, 6.960346e-08f, 6.960346e-08f, 6.960346e-08f);

        public static Vector512<float> C4 => Vector512.Create(
            -1.3177336e-07f, 0.0028934598f, 0.0037635183f, 0.004943473f, 0.0053070737f, 0.004264016f, 0.0018815194f, -0.00037031106f,
            -0.0007294028f, -0.00026229085f, -3.8965078e-05f, -1.8785216e-06f, -1.6502451e-08f, -1.6502451e-08f, -1.6502451e-08f, -1.6502451e-08f);

        public static Vector512<float> C5 => Vector512.Create(
            0.0020845605f, -0.0013708313f, 0.00541969f, 0.00096281f, 7.847852e-05f, -0.00087412476f, -0.0009088953f, -0.0003107393f,
            5.9602415e-05f, 4.6245736e-05f, 7.6861215e-06f, 3.7692192e-07f, 3.4148484e-09f, 3.4148484e-09f, 3.4148484e-09f, 3.4148484e-09f);

        public static Vector512<float> C6 => Vector512.Create(
            -5.72247e-06f, 0.023035256f, 0.028910313f, -0.00059619144f, -0.0002593618f, -0.0001821035f, 0.00011169248f, 0.000119559205f,
            1.5300926e-05f, -5.526251e-06f, -1.2756135e-06f, -7.3085815e-08f, -7.5912787e-10f, -7.5912787e-10f, -7.5912787e-10f, -7.5912787e-10f);

        public static Vector512<float> C7 => Vector512.Create(
            -0.00019940975f, 0.41233283f, -0.54465747f, -0.007902922f, -0.005235613f, 0.000121126635f, -1.9711271e-05f, -1.7358516e-05f,
            -7.642085e-06f, 2.3833967e-07f, 1.6247508e-07f, 1.0173033e-08f, 9.9025774e-11f, 9.9025774e-11f, 9.9025774e-11f, 9.9025774e-11f);
    }
}
