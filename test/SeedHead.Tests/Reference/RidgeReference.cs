namespace SeedHead.Tests.Reference;

/// <summary>Ridge with a free intercept by Gaussian elimination on the normal equations, in float64; leave-one-out by leaving out.</summary>
internal static class RidgeReference
{
    /// <summary>Weights [D × K] and intercepts [K] for rows of features scaled by <paramref name="scales"/>, at an absolute penalty.</summary>
    public static (double[,] Weights, double[] Intercepts) Fit(double[][] x, double[][] y, double[] scales, double absolutePenalty)
    {
        int n = x.Length, d = scales.Length, k = y[0].Length;
        double[] mean = Mean(x), target = Mean(y);
        var a = new double[d, d + k];
        for (int i = 0; i < n; i++)
        {
            for (int p = 0; p < d; p++)
            {
                double left = (x[i][p] - mean[p]) * scales[p];
                for (int q = 0; q < d; q++)
                {
                    a[p, q] += left * (x[i][q] - mean[q]) * scales[q];
                }

                for (int c = 0; c < k; c++)
                {
                    a[p, d + c] += left * (y[i][c] - target[c]);
                }
            }
        }

        for (int p = 0; p < d; p++)
        {
            a[p, p] += absolutePenalty;
        }

        Eliminate(a, d, k);
        var weights = new double[d, k];
        for (int p = 0; p < d; p++)
        {
            for (int c = 0; c < k; c++)
            {
                weights[p, c] = a[p, d + c] * scales[p];
                target[c] -= weights[p, c] * mean[p];
            }
        }

        return (weights, target);
    }

    /// <summary>Scores of each row by the ridge fitted on all other rows.</summary>
    public static double[][] LeaveOneOut(double[][] x, double[][] y, double[] scales, double absolutePenalty) =>
        [.. x.Select((row, i) =>
        {
            var (weights, intercepts) = Fit(Without(x, i), Without(y, i), scales, absolutePenalty);
            return Predict(row, weights, intercepts);
        })];

    public static double[] Predict(double[] row, double[,] weights, double[] intercepts) =>
        [.. intercepts.Select((b, c) => b + row.Select((value, p) => value * weights[p, c]).Sum())];

    /// <summary>1, or one over the standard deviation; 0 for constant columns.</summary>
    public static double[] Scales(double[][] x, bool standardise)
    {
        double[] mean = Mean(x);
        return [.. mean.Select((m, p) =>
        {
            double variance = x.Average(row => (row[p] - m) * (row[p] - m));
            return variance < 1e-13 * (m * m) || variance == 0 ? 0 : standardise ? 1 / Math.Sqrt(variance) : 1;
        })];
    }

    /// <summary>The mean diagonal of the centred, scaled Gram over columns with variance.</summary>
    public static double Unit(double[][] x, double[] scales)
    {
        double[] mean = Mean(x);
        return x.Sum(row => row.Select((value, p) => Math.Pow((value - mean[p]) * scales[p], 2)).Sum()) / Math.Max(scales.Count(s => s != 0), 1);
    }

    private static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(p => rows.Average(row => row[p]))];

    private static double[][] Without(double[][] rows, int i) => [.. rows.Where((_, at) => at != i)];

    private static void Eliminate(double[,] a, int d, int k)
    {
        for (int p = 0; p < d; p++)
        {
            int pivot = Enumerable.Range(p, d - p).MaxBy(q => Math.Abs(a[q, p]));
            for (int c = 0; c < d + k; c++)
            {
                (a[p, c], a[pivot, c]) = (a[pivot, c], a[p, c]);
            }

            for (int q = 0; q < d; q++)
            {
                double factor = q == p ? 0 : a[q, p] / a[p, p];
                for (int c = p; factor != 0 && c < d + k; c++)
                {
                    a[q, c] -= factor * a[p, c];
                }
            }
        }

        for (int p = 0; p < d; p++)
        {
            for (int c = d; c < d + k; c++)
            {
                a[p, c] /= a[p, p];
            }
        }
    }
}
