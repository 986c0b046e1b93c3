using System.Collections.Concurrent;
using SeedHead.Compute;

namespace SeedHead.Complexity;

/// <summary>Nodes and weights of Gauss-Legendre quadrature on [−1, 1], and the transform to Legendre coefficients.</summary>
/// <remarks>Nodes by Newton's rule on P_n from cos(π(i + ¾)/(n + ½)); weights 2/((1 − x²)·P_n′(x)²). Source: Press et al., "Numerical Recipes", sec. 4.6.</remarks>
internal sealed class GaussLegendre
{
    private const int MostSteps = 20;

    private static readonly ConcurrentDictionary<int, GaussLegendre> Made = new();

    private GaussLegendre(int side)
    {
        (Nodes, Weights, Transform) = (new double[side], new double[side], new double[side * side]);
        for (int i = 0; i < (side + 1) / 2; i++)
        {
            (double x, double slope) = Root(side, Elementary.Cos(Math.PI * (i + 0.75) / (side + 0.5)));
            x = 2 * i + 1 == side ? 0 : x;
            double weight = 2 / ((1 - x) * (1 + x) * slope * slope);
            (Nodes[i], Nodes[side - 1 - i]) = (-x, x);
            (Weights[i], Weights[side - 1 - i]) = (weight, weight);
        }

        FillTransform(side);
    }

    /// <summary>Ascending, symmetric.</summary>
    public double[] Nodes { get; }

    public double[] Weights { get; }

    /// <summary>[n × n], row k, column i: (k + ½)·w_i·P_k(x_i), so that coefficient k is row k times the values.</summary>
    public double[] Transform { get; }

    public static GaussLegendre Of(int side) => Made.GetOrAdd(side, n => new GaussLegendre(n));

    private static (double X, double Slope) Root(int n, double x)
    {
        double slope = 1;
        for (int step = 0; step < MostSteps; step++)
        {
            (double p, double before) = (1, 0);
            for (int k = 0; k < n; k++)
            {
                (p, before) = (((((2 * k) + 1) * x * p) - (k * before)) / (k + 1), p);
            }

            slope = n * ((x * p) - before) / ((x - 1) * (x + 1));
            double change = p / slope;
            x -= change;
            if (Math.Abs(change) <= 1e-16)
            {
                break;
            }
        }

        return (x, slope);
    }

    private void FillTransform(int side)
    {
        for (int i = 0; i < side; i++)
        {
            (double p, double before) = (1, 0);
            for (int k = 0; k < side; k++)
            {
                Transform[(k * side) + i] = (k + 0.5) * Weights[i] * p;
                (p, before) = (((((2 * k) + 1) * Nodes[i] * p) - (k * before)) / (k + 1), p);
            }
        }
    }
}
