using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Means over x ~ N(m, s²) of x for x ≥ 0, else α·(e^x − 1), and of its derivative, in closed form.</summary>
/// <remarks>With Φ and its density ϕ: m·Φ(m/s) + s·ϕ(m/s) + α·(e^(m + s²/2)·Φ(−(m + s²)/s) − Φ(−m/s)), and Φ(m/s) + α·e^(m + s²/2)·Φ(−(m + s²)/s).</remarks>
internal static class SmoothedElu
{
    private const double OverRootTwoPi = 0.3989422804014327;
    private const double Overflowing = 700; // e^x beyond is near the end of doubles

    public static double Value(double alpha, double m, double s)
    {
        if (s == 0)
        {
            return m >= 0 ? m : alpha * Elementary.Expm1(m);
        }

        double t = m / s;
        return (m * Elementary.NormalCdf(t)) + (s * OverRootTwoPi * Elementary.Exp(-t * t / 2)) + (alpha * (BelowZero(m, s) - Elementary.NormalCdf(-t)));
    }

    public static double Derivative(double alpha, double m, double s) => s == 0
        ? m >= 0 ? 1 : alpha * Elementary.Exp(m)
        : Elementary.NormalCdf(m / s) + (alpha * BelowZero(m, s));

    /// <summary>E[e^x; x &lt; 0].</summary>
    private static double BelowZero(double m, double s)
    {
        double tail = (m / s) + s;
        if (m + (s * s / 2) > Overflowing)
        {
            return OverRootTwoPi * Elementary.Exp(-(m / s) * (m / s) / 2) * MillsRatio(tail);
        }

        double share = Elementary.NormalCdf(-tail);
        return share == 0 ? 0 : Elementary.Exp(m + (s * s / 2)) * share;
    }

    /// <summary>Φ(−x)/ϕ(x) by its asymptotic series; relative error 10⁻¹⁵ for x ≥ 37, where alone it is used.</summary>
    private static double MillsRatio(double x)
    {
        double u = 1 / (x * x);
        return (1 - (u * (1 - (3 * u * (1 - (5 * u * (1 - (7 * u * (1 - (9 * u)))))))))) / x;
    }
}
