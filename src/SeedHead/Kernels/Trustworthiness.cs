using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>How far neighbours in a map are neighbours of the points themselves: 1 − 2/(n·k·(2n − 3k − 1))·Σ_i Σ_j (r(i, j) − k), from 0 to 1.</summary>
/// <remarks>
/// j runs over the k nearest of i in the map whose rank r(i, j) among the points' own neighbours of i is above k. Equal distances go by number. Source: Venna &amp; Kaski, ICANN 2001.
/// </remarks>
internal static class Trustworthiness
{
    /// <summary>Neighbours counted, or fewer where there are not enough points.</summary>
    public const int Neighbours = 12;

    /// <summary>The trustworthiness of places in the plane.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="points">[n × p].</param>
    /// <param name="x">First coordinates [n].</param>
    /// <param name="y">Second coordinates [n].</param>
    /// <param name="neighbours">k, below n/2.</param>
    public static double Of(Team team, Strided<double> points, double[] x, double[] y, int neighbours = Neighbours)
    {
        int n = x.Length, k = Math.Min(neighbours, (n - 1) / 2);
        if (k < 1)
        {
            return 1;
        }

        var penalties = new long[n];
        team.For(n, i =>
        {
            var distances = new double[n];
            Affinities.Distances(points, i, distances);
            int[] own = Ranked(distances, i);
            var ranks = new int[n];
            for (int r = 0; r < own.Length; r++)
            {
                ranks[own[r]] = r + 1;
            }

            for (int j = 0; j < n; j++)
            {
                distances[j] = ((x[i] - x[j]) * (x[i] - x[j])) + ((y[i] - y[j]) * (y[i] - y[j]));
            }

            foreach (int near in Ranked(distances, i).AsSpan(0, k))
            {
                penalties[i] += Math.Max(0, ranks[near] - k);
            }
        });
        return 1 - (2.0 / ((double)n * k * ((2.0 * n) - (3.0 * k) - 1)) * penalties.Sum());
    }

    /// <summary>The other points by distance.</summary>
    private static int[] Ranked(double[] distances, int self)
    {
        var keys = new (double Distance, int Index)[distances.Length];
        for (int j = 0; j < keys.Length; j++)
        {
            keys[j] = (j == self ? double.NegativeInfinity : distances[j], j);
        }

        Array.Sort(keys);
        return Array.ConvertAll(keys, key => key.Index)[1..];
    }
}
