using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

// Element i of every vector belongs to interval i; intervals that are never reached repeat the last.
internal static partial class Elementary
{
    /// <summary>A function on its intervals: centre and coefficients of a polynomial in y − centre.</summary>
    internal interface IIntervals
    {
        /// <summary>Arguments beyond are replaced by this one.</summary>
        static abstract float Last { get; }

        static abstract Vector512<float> Centre { get; }

        static abstract Vector512<float> C0 { get; }

        static abstract Vector512<float> C1 { get; }

        static abstract Vector512<float> C2 { get; }

        static abstract Vector512<float> C3 { get; }

        static abstract Vector512<float> C4 { get; }

        static abstract Vector512<float> C5 { get; }

        static abstract Vector512<float> C6 { get; }

        /// <summary>Whether the polynomials have <see cref="C7"/>; otherwise C6 is their last coefficient.</summary>
        static virtual bool IsOfDegree7 => true;

        static virtual Vector512<float> C7 => Vector512<float>.Zero;
    }

    /// <summary>Intervals whose number is y·(Curve·y + Slope), rounded.</summary>
    internal interface IUnevenIntervals : IIntervals
    {
        static abstract float Slope { get; }

        static abstract float Curve { get; }
    }

    /// <summary>tanh (<c>tools/elementary/intervals.py</c>); relative errors of the polynomials ≤ 0.09·2⁻²⁴.</summary>
    internal readonly struct TanhIntervals : IUnevenIntervals
    {
        public static float Last => 9.2f;

        public static float Slope => 3.1197665f;

        public static float Curve => -0.15598832f;

        public static bool IsOfDegree7 => false;

        public static Vector512<float> Centre => Vector512.Create(
            0f, 0.33231f, 0.66474f, 1.01175f, 1.36989f, 1.75668f, 2.16222f, 2.58619f,
            3.02847f, 3.5082f, 4.00732f, 4.58503f, 5.20251f, 5.93882f, 6.81989f, 8.31769f);

        public static Vector512<float> C0 => Vector512.Create(
            0f, 0.32059488f, 0.58150923f, 0.76648486f, 0.8786671f, 0.94213104f, 0.97386414f, 0.98872185f,
            0.99532783f, 0.9982075f, 0.99933904f, 0.9997918f, 0.99993944f, 0.9999861f, 0.9999976f, 0.9999999f);

        public static Vector512<float> C1 => Vector512.Create(
            1f, 0.89721894f, 0.6618471f, 0.41250098f, 0.22794408f, 0.11238909f, 0.05158864f, 0.022429109f,
            0.009322512f, 0.0035817688f, 0.001321476f, 0.00041635477f, 0.00012111333f, 2.7775566e-05f, 4.7685858e-06f, 2.3868353e-07f);

        public static Vector512<float> C2 => Vector512.Create(
            -1.4170055e-07f, -0.28764367f, -0.38487026f, -0.31617576f, -0.20028706f, -0.10588526f, -0.05024032f, -0.02217617f,
            -0.009278955f, -0.0035753425f, -0.0013206173f, -0.0004162494f, -0.0001211093f, -2.7771079e-05f, -4.7697404e-06f, -2.3891985e-07f);

        public static Vector512<float> C3 => Vector512.Create(
            -0.333321f, -0.20685947f, 0.003166212f, 0.10484126f, 0.10000924f, 0.06229712f, 0.031731326f, 0.014449557f,
            0.0061278665f, 0.002374884f, 0.0008791597f, 0.00027735523f, 8.070971e-05f, 1.850845e-05f, 3.1750817e-06f, 1.568773e-07f);

        public static Vector512<float> C4 => Vector512.Create(
            -0.00035076038f, 0.1621737f, 0.12645099f, 0.025036553f, -0.021099536f, -0.023394998f, -0.014155832f, -0.006893609f,
            -0.0030063519f, -0.0011790515f, -0.0004380413f, -0.00013898031f, -4.029034e-05f, -9.306426e-06f, -1.5797284e-06f, -7.7496665e-08f);

        public static Vector512<float> C5 => Vector512.Create(
            0.13771293f, 0.037110947f, -0.05838789f, -0.044846475f, -0.0100089405f, 0.0036481626f, 0.0043383045f, 0.0025055173f,
            0.0011650507f, 0.00046911172f, 0.00017654583f, 5.6208257e-05f, 1.6442029e-05f, 3.8005956e-06f, 6.64515e-07f, 3.6578616e-08f);

        public static Vector512<float> C6 => Vector512.Create(
            -0.025009045f, -0.07082879f, -0.016502641f, 0.01873418f, 0.010926644f, 0.0019261263f, -0.0006113057f, -0.00067898695f,
            -0.000358452f, -0.00015102945f, -6.09392e-05f, -1.6000775e-05f, -5.734332e-06f, -1.0733478e-06f, -2.3621838e-07f, -1.3099468e-08f);
    }

    /// <summary>1 / (1 + e⁻ʸ); relative errors of the polynomials ≤ 0.07·2⁻²⁴.</summary>
    internal readonly struct SigmoidIntervals : IIntervals
    {
        public static float Last => 17.5f;

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

    /// <summary>erf, below ¼ less y itself, since 2/√π − 1 loses less as a float than 2/√π; errors of the polynomials ≤ 0.29·2⁻²⁴ of erf.</summary>
    internal readonly struct ErfIntervals : IIntervals
    {
        public static float Last => 3.9999998f;

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

    /// <summary>Φ on −5.7 ≤ z ≤ 0 (<c>tools/elementary/intervals.py</c>); relative errors of the polynomials ≤ 0.1·2⁻²⁴.</summary>
    internal readonly struct NormalIntervals : IUnevenIntervals
    {
        public static float Last => -5.7f;

        public static float Slope => -0.4435763f;

        public static float Curve => 0.39921868f;

        public static Vector512<float> Centre => Vector512.Create(
            0f, -1.07627f, -1.72382f, -2.23758f, -2.65791f, -3.0166f, -3.35027f, -3.65925f,
            -3.95175f, -4.21841f, -4.48233f, -4.72016f, -4.95916f, -5.17989f, -5.38804f, -5.60253f);

        public static Vector512<float> C0 => Vector512.Create(
            0.5f, 0.14090326f, 0.042370174f, 0.0126242265f, 0.003931343f, 0.0012781349f, 0.00040366407f, 0.00012647723f,
            3.8790877e-05f, 1.2301556e-05f, 3.6916254e-06f, 1.178296e-06f, 3.5399347e-07f, 1.110083e-07f, 3.5615088e-08f, 1.0562273e-08f);

        public static Vector512<float> C1 => Vector512.Create(
            0.39894235f, 0.22355069f, 0.09029112f, 0.032636605f, 0.011664775f, 0.0042159683f, 0.0014574118f, 0.00049349695f,
            0.00016213152f, 5.454797e-05f, 1.7303895e-05f, 5.792806e-06f, 1.8220073e-06f, 5.950803e-07f, 1.9811337e-07f, 6.095623e-08f);

        public static Vector512<float> C2 => Vector512.Create(
            2.4745523e-06f, 0.12030042f, 0.07782283f, 0.036513507f, 0.015501962f, 0.0063589443f, 0.0024413613f, 0.0009029143f,
            0.00032035162f, 0.000115052855f, 3.8780887e-05f, 1.3671486e-05f, 4.517813e-06f, 1.5412254e-06f, 5.3372145e-07f, 1.7075457e-07f);

        public static Vector512<float> C3 => Vector512.Create(
            -0.06646133f, 0.005900183f, 0.029668817f, 0.021794388f, 0.011790218f, 0.005691464f, 0.0024834983f, 0.0010190794f,
            0.00039496116f, 0.00015268846f, 5.505873e-05f, 2.054502e-05f, 7.1645054e-06f, 2.5619368e-06f, 9.255504e-07f, 3.0872607e-07f);

        public static Vector512<float> C4 => Vector512.Create(
            0.00016056256f, -0.018461177f, -0.00018542266f, 0.0061060847f, 0.005250717f, 0.0032324572f, 0.001673235f, 0.0007817862f,
            0.0003368025f, 0.00014184914f, 5.5233184e-05f, 2.1964997e-05f, 8.129349e-06f, 3.0606814e-06f, 1.1577395e-06f, 4.03941e-07f);

        public static Vector512<float> C5 => Vector512.Create(
            0.010440312f, -0.004858429f, -0.004509271f, -0.00053173135f, 0.00101933f, 0.0010967171f, 0.0007490192f, 0.000419362f,
            0.00020695449f, 9.679834e-05f, 4.127713e-05f, 1.7659939e-05f, 6.9899033e-06f, 2.7878382e-06f, 1.1090523e-06f, 4.0638085e-07f);

        public static Vector512<float> C6 => Vector512.Create(
            0.0007128684f, 0.0015734693f, -0.0012480788f, -0.0010107729f, -0.00025091198f, 0.00011741925f, 0.000193656f, 0.00015125089f,
            9.156639e-05f, 4.9257327e-05f, 2.357599e-05f, 1.1011939e-05f, 4.7175827e-06f, 2.0106427e-06f, 8.467035e-07f, 3.2773937e-07f);

        public static Vector512<float> C7 => Vector512.Create(
            -0.0007058964f, 0.0008040325f, 0.00018756249f, -0.00030792214f, -0.00017053435f, -8.307268e-05f, -3.7711463e-06f, 2.7280135e-05f,
            2.687244e-05f, 1.7310487e-05f, 9.472395e-06f, 5.083759e-06f, 2.445673e-06f, 1.097827e-06f, 5.028728e-07f, 2.1045587e-07f);
    }

    /// <summary>R of Φ(−y) = e^(−y²/2)·R(y) for y ≥ 4; relative errors of the polynomials ≤ 0.4·2⁻²⁴. Intervals below 4 are not reached and repeat the first that is.</summary>
    internal readonly struct NormalTailIntervals : IIntervals
    {
        public static float Last => 14.5f;

        public static Vector512<float> Centre => Vector512.Create(
            4.982f, 4.982f, 4.982f, 4.982f, 4.982f, 4.982f, 4.982f, 4.982f,
            4.982f, 4.982f, 7.0205f, 10.027f, 13.32665f, 13.32665f, 13.32665f, 13.32665f);

        public static Vector512<float> C0 => Vector512.Create(
            0.077178374f, 0.077178374f, 0.077178374f, 0.077178374f, 0.077178374f, 0.077178374f, 0.077178374f, 0.077178374f,
            0.077178374f, 0.077178374f, 0.055736315f, 0.039402332f, 0.02976989f, 0.02976989f, 0.02976989f, 0.02976989f);

        public static Vector512<float> C1 => Vector512.Create(
            -0.014439632f, -0.014439632f, -0.014439632f, -0.014439632f, -0.014439632f, -0.014439632f, -0.014439632f, -0.014439632f,
            -0.014439632f, -0.014439632f, -0.0076454743f, -0.003855079f, -0.0022093856f, -0.0022093856f, -0.0022093856f, -0.0022093856f);

        public static Vector512<float> C2 => Vector512.Create(
            0.0026200796f, 0.0026200796f, 0.0026200796f, 0.0026200796f, 0.0026200796f, 0.0026200796f, 0.0026200796f, 0.0026200796f,
            0.0026200796f, 0.0026200796f, 0.001030632f, 0.00037373073f, 0.00016309126f, 0.00016309126f, 0.00016309126f, 0.00016309126f);

        public static Vector512<float> C3 => Vector512.Create(
            -0.0004621465f, -0.0004621465f, -0.0004621465f, -0.0004621465f, -0.0004621465f, -0.0004621465f, -0.0004621465f, -0.0004621465f,
            -0.0004621465f, -0.0004621465f, -0.00013664328f, -3.590835e-05f, -1.197528e-05f, -1.197528e-05f, -1.197528e-05f, -1.197528e-05f);

        public static Vector512<float> C4 => Vector512.Create(
            7.933278e-05f, 7.933278e-05f, 7.933278e-05f, 7.933278e-05f, 7.933278e-05f, 7.933278e-05f, 7.933278e-05f, 7.933278e-05f,
            7.933278e-05f, 7.933278e-05f, 1.7825205e-05f, 3.4143306e-06f, 8.746298e-07f, 8.746298e-07f, 8.746298e-07f, 8.746298e-07f);

        public static Vector512<float> C5 => Vector512.Create(
            -1.3319998e-05f, -1.3319998e-05f, -1.3319998e-05f, -1.3319998e-05f, -1.3319998e-05f, -1.3319998e-05f, -1.3319998e-05f, -1.3319998e-05f,
            -1.3319998e-05f, -1.3319998e-05f, -2.2912855e-06f, -3.222617e-07f, -6.3690955e-08f, -6.3690955e-08f, -6.3690955e-08f, -6.3690955e-08f);

        public static Vector512<float> C6 => Vector512.Create(
            2.2955487e-06f, 2.2955487e-06f, 2.2955487e-06f, 2.2955487e-06f, 2.2955487e-06f, 2.2955487e-06f, 2.2955487e-06f, 2.2955487e-06f,
            2.2955487e-06f, 2.2955487e-06f, 2.9975118e-07f, 3.2484174e-08f, 4.693151e-09f, 4.693151e-09f, 4.693151e-09f, 4.693151e-09f);

        public static Vector512<float> C7 => Vector512.Create(
            -3.5553367e-07f, -3.5553367e-07f, -3.5553367e-07f, -3.5553367e-07f, -3.5553367e-07f, -3.5553367e-07f, -3.5553367e-07f, -3.5553367e-07f,
            -3.5553367e-07f, -3.5553367e-07f, -3.7461003e-08f, -3.050563e-09f, -3.007244e-10f, -3.007244e-10f, -3.007244e-10f, -3.007244e-10f);
    }
}
