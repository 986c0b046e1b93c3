namespace SeedHead.Compute;

/// <summary>Eigenvalues of the kernel κ(⟨w, w′⟩) = E_x[g(⟨w, x⟩)·g(⟨w′, x⟩)] on the unit sphere of w, and what they imply for fixed features.</summary>
/// <remarks>
/// For any N features chosen without w, the mean over w of the least error is at least Σ over j &gt; N of λ_j: tr(P·K) is at most the sum of the N largest
/// eigenvalues. So some w has at least this error, and features of a rotation-invariant law have it in the mean for every w.
/// </remarks>
public static class ZonalKernel
{
    private const int MostDegrees = 1_000_000;
    private const double LogTwo = 0.6931471805599453;
    private const double HalfLogOfPi = 0.5723649429247001;
    private const double LogTen = 2.302585092994046;

    /// <summary>ln M(d, l): spherical harmonics of degree l in d dimensions, M = (2l + d − 2)/l·C(l + d − 3, l − 1), M(d, 0) = 1. Error ≤ 8ε·(l + d)·ln(l + d).</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="degree">l ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">d &lt; 2 or l &lt; 0.</exception>
    public static double LogMultiplicity(int dimension, int degree)
    {
        Require(dimension, degree);
        double d = dimension, l = degree;
        return degree == 0 ? 0 : degree == 1 ? Elementary.Log(d)
            : Elementary.Log(((2 * l) + d - 2) / l) + LogGamma.Of(l + d - 2) - LogGamma.Of(l) - LogGamma.Of(d - 1);
    }

    /// <summary>ln λ_l of the unbiased ReLU; −∞ for odd l ≥ 3.</summary>
    /// <remarks>
    /// <para>λ_l = d·μ_l², μ₀ = Γ(d/2)/(2√π·Γ((d + 1)/2)), μ₁ = 1/2d, and for even l ≥ 2 |μ_l| = Γ(d/2)·Γ(l − 1)/(√π·2^l·Γ(l/2)·Γ((l + d + 1)/2)).</para>
    /// <para>Check: Σ M·λ = E g² = ½. Error ≤ 16ε·(l + d)·ln(l + d). Source: Bach, "Breaking the curse of dimensionality with convex neural networks",
    /// JMLR 18 (2017), app. D.2, with the Gaussian radius E r² = d.</para>
    /// </remarks>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="degree">l ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">d &lt; 2 or l &lt; 0.</exception>
    public static double LogEigenvalue(int dimension, int degree)
    {
        Require(dimension, degree);
        double d = dimension, l = degree;
        if (degree % 2 == 1)
        {
            return degree == 1 ? -LogTwo - Elementary.Log(2 * d) : double.NegativeInfinity;
        }

        double mu = degree == 0
            ? LogGamma.Of(d / 2) - LogTwo - HalfLogOfPi - LogGamma.Of((d + 1) / 2)
            : LogGamma.Of(d / 2) + LogGamma.Of(l - 1) - HalfLogOfPi - (l * LogTwo) - LogGamma.Of(l / 2) - LogGamma.Of((l + d + 1) / 2);
        return Elementary.Log(d) + (2 * mu);
    }

    /// <summary>ln λ_l of the ReLU with bias β.</summary>
    /// <remarks>
    /// λ_l = Σ over m ≥ 0 of c²_{l+2m}·a(l + 2m, l), a(k, l) = k!·Γ(d/2)/(2^k·((k − l)/2)!·Γ((k + l + d)/2)), c the coefficients of <see cref="HermiteRelu"/>.
    /// The sum runs to k = 40·l² + 20,000 (at most 200,000); its terms fall like k^(−2 − d/2), and the rest is estimated. Relative error ≤ 1e-8 for l ≤ 60.
    /// </remarks>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="degree">l ≥ 0.</param>
    /// <param name="beta">Bias of a neuron with weights of length 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">d &lt; 2 or l &lt; 0.</exception>
    public static double LogEigenvalue(int dimension, int degree, double beta)
    {
        Require(dimension, degree);
        return beta == 0 ? LogEigenvalue(dimension, degree) : LogEigenvalue(dimension, degree, HermiteRelu.Coefficients(beta, Terms(degree)));
    }

    /// <summary>The least share of E g² that the best predictor from any N features leaves, in the mean over targets: Σ over j &gt; N of λ_j, over E g².</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="features">N ≥ 0.</param>
    /// <param name="beta">Bias of the target neuron, its weights of length 1.</param>
    /// <remarks>Error ≤ 1e-15·(largest degree) absolutely without a bias, 1e-9 with one. With one, degrees to 60 are summed; of more features than these
    /// hold (d = 2: 121, d = 3: 3,721) 0 is told, which is a bound too.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">d &lt; 2 or N &lt; 0.</exception>
    public static double Bound(int dimension, double features, double beta = 0)
    {
        Require(dimension, 0);
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        double energy = ReluPair.Energy(beta), rest = energy, left = features;
        foreach ((double eigenvalue, double multiplicity) in Falling(dimension, beta))
        {
            rest -= eigenvalue * Math.Min(left, multiplicity);
            left -= multiplicity;
            if (left <= 0)
            {
                return Math.Max(0, rest) / energy;
            }
        }

        return beta == 0 ? Math.Max(0, rest) / energy : 0; // more features than summed degrees hold: what the others would take is not known
    }

    /// <summary>The same for the targets h_k(⟨w, x⟩), h_k = He_k/√k!: their kernel t^k has the eigenvalues a(k, l), l = k, k − 2, … Error ≤ 1e-13·d·k.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="power">k, from 0 to 1,000.</param>
    /// <param name="features">N ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">d &lt; 2, N &lt; 0, or k is outside its range.</exception>
    public static double PowerBound(int dimension, int power, double features)
    {
        Require(dimension, power);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(power, 1000);
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        double half = dimension / 2.0, rest = 1, left = features;
        IEnumerable<(double Eigenvalue, double Multiplicity)> pairs = Enumerable.Range(0, (power / 2) + 1).Select(m =>
        {
            double l = power - (2 * m);
            double log = LogGamma.Of(power + 1.0) + LogGamma.Of(half) - (power * LogTwo) - LogGamma.Of(m + 1.0) - LogGamma.Of(((power + l) / 2) + half);
            return (Elementary.Exp(log), Elementary.Exp(LogMultiplicity(dimension, (int)l)));
        });
        foreach ((double eigenvalue, double multiplicity) in pairs.OrderByDescending(pair => pair.Eigenvalue))
        {
            rest -= eigenvalue * Math.Clamp(left, 0, multiplicity);
            left -= multiplicity;
        }

        return rest > 1e-12 ? rest : 0; // what is left of 1 by rounding
    }

    /// <summary>The same for targets Σ a_k·h_k(⟨w, x⟩): eigenvalues Σ over k of a_k²·a(k, l). Error ≤ 1e-13·d·(largest k)·E g².</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="energies">a_0², a_1², …</param>
    /// <param name="features">N ≥ 0.</param>
    internal static double SeriesBound(int dimension, IReadOnlyList<double> energies, double features)
    {
        Require(dimension, 0);
        double half = dimension / 2.0, rest = energies.Sum(), energy = rest, left = features;
        var pairs = Enumerable.Range(0, energies.Count).Select(l =>
        {
            double sum = 0;
            for (int k = l; k < energies.Count; k += 2)
            {
                double m = (k - l) / 2, log = LogGamma.Of(k + 1.0) + LogGamma.Of(half) - (k * LogTwo) - LogGamma.Of(m + 1) - LogGamma.Of(((k + l) / 2) + half);
                sum += energies[k] * Elementary.Exp(log);
            }

            return (Eigenvalue: sum, Multiplicity: Elementary.Exp(LogMultiplicity(dimension, l)));
        });
        foreach ((double eigenvalue, double multiplicity) in pairs.OrderByDescending(pair => pair.Eigenvalue))
        {
            rest -= eigenvalue * Math.Clamp(left, 0, multiplicity);
            left -= multiplicity;
        }

        return rest > 1e-12 * energy ? rest / energy : 0; // what is left by rounding
    }

    /// <summary>log₁₀ of the number of features below which no features reach a mean squared error: the N, not rounded, with Σ over j &gt; N of λ_j = ε; unbiased ReLU.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="error">ε, the mean squared error for a neuron with weights of length 1 (E g² = ½), &gt; 0.</param>
    /// <remarks>Error ≤ 1e-6 for ε ≥ 1e-9. −∞ when one constant feature is already too much.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">d &lt; 2, or ε ≤ 0.</exception>
    public static double LogTenFeatures(int dimension, double error)
    {
        Require(dimension, 0);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(error);
        double rest = 0.5, count = double.NegativeInfinity; // ln of features used
        for (int l = 0; l < MostDegrees && rest > error; l += l < 2 ? 1 : 2)
        {
            double eigenvalue = LogEigenvalue(dimension, l), multiplicity = LogMultiplicity(dimension, l);
            double share = Elementary.Exp(eigenvalue + multiplicity);
            double used = share > rest - error ? Elementary.Log(rest - error) - eigenvalue : multiplicity;
            double larger = Math.Max(count, used), smaller = Math.Min(count, used);
            count = larger + Elementary.Log1p(Elementary.Exp(smaller - larger));
            rest -= share;
        }

        return count / LogTen;
    }

    /// <summary>ln of the largest eigenvalue, that of degree 1, of the kernel of √2·sin(ω·⟨w, x⟩), ‖w‖ = R, s = (ωR)².</summary>
    /// <remarks>
    /// <para>κ(t) = 2·e^(−s)·sinh(s·t), λ₁ = 2·e^(−s)·Γ(d/2)·(2/s)^(d/2 − 1)·I_{d/2}(s): no fixed function of norm 1 has a larger mean squared correlation with the
    /// sine of a random direction. For the triangle wave of period 4 multiply by 32/π⁴ at ω = π/2. Error ≤ 1e-14·d.</para>
    /// </remarks>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="s">(ωR)², &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">d &lt; 2, or s is not above 0.</exception>
    public static double LogSineEigenvalue(int dimension, double s)
    {
        Require(dimension, 0);
        double half = dimension / 2.0;
        return LogTwo + LogGamma.Of(half) + ((half - 1) * (LogTwo - Elementary.Log(s))) + ScaledBessel.LogI(half, s);
    }

    /// <summary>Eigenvalues with multiplicities, the largest first.</summary>
    private static IEnumerable<(double Eigenvalue, double Multiplicity)> Falling(int dimension, double beta)
    {
        if (beta != 0)
        {
            return Biased(dimension, beta).OrderByDescending(pair => pair.Eigenvalue);
        }

        IEnumerable<int> degrees = Enumerable.Range(0, MostDegrees).Where(l => l < 2 || l % 2 == 0);
        return degrees.Select(l => (Elementary.Exp(LogEigenvalue(dimension, l)), Elementary.Exp(LogMultiplicity(dimension, l))));
    }

    private static IEnumerable<(double Eigenvalue, double Multiplicity)> Biased(int dimension, double beta)
    {
        const int degrees = 60;
        double[] coefficients = HermiteRelu.Coefficients(beta, Terms(degrees));
        return Enumerable.Range(0, degrees + 1).Select(l =>
            (Elementary.Exp(LogEigenvalue(dimension, l, coefficients)), Elementary.Exp(LogMultiplicity(dimension, l))));
    }

    private static int Terms(int degree) => Math.Min(200_000, 20_000 + (40 * degree * degree)) + degree + 2;

    private static double LogEigenvalue(int dimension, int l, double[] c)
    {
        double d = dimension, share = 1, sum = 0, last = 0, before = 0; // share: a(k, l) over a(l, l)
        int k = l;
        for (; k < c.Length; k += 2)
        {
            (before, last) = (last, c[k] * c[k] * share);
            sum += last;
            share *= (k + 1.0) * (k + 2) / ((k - l + 2.0) * (k + l + d));
        }

        sum += (before + last) / 2 * k / (2 * (1 + (d / 2))); // terms two apart that fall like k^(−2 − d/2)
        return LogGamma.Of(l + 1.0) + LogGamma.Of(d / 2) - (l * LogTwo) - LogGamma.Of(l + (d / 2)) + Elementary.Log(sum);
    }

    private static void Require(int dimension, int degree)
    {
        if (dimension is < 2 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "The dimension must be from 2 to 10,000: with one input the sphere has two points.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(degree);
    }
}
