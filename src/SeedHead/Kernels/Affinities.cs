using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>How much points count as neighbours of each other: p_j|i ∝ exp(−β_i·‖x_i − x_j‖²), β_i such that the perplexity exp(H_i) is the one wanted.</summary>
/// <remarks>H_i = −Σ p ln p. β by bisection. Source: van der Maaten &amp; Hinton, JMLR 9 (2008), sec. 2.</remarks>
internal static unsafe class Affinities
{
    /// <summary>|H − ln(perplexity)| at which the bisection ends.</summary>
    public const double Tolerance = 1e-8;

    private const int MostHalvings = 200;

    /// <summary>P [n × n]: (p_j|i + p_i|j)/2n, 0 on the diagonal; all of it sums to 1.</summary>
    public static NativeBuffer<double> Joint(Team team, Strided<double> points, double perplexity)
    {
        int n = (int)points.Rows;
        var joint = new NativeBuffer<double>((long)n * n);
        Strided<double> p = Strided<double>.RowMajor(joint, n, n);
        team.For(n, i =>
        {
            Span<double> row = p.Row(i);
            Distances(points, i, row);
            Conditional(row, i, perplexity);
        });
        team.For(n, i =>
        {
            for (int j = 0; j < i; j++)
            {
                p[i, j] = (p[i, j] + p[j, i]) / (2.0 * n);
            }
        });
        team.For(n, i =>
        {
            for (int j = i + 1; j < n; j++)
            {
                p[i, j] = p[j, i];
            }
        });
        return joint;
    }

    /// <summary>Squared distances of point i to all others.</summary>
    public static void Distances(Strided<double> points, int i, Span<double> to)
    {
        for (int j = 0; j < to.Length; j++)
        {
            double sum = 0;
            for (long c = 0; c < points.Columns; c++)
            {
                double difference = points[i, c] - points[j, c];
                sum = Math.FusedMultiplyAdd(difference, difference, sum);
            }

            to[j] = sum;
        }
    }

    /// <summary>Squared distances ← p_j|i. Returns the perplexity reached, which differs from the one wanted where more points than that are equally near.</summary>
    public static double Conditional(Span<double> row, int self, double perplexity)
    {
        double[] distances = row.ToArray();
        double least = double.PositiveInfinity, mean = 0;
        for (int j = 0; j < distances.Length; j++)
        {
            least = j == self ? least : Math.Min(least, distances[j]);
            mean += distances[j] / (distances.Length - 1);
        }

        double wanted = Elementary.Log(perplexity), low = 0, high = double.PositiveInfinity, beta = mean > least ? 1 / (mean - least) : 1, entropy = 0;
        for (int halving = 0; halving < MostHalvings; halving++)
        {
            entropy = Weights(distances, row, self, least, beta);
            if (Math.Abs(entropy - wanted) <= Tolerance)
            {
                break;
            }

            (low, high) = entropy > wanted ? (beta, high) : (low, beta);
            beta = double.IsPositiveInfinity(high) ? 2 * beta : (low + high) / 2;
        }

        return Elementary.Exp(entropy);
    }

    /// <summary>Weights that sum to 1, and their entropy ln S + β·Σ p·d.</summary>
    private static double Weights(double[] distances, Span<double> row, int self, double least, double beta)
    {
        double sum = 0, moment = 0;
        for (int j = 0; j < distances.Length; j++)
        {
            double distance = distances[j] - least;
            row[j] = j == self ? 0 : Elementary.Exp(-beta * distance);
            sum += row[j];
            moment = Math.FusedMultiplyAdd(row[j], j == self ? 0 : distance, moment);
        }

        foreach (ref double weight in row)
        {
            weight /= sum;
        }

        return Elementary.Log(sum) + (beta * moment / sum);
    }
}
