using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>Columns mapped to the quantiles of a normal law by their ranks, and made uncorrelated.</summary>
internal static unsafe class NormalScores
{
    private const double SmallestShare = 1e-6; // of the largest variance: below, a direction is left out

    /// <summary>Row i, column j: Φ⁻¹((rank − ½)/n), equal values having their mean rank; every column then has mean 0 and variance 1.</summary>
    public static double[][] Of(float[] points, int rows, int columns)
    {
        double[][] scores = [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];
        for (int column = 0; column < columns; column++)
        {
            float[] values = [.. Enumerable.Range(0, rows).Select(row => points[(row * columns) + column])];
            int[] order = [.. Enumerable.Range(0, rows).OrderBy(row => values[row])];
            for (int from = 0, to; from < rows; from = to)
            {
                for (to = from + 1; to < rows && values[order[to]] == values[order[from]]; to++)
                {
                }

                for (int i = from; i < to; i++)
                {
                    scores[order[i]][column] = Elementary.NormalQuantile((from + to) / 2.0 / rows);
                }
            }

            Standardise(scores, column);
        }

        return scores;
    }

    /// <summary>Coordinates along the principal directions, each of variance 1.</summary>
    public static double[][] Uncorrelated(Team team, double[][] rows)
    {
        int d = rows[0].Length;
        using var covariance = new NativeBuffer<double>((long)d * d);
        Strided<double> matrix = Strided<double>.RowMajor(covariance, d, d);
        foreach (double[] row in rows)
        {
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    matrix[i, j] += row[i] * row[j] / rows.Length;
                }
            }
        }

        var values = new double[d];
        SymmetricEigen.Decompose(team, matrix, values, matrix);
        int[] kept = [.. Enumerable.Range(0, d).Where(j => values[j] > SmallestShare * values[d - 1])];
        double[][] directions = [.. kept.Select(j => Enumerable.Range(0, d).Select(i => matrix[i, j] / Math.Sqrt(values[j])).ToArray())];
        return [.. rows.Select(row => directions.Select(direction => LimitsDraws.Dot(direction, row)).ToArray())];
    }

    private static void Standardise(double[][] scores, int column)
    {
        double mean = scores.Sum(row => row[column]) / scores.Length;
        double variance = scores.Sum(row => (row[column] - mean) * (row[column] - mean)) / scores.Length;
        foreach (double[] row in scores)
        {
            row[column] = variance > 0 ? (row[column] - mean) / Math.Sqrt(variance) : 0;
        }
    }
}
