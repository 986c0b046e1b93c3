namespace SeedHead.Compute;

/// <summary>Expectations of products of two ReLU neurons over standard normal inputs, and their derivatives.</summary>
/// <remarks>
/// <para>X = ⟨w, x⟩ + b and Y = ⟨v, x⟩ + c for x ~ N(0, I_d); s = ‖w‖, t = ‖v‖, h = b/s, k = c/t, ρ the cosine between w and v, q = √(1 − ρ²).</para>
/// <para>For h = k = 0 the arc-cosine kernel of order 1: Cho &amp; Saul, "Kernel Methods for Deep Learning", NIPS 2009; with biases by Stein's identity.</para>
/// </remarks>
public static class ReluPair
{
    private const double DensityAtZero = 0.3989422804014327;

    /// <summary>φ(z) = e^(−z²/2)/√2π.</summary>
    internal static double Density(double z) => DensityAtZero * Elementary.Exp(-0.5 * z * z);

    /// <summary>E[(Z + h)₊] = h·Φ(h) + φ(h) for a standard normal Z. Error ≤ 4ε·(1 + |h|), ε = 2⁻⁵².</summary>
    /// <param name="h">Bias.</param>
    public static double Mean(double h) => (h * Elementary.NormalCdf(h)) + Density(h);

    /// <summary>E[(Z + h)₊²] = (1 + h²)·Φ(h) + h·φ(h) for a standard normal Z. Error ≤ 4ε·(1 + h²).</summary>
    /// <param name="h">Bias.</param>
    public static double Energy(double h) => ((1 + (h * h)) * Elementary.NormalCdf(h)) + (h * Density(h));

    /// <summary>G(h, k, ρ) = E[(Z + h)₊·(Z′ + k)₊] for standard normal Z, Z′ with correlation ρ.</summary>
    /// <remarks>
    /// <para>G = (hk + ρ)·Φ₂(h, k; ρ) + h·φ(k)·Φ((h − ρk)/q) + k·φ(h)·Φ((k − ρh)/q) + q/2π·exp(−(h² − 2ρhk + k²)/2q²).</para>
    /// <para>ρ = 1: (1 + hk)·Φ(m) + (h + k − m)·φ(m), m = min(h, k). ρ = −1: the integral over −h &lt; z &lt; k.</para>
    /// <para>Error: ≤ 2e-14·(1 + |hk|).</para>
    /// </remarks>
    /// <param name="h">Bias of the first neuron.</param>
    /// <param name="k">Bias of the second.</param>
    /// <param name="rho">Correlation, from −1 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">ρ is not in [−1, 1].</exception>
    public static double Expectation(double h, double k, double rho)
    {
        BivariateNormal.RequireCorrelation(rho);
        double q = Angle.Sine(rho);
        if (h == 0 && k == 0)
        {
            return (q + ((Math.PI - Angle.Of(rho, q)) * rho)) / (2 * Math.PI);
        }

        if (q == 0)
        {
            return rho > 0 ? AtOne(h, k) : AtMinusOne(h, k);
        }

        double far = ((h * h) - (2 * rho * h * k) + (k * k)) / (2 * q * q);
        double value = (((h * k) + rho) * BivariateNormal.Cdf(h, k, rho))
            + (h * Density(k) * Elementary.NormalCdf((h - (rho * k)) / q))
            + (k * Density(h) * Elementary.NormalCdf((k - (rho * h)) / q))
            + (q / (2 * Math.PI) * Elementary.Exp(-far));
        return Math.Max(0, value);
    }

    /// <summary>∂G/∂h = E[1{Z + h &gt; 0}·(Z′ + k)₊] = k·Φ₂(h, k; ρ) + φ(k)·Φ((h − ρk)/q) + ρ·φ(h)·Φ((k − ρh)/q). Error ≤ 2e-14·(1 + |k|).</summary>
    /// <param name="h">Bias of the first neuron, by which is differentiated.</param>
    /// <param name="k">Bias of the second.</param>
    /// <param name="rho">Correlation, from −1 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">ρ is not in [−1, 1].</exception>
    public static double BiasDerivative(double h, double k, double rho)
    {
        BivariateNormal.RequireCorrelation(rho);
        double q = Angle.Sine(rho);
        return (k * BivariateNormal.Cdf(h, k, rho)) + (Density(k) * Below(h - (rho * k), q)) + (rho * Density(h) * Below(k - (rho * h), q));
    }

    /// <summary>E[(⟨w, x⟩ + b)₊·(⟨v, x⟩ + c)₊] = s·t·G(b/s, c/t, ρ).</summary>
    /// <param name="w">[d] weights of the first neuron; 0 makes it a constant.</param>
    /// <param name="b">Its bias.</param>
    /// <param name="v">[d] weights of the second.</param>
    /// <param name="c">Its bias.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static double Expectation(ReadOnlySpan<double> w, double b, ReadOnlySpan<double> v, double c)
    {
        (double s, double t, double rho) = Lengths(w, v);
        if (s == 0 || t == 0)
        {
            double first = s == 0 ? Math.Max(b, 0) : s * Mean(b / s), second = t == 0 ? Math.Max(c, 0) : t * Mean(c / t);
            return first * second;
        }

        return s * t * Expectation(b / s, c / t, rho);
    }

    /// <summary>The gradient of E[(⟨w, x⟩ + b)₊·(⟨v, x⟩ + c)₊] to w and b.</summary>
    /// <remarks>
    /// To w: v·Φ₂(h, k; ρ) + w/s·φ(h)·(m·Φ(m/τ) + τ·φ(m/τ)), m = c − ρ·t·h, τ = t·q. To b: t·∂G/∂h. Error ≤ 2e-14 times the sizes of v and c.
    /// </remarks>
    /// <param name="w">[d] weights of the first neuron, not 0.</param>
    /// <param name="b">Its bias.</param>
    /// <param name="v">[d] weights of the second, not 0.</param>
    /// <param name="c">Its bias.</param>
    /// <param name="gradient">[d] receives the gradient to w.</param>
    /// <returns>The derivative to b.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or w or v is 0.</exception>
    public static double Gradient(ReadOnlySpan<double> w, double b, ReadOnlySpan<double> v, double c, Span<double> gradient)
    {
        (double s, double t, double rho) = Lengths(w, v);
        if (s == 0 || t == 0 || gradient.Length != w.Length)
        {
            throw new ArgumentException($"Lengths of w and v are {s} and {t}; both must be above 0, and the gradient [{gradient.Length}] must have {w.Length} numbers.");
        }

        double h = b / s, k = c / t, tau = t * Angle.Sine(rho), m = c - (rho * t * h);
        double both = BivariateNormal.Cdf(h, k, rho), rest = tau == 0 ? Math.Max(m, 0) : tau * Mean(m / tau);
        for (int i = 0; i < w.Length; i++)
        {
            gradient[i] = (v[i] * both) + (w[i] / s * Density(h) * rest);
        }

        return t * BiasDerivative(h, k, rho);
    }

    private static double Below(double distance, double q) => q > 0 ? Elementary.NormalCdf(distance / q) : distance > 0 ? 1 : distance < 0 ? 0 : 0.5;

    private static double AtOne(double h, double k)
    {
        double m = Math.Min(h, k);
        return ((1 + (h * k)) * Elementary.NormalCdf(m)) + (Math.Max(h, k) * Density(m));
    }

    private static double AtMinusOne(double h, double k)
    {
        if (h + k <= 0)
        {
            return 0;
        }

        double inside = Elementary.NormalCdf(k) - Elementary.NormalCdf(-h);
        return (((h * k) - 1) * inside) + (k * Density(h)) + (h * Density(k));
    }

    private static (double S, double T, double Rho) Lengths(ReadOnlySpan<double> w, ReadOnlySpan<double> v)
    {
        if (w.Length != v.Length)
        {
            throw new ArgumentException($"w has {w.Length} numbers and v has {v.Length}. Give neurons of the same inputs.");
        }

        double ww = 0, vv = 0, wv = 0;
        for (int i = 0; i < w.Length; i++)
        {
            ww = Math.FusedMultiplyAdd(w[i], w[i], ww);
            vv = Math.FusedMultiplyAdd(v[i], v[i], vv);
            wv = Math.FusedMultiplyAdd(w[i], v[i], wv);
        }

        double s = Math.Sqrt(ww), t = Math.Sqrt(vv);
        return (s, t, s == 0 || t == 0 ? 0 : Math.Clamp(wv / (s * t), -1, 1));
    }
}
