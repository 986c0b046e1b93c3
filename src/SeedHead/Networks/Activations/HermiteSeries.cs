using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>hₙ = E[f(√v·z)·heₙ(z)]/√n! for n from 0 on, z standard normal, and what they leave of E[f²].</summary>
internal sealed class HermiteSeries
{
    public const int Terms = 256;
    private const int MostTerms = 1024; // the nodes resolve Hermite polynomials up to there

    private static readonly double[] Roots = [.. Enumerable.Range(0, MostTerms + 1).Select(n => Math.Sqrt(n))];

    private readonly double variance;
    private readonly double[] terms;
    private double square;
    private double rest;

    private HermiteSeries(double variance, int count)
    {
        this.variance = variance;
        terms = new double[count];
    }

    /// <summary>E[f²].</summary>
    public double Square => square;

    /// <summary>What the terms leave of E[f²].</summary>
    public double Rest => rest;

    public ReadOnlySpan<double> Values => terms;

    /// <summary>The series of f for one variance.</summary>
    public static HermiteSeries Of(Func<double, double> f, double variance) => Of(f, [variance], Terms)[0];

    /// <summary>The series of f for several variances, at most 1,024 terms each.</summary>
    public static HermiteSeries[] Of(Func<double, double> f, ReadOnlySpan<double> variances, int count)
    {
        var all = new HermiteSeries[variances.Length];
        for (int v = 0; v < all.Length; v++)
        {
            all[v] = new(variances[v], count);
        }

        var polynomials = new double[count];
        ReadOnlySpan<double> nodes = NormalNodes.Nodes, weights = NormalNodes.Weights;
        for (int i = 0; i < nodes.Length; i++)
        {
            double z = nodes[i], half = Elementary.Exp(-z * z / 4);
            FillPolynomials(polynomials, z, half);
            foreach (HermiteSeries series in all)
            {
                double value = f(Math.Sqrt(series.variance) * z);
                series.square = Math.FusedMultiplyAdd(weights[i] * Density(z) * value, value, series.square);
                Elementwise.AddTimes(series.terms, weights[i] * value * half * Density(0), polynomials);
            }
        }

        foreach (HermiteSeries series in all)
        {
            series.rest = Math.Max(series.terms.Aggregate(series.square, (left, term) => left - (term * term)), 0);
        }

        return all;
    }

    /// <summary>E[f(u)·f(v)] for the correlation ρ; null if what is left out may be more than <paramref name="allowed"/> of √(E[f(u)²]·E[f(v)²]).</summary>
    public double? Sum(HermiteSeries other, double rho, double allowed)
    {
        if (rho == 1 && variance == other.variance)
        {
            return square;
        }

        double sum = 0, power = 1;
        for (int n = 0; n < terms.Length && Math.Abs(power) > 1e-18; n++, power *= rho)
        {
            sum = Math.FusedMultiplyAdd(terms[n] * other.terms[n], power, sum);
        }

        return Math.Abs(power) * Math.Sqrt(rest * other.rest) <= allowed * Math.Sqrt(square * other.square) ? sum : null;
    }

    /// <summary>e^(−z²/2)/√2π.</summary>
    public static double Density(double z) => 0.3989422804014327 * Elementary.Exp(-z * z / 2);

    /// <summary>heₙ(z)·e^(−z²/4)/√n! for every n: heₙ₊₁ = z·heₙ − n·heₙ₋₁, over √n!.</summary>
    private static void FillPolynomials(Span<double> values, double z, double half)
    {
        (double before, double value) = (0, half);
        for (int n = 0; n < values.Length; n++)
        {
            values[n] = value;
            (before, value) = (value, ((z * value) - (Roots[n] * before)) / Roots[n + 1]);
        }
    }
}
