namespace SeedHead.Studies;

/// <summary>The best predictor from given features whose weights lie in a box |u_i| ≤ B, and the smallest box for an error.</summary>
/// <remarks>
/// Coordinate descent on uᵀAu − 2p·u, each step exact, in order of the features. The gap Σ (g_i·u_i + B·|g_i|) for the gradient g = 2(Au − p) bounds how far the error is above
/// the least one (Frank &amp; Wolfe 1956); it is returned, and descent ends when it is small or after the passes allowed.
/// </remarks>
public static class LimitsBox
{
    private const int MostPasses = 4000;

    /// <summary>The best weights in a box.</summary>
    /// <param name="gram">[N × N], symmetric, row after row.</param>
    /// <param name="products">[N] E f_i·g.</param>
    /// <param name="energy">E g².</param>
    /// <param name="box">B &gt; 0.</param>
    /// <param name="tolerance">The gap allowed, as a share of E g².</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or B is not above 0.</exception>
    public static LimitsWeights Solve(double[] gram, double[] products, double energy, double box, double tolerance = 1e-6) =>
        Solve(gram, products, energy, box, tolerance, new double[products?.Length ?? 0]);

    /// <summary>The smallest r·max|u| with an error of at most <paramref name="error"/>, by halving ln B to 1 %; null when even B = 2³⁰ does not reach it.</summary>
    /// <param name="gram">[N × N], symmetric, row after row.</param>
    /// <param name="products">[N] E f_i·g.</param>
    /// <param name="energy">E g².</param>
    /// <param name="error">The mean squared error to reach.</param>
    public static LimitsWeights? Smallest(double[] gram, double[] products, double energy, double error)
    {
        ArgumentNullException.ThrowIfNull(products);
        double low = 0, high = 1.0 / products.Length;
        double tolerance = Math.Max(1e-9, 0.01 * error / energy);
        var start = new double[products.Length];
        LimitsWeights found = Solve(gram, products, energy, high, tolerance, start);
        for (int doubling = 0; found.Error > error; doubling++)
        {
            if (doubling == 30 || found.Error - found.Gap > error && found.Weights.All(u => Math.Abs(u) < high))
            {
                return null; // the box no longer matters
            }

            (low, high) = (high, 2 * high);
            found = Solve(gram, products, energy, high, tolerance, [.. found.Weights]);
        }

        while (high > 1.01 * low && low > 0)
        {
            double middle = Math.Sqrt(low * high);
            LimitsWeights tried = Solve(gram, products, energy, middle, tolerance, [.. found.Weights]);
            (low, high) = tried.Error <= error ? (low, middle) : (middle, high);
            found = tried.Error <= error ? tried : found;
        }

        return found;
    }

    private static LimitsWeights Solve(double[] gram, double[] products, double energy, double box, double tolerance, double[] u)
    {
        int n = products.Length;
        if (gram.Length != (long)n * n || !(box > 0))
        {
            throw new ArgumentException($"{products.Length} products need a Gram matrix of {(long)n * n} numbers, not {gram.Length}, and a box above 0, not {box}.");
        }

        double gap = double.PositiveInfinity;
        double[] slope = Slope(gram, products, u, box);
        for (int pass = 0; pass < MostPasses && gap > tolerance * energy; pass++)
        {
            for (int i = 0; i < n; i++)
            {
                double diagonal = gram[((long)i * n) + i];
                double next = diagonal > 0 ? Math.Clamp(u[i] - (slope[i] / diagonal), -box, box) : u[i];
                double move = next - u[i];
                if (move != 0)
                {
                    u[i] = next;
                    Elementwise(slope, gram.AsSpan(i * n, n), move);
                }
            }

            gap = Gap(slope, u, box);
        }

        slope = Slope(gram, products, u, box);
        double error = energy;
        for (int i = 0; i < n; i++)
        {
            error += u[i] * (slope[i] - products[i]);
        }

        return new LimitsWeights([.. u], Math.Clamp(error, 0, energy), Gap(slope, u, box));
    }

    /// <summary>Half the gradient, A·u − p, for u moved into the box.</summary>
    private static double[] Slope(double[] gram, double[] products, double[] u, double box)
    {
        var slope = new double[u.Length];
        for (int i = 0; i < u.Length; i++)
        {
            u[i] = Math.Clamp(u[i], -box, box);
            slope[i] -= products[i];
            Elementwise(slope, gram.AsSpan(i * u.Length, u.Length), u[i]);
        }

        return slope;
    }

    private static double Gap(double[] slope, double[] u, double box)
    {
        double gap = 0;
        for (int i = 0; i < u.Length; i++)
        {
            gap += 2 * ((slope[i] * u[i]) + (box * Math.Abs(slope[i])));
        }

        return gap;
    }

    private static void Elementwise(double[] sum, ReadOnlySpan<double> row, double factor)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = Math.FusedMultiplyAdd(factor, row[i], sum[i]);
        }
    }
}
