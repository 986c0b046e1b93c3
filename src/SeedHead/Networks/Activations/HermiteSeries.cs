using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>hₙ = E[f(√v·z)·heₙ(z)]/√n! for n &lt; <see cref="Terms"/>, z standard normal, and what they leave of E[f²].</summary>
internal sealed class HermiteSeries
{
    public const int Terms = 256;

    private readonly double variance;
    private readonly double[] terms = new double[Terms];
    private readonly double square;
    private readonly double rest;

    public HermiteSeries(Func<double, double> f, double variance)
    {
        this.variance = variance;
        double root = Math.Sqrt(variance);
        ReadOnlySpan<double> nodes = NormalNodes.Nodes, weights = NormalNodes.Weights;
        for (int i = 0; i < nodes.Length; i++)
        {
            double z = nodes[i], value = f(root * z), half = Elementary.Exp(-z * z / 4);
            square = Math.FusedMultiplyAdd(weights[i] * Density(z) * value, value, square);
            Add(z, weights[i] * value * half * Density(0), half);
        }

        double left = square;
        foreach (double term in terms)
        {
            left -= term * term;
        }

        rest = Math.Max(left, 0);
    }

    /// <summary>E[f(u)·f(v)] for the correlation ρ; null if what is left out may be more than <paramref name="allowed"/> of √(E[f(u)²]·E[f(v)²]).</summary>
    public double? Sum(HermiteSeries other, double rho, double allowed)
    {
        if (rho == 1 && variance == other.variance)
        {
            return square;
        }

        double sum = 0, power = 1;
        for (int n = 0; n < Terms && Math.Abs(power) > 1e-18; n++, power *= rho)
        {
            sum = Math.FusedMultiplyAdd(terms[n] * other.terms[n], power, sum);
        }

        return Math.Abs(power) * Math.Sqrt(rest * other.rest) <= allowed * Math.Sqrt(square * other.square) ? sum : null;
    }

    /// <summary>e^(−z²/2)/√2π.</summary>
    public static double Density(double z) => 0.3989422804014327 * Elementary.Exp(-z * z / 2);

    /// <summary>Adds factor·heₙ(z)·e^(−z²/4)/√n! to every term: heₙ₊₁ = z·heₙ − n·heₙ₋₁, over √n!.</summary>
    private void Add(double z, double factor, double half)
    {
        (double before, double value) = (0, half);
        for (int n = 0; n < Terms; n++)
        {
            terms[n] = Math.FusedMultiplyAdd(factor, value, terms[n]);
            (before, value) = (value, ((z * value) - (Roots[n] * before)) / Roots[n + 1]);
        }
    }

    private static readonly double[] Roots = [.. Enumerable.Range(0, Terms + 1).Select(n => Math.Sqrt(n))];
}
