namespace SeedHead.Compute;

// Near 0 erf is a polynomial; elsewhere everything follows from R(y) = Φ(−y)·e^(y²/2), y ≥ 0, which is smooth, bounded and falls like 1/y.
internal static partial class Elementary
{
    private const double RootTwo = 1.4142135623730951;
    private const double RootTwoLow = -9.667293313452913e-17;
    private const double HalfRoot = 0.70710678118654757; // √½
    private const double NormalDensityAtZero = 0.3989422804014327;

    /// <summary>Coefficients of (1 + 1.25·y)·R(y) in t = (y − 6) / (y + 6), highest power first, for 0 ≤ y ≤ 39; relative error 0.2·2⁻⁵³.</summary>
    private static ReadOnlySpan<double> NormalTail =>
    [
        1.891080984721587e-09, 3.2796573955847562e-09, -2.0248755525801356e-08, -2.3032343806086697e-08, 1.7188978443007102e-07,
        -1.7078966973714e-08, -1.2785149679714944e-06, 2.4095962367208645e-06, 5.3967712741594145e-06, -3.431345168050456e-05,
        5.237075006833855e-05, 0.00014626859616026107, -0.001131336502283145, 0.003922932423781613, -0.009679256290639865,
        0.018770189176536316, -0.02945501876825348, 0.037004218784792375, -0.03438268482400287, 0.015009776475309659,
        0.02330640734042112, -0.07548251951795867, 0.5506241717577982,
    ];

    /// <summary>Coefficients of erf(x)/x − 2/√π in x², highest power first, for |x| ≤ ¾.</summary>
    private static ReadOnlySpan<double> ErfNearZero =>
    [
        1.1473060046956916e-08, -1.5941186289568769e-07, 1.6430946422248337e-06, -1.4924223267777357e-05, 0.00012055291086669914,
        -0.0008548326239129653, 0.005223977616410884, -0.026866170644539264, 0.1128379167095323, -0.3761263890318373, 1.5193759185446022e-17,
    ];

    /// <summary>erf x = 2/√π·∫₀ˣ e^(−t²) dt. Error ≤ 1 ulp, the ulp of the small result near x = 0.</summary>
    public static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (size < 0.75)
        {
            return size < 1e-290 ? x * 1.1283791670955126 : Fma(x, 1.1283791670955126, x * Polynomial(ErfNearZero, x * x));
        }

        double y = size > 6 ? 1 : 1 - ErfcAbove(size);
        return x > 0 ? y : x < 0 ? -y : x;
    }

    /// <summary>1 − erf x. Error ≤ 2 ulp, the ulp of the small result for large x; 0 above 27.23.</summary>
    public static double Erfc(double x) =>
        double.IsNaN(x) ? x
        : Math.Abs(x) < 0.75 ? 1 - Erf(x)
        : x > 0 ? ErfcAbove(x)
        : x < -6 ? 2 : 2 - ErfcAbove(-x);

    /// <summary>Φ(x) = P(Z ≤ x) for a standard normal Z. Error ≤ 2 ulp, the ulp of the small result for x → −∞; 0 below −38.49.</summary>
    public static double NormalCdf(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        double y = Math.Min(Math.Abs(x), 39);
        if (y < 0.5)
        {
            return Fma(0.5, Erf(x * HalfRoot), 0.5);
        }

        double square = y * y;
        double tail = ExpTimes(-0.5 * square, -0.5 * Fma(y, y, -square), NormalTailOf(y));
        return x < 0 ? tail : 1 - tail;
    }

    /// <summary>The z with Φ(z) = p: −∞ at 0, ∞ at 1, NaN outside. Error ≤ 4 ulp.</summary>
    /// <remarks>Source: Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37 (1988), PPND16.</remarks>
    public static double NormalQuantile(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double s = Fma(-q, q, 0.180625);
            return q * Polynomial(CentralTop, s) / Polynomial(CentralBottom, s);
        }

        if (!(p > 0) || !(p < 1))
        {
            return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
        }

        double r = Math.Sqrt(-Log(q < 0 ? p : 1 - p));
        double z = r <= 5
            ? Polynomial(MiddleTop, r - 1.6) / Polynomial(MiddleBottom, r - 1.6)
            : Polynomial(FarTop, r - 5) / Polynomial(FarBottom, r - 5);
        return q < 0 ? -z : z;
    }

    /// <summary>erfc x for x ≥ ¾: 2·e^(−x²)·R(√2·x), R moved by its slope y·R − 1/√2π to undo the rounding of √2·x.</summary>
    private static double ErfcAbove(double x)
    {
        x = Math.Min(x, 27.5);
        double square = x * x;
        double y = RootTwo * x;
        double lost = Fma(RootTwo, x, -y) + RootTwoLow * x;
        double r = NormalTailOf(y);
        r = Fma(lost, Fma(y, r, -NormalDensityAtZero), r);
        return ExpTimes(-square, Fma(-x, x, square), r + r);
    }

    private static double NormalTailOf(double y) => Polynomial(NormalTail, (y - 6) / (y + 6)) / Fma(1.25, y, 1);

    /// <summary>Horner's rule, highest power first.</summary>
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = coefficients[0];
        for (int i = 1; i < coefficients.Length; i++)
        {
            sum = Fma(sum, x, coefficients[i]);
        }

        return sum;
    }

    private static ReadOnlySpan<double> CentralTop =>
    [
        2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
        1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0,
    ];

    private static ReadOnlySpan<double> CentralBottom =>
    [
        5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
        5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1,
    ];

    private static ReadOnlySpan<double> MiddleTop =>
    [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
        3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0,
    ];

    private static ReadOnlySpan<double> MiddleBottom =>
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1,
    ];

    private static ReadOnlySpan<double> FarTop =>
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0,
    ];

    private static ReadOnlySpan<double> FarBottom =>
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1,
    ];
}
