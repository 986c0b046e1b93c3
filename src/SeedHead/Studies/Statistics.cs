using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>What a paired t test says of differences d₁ … dₙ.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation, by n − 1; 0 for n = 1.</param>
/// <param name="T">Mean / (Deviation / √n); infinite where all differences are equal and not 0, NaN where all are 0 or n = 1.</param>
/// <param name="P">Two-sided: the chance of a |t| at least this large with n − 1 degrees of freedom if the true mean is 0; 1 where t is NaN.</param>
/// <param name="Count">n.</param>
internal readonly record struct PairedTest(double Mean, double Deviation, double T, double P, int Count);

/// <summary>A straight line y = Intercept + Slope·x by least squares.</summary>
/// <param name="Slope">Slope.</param>
/// <param name="Intercept">Value at 0.</param>
/// <param name="R2">Share of the variance of y that it explains.</param>
internal readonly record struct LineFit(double Slope, double Intercept, double R2);

/// <summary>The few statistics that studies decide by.</summary>
internal static class Statistics
{
    // Γ(z + 1) = √(2π)·(z + g + ½)^(z + ½)·e^−(z + g + ½)·(c₀ + Σ cₖ/(z + k)) with g = 7.
    // Source: Lanczos, SIAM J. Numer. Anal. B 1 (1964), 86-96; coefficients of P. Godfrey (2001). Relative error below 1e-13.
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Σx/n.</summary>
    public static double Mean(IReadOnlyList<double> values) => values.Sum() / values.Count;

    /// <summary>√(Σ(x − mean)²/(n − 1)); 0 for one value.</summary>
    public static double Deviation(IReadOnlyList<double> values)
    {
        double mean = Mean(values);
        return values.Count < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>Student's paired t test of the differences first − second.</summary>
    /// <exception cref="ArgumentException">Not as many values on either side, or none.</exception>
    public static PairedTest Paired(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count != second.Count || first.Count == 0)
        {
            throw new ArgumentException($"{first.Count} values cannot be paired with {second.Count}.");
        }

        double[] differences = [.. first.Zip(second, (a, b) => a - b)];
        double mean = Mean(differences), deviation = Deviation(differences);
        double t = differences.Length < 2 ? double.NaN : mean / (deviation / Math.Sqrt(differences.Length));
        return new(mean, deviation, t, TwoSided(t, differences.Length - 1), differences.Length);
    }

    /// <summary>The chance of a |t| at least this large: I_x(ν/2, ½) with x = ν/(ν + t²); 1 for NaN.</summary>
    public static double TwoSided(double t, double degrees) =>
        double.IsNaN(t) ? 1 : double.IsInfinity(t) ? 0 : IncompleteBeta(degrees / 2, 0.5, degrees / (degrees + (t * t)));

    /// <summary>The regularised incomplete beta function I_x(a, b).</summary>
    /// <remarks>Continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions, by Lentz's method; I_x(a, b) = 1 − I_(1−x)(b, a) where that
    /// converges faster. Relative error below 1e-12 for the arguments of t tests.</remarks>
    public static double IncompleteBeta(double a, double b, double x)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        if (x > (a + 1) / (a + b + 2))
        {
            return 1 - IncompleteBeta(b, a, 1 - x);
        }

        double front = Elementary.Exp((a * Elementary.Log(x)) + (b * Elementary.Log1p(-x)) - LogGamma(a) - LogGamma(b) + LogGamma(a + b)) / a;
        double d = 1 / (1 - ((a + b) * x / (a + 1))), c = 1, fraction = d;
        for (int m = 1; m <= 1000; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / (1 + (even * d));
            c = 1 + (even / c);
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / (1 + (odd * d));
            c = 1 + (odd / c);
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-15)
            {
                break;
            }
        }

        return front * fraction;
    }

    /// <summary>ln Γ(x) for x ≥ ½.</summary>
    public static double LogGamma(double x)
    {
        double z = x - 1, sum = Lanczos[0];
        for (int k = 1; k < Lanczos.Length; k++)
        {
            sum += Lanczos[k] / (z + k);
        }

        double shifted = z + 7.5;
        return (0.5 * Elementary.Log(2 * Math.PI)) + ((z + 0.5) * Elementary.Log(shifted)) - shifted + Elementary.Log(sum);
    }

    /// <summary>The line through points by least squares; NaN where all x are equal.</summary>
    public static LineFit Line(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double meanX = Mean(x), meanY = Mean(y), xx = 0, xy = 0, yy = 0;
        for (int i = 0; i < x.Count; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }

        double slope = xy / xx;
        return new(slope, meanY - (slope * meanX), xy * xy / (xx * yy));
    }
}
