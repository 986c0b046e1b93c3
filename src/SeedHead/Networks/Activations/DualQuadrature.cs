namespace SeedHead.Networks;

/// <summary>Duals of a function without a closed form: by its Hermite series where that has converged, else by conditional quadrature.</summary>
/// <remarks>
/// <para>With ρ = c/√(ab) and hₙ(a) = E[φ(√a·z)·heₙ(z)]/√n!, E[φ(u)φ(v)] = Σ hₙ(a)·hₙ(b)·ρⁿ (Mehler). Terms from N on add at most
/// |ρ|ᴺ·√(r(a)·r(b)), r(a) = E[φ(√a·z)²] − Σ hₙ(a)² over n &lt; N, by Cauchy and Schwarz. Where this bound is above 10⁻¹³ of √(E[φ(u)²]·E[φ(v)²]), the value is
/// E[φ(u)·E[φ(v) | u]], u being the one with the larger variance.</para>
/// <para>Error: about 10⁻¹² of √(E[φ(u)²]·E[φ(v)²]) for variances from 0 to 10⁴; docs/math/kernels.md.</para>
/// </remarks>
internal static class DualQuadrature
{
    private const double Allowed = 1e-13;
    private const int MostKept = 2048; // variances whose series a thread remembers

    [ThreadStatic]
    private static string? keptOf;

    [ThreadStatic]
    private static Dictionary<double, (HermiteSeries Value, HermiteSeries Derivative)>? kept;

    /// <summary>E[φ(u)·φ(v)] and E[φ′(u)·φ′(v)].</summary>
    public static (double Dual, double OfGradient) OfPair(IQuadratureDual f, double a, double b, double c)
    {
        (HermiteSeries value, HermiteSeries derivative) = SeriesOf(f, a);
        (HermiteSeries otherValue, HermiteSeries otherDerivative) = SeriesOf(f, b);
        double s = Math.Sqrt(a * b);
        double rho = s == 0 ? 0 : Math.Clamp(c / s, -1, 1);
        return (
            value.Sum(otherValue, rho, Allowed) ?? Conditional(f.Precise, f.Smoothed, a, b, c),
            derivative.Sum(otherDerivative, rho, Allowed) ?? Conditional(f.PreciseDerivative, f.SmoothedDerivative, a, b, c));
    }

    private static (HermiteSeries Value, HermiteSeries Derivative) SeriesOf(IQuadratureDual f, double variance)
    {
        kept ??= [];
        if (keptOf != f.Text)
        {
            kept.Clear();
            keptOf = f.Text;
        }

        if (!kept.TryGetValue(variance, out (HermiteSeries, HermiteSeries) found))
        {
            if (kept.Count == MostKept)
            {
                kept.Clear();
            }

            found = (HermiteSeries.Of(f.Precise, variance), HermiteSeries.Of(f.PreciseDerivative, variance));
            kept[variance] = found;
        }

        return found;
    }

    private static double Conditional(Func<double, double> outer, Func<double, double, double> inner, double a, double b, double c)
    {
        if (a < b)
        {
            (a, b) = (b, a);
        }

        double root = Math.Sqrt(a), s = Math.Sqrt(a * b), slope = c / root;
        double deviation = Math.Sqrt(Math.Max((s - c) * (s + c), 0) / a), sum = 0;
        ReadOnlySpan<double> nodes = NormalNodes.Nodes, weights = NormalNodes.Weights;
        for (int i = 0; i < nodes.Length; i++)
        {
            double share = weights[i] * HermiteSeries.Density(nodes[i]);
            if (share > 1e-20)
            {
                sum = Math.FusedMultiplyAdd(share * outer(root * nodes[i]), inner(slope * nodes[i], deviation), sum);
            }
        }

        return sum;
    }
}
