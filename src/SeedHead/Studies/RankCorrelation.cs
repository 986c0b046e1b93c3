namespace SeedHead.Studies;

/// <summary>Spearman's rank correlation, the mean over independent networks, with its 95 % interval.</summary>
/// <param name="Mean">Mean of the networks' rank correlations.</param>
/// <param name="Low">Mean − 1.96 standard errors.</param>
/// <param name="High">Mean + 1.96 standard errors.</param>
/// <param name="Count">Networks.</param>
internal readonly record struct RankCorrelation(double Mean, double Low, double High, int Count)
{
    private const double Normal95 = 1.959963984540054; // Φ⁻¹(0.975)

    /// <summary>ρ of x and y: Pearson's correlation of their ranks, equal values with their mean rank; 0 where all x or all y are equal.</summary>
    /// <remarks>Source: Spearman, Amer. J. Psychol. 15 (1904).</remarks>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double[] rx = Ranks(x), ry = Ranks(y);
        double middle = (x.Count + 1) / 2.0, xx = 0, xy = 0, yy = 0;
        for (int i = 0; i < rx.Length; i++)
        {
            xx += (rx[i] - middle) * (rx[i] - middle);
            xy += (rx[i] - middle) * (ry[i] - middle);
            yy += (ry[i] - middle) * (ry[i] - middle);
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }

    /// <summary>The correlation of x with what each network has there.</summary>
    /// <param name="x">As many as every network has values, at least two.</param>
    /// <param name="networks">The values of each network; at least one network.</param>
    public static RankCorrelation Of(IReadOnlyList<double> x, IReadOnlyList<IReadOnlyList<double>> networks)
    {
        double[] each = [.. networks.Select(values => Spearman(x, values))];
        double mean = Statistics.Mean(each), half = Normal95 * Statistics.Deviation(each) / Math.Sqrt(each.Length);
        return new(mean, Math.Max(-1, mean - half), Math.Min(1, mean + half), each.Length);
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        var ranks = new double[values.Count];
        for (int from = 0, to; from < order.Length; from = to)
        {
            to = from + 1;
            while (to < order.Length && values[order[to]] == values[order[from]])
            {
                to++;
            }

            for (int i = from; i < to; i++)
            {
                ranks[order[i]] = (from + to + 1) / 2.0; // ranks from + 1 … to share their mean
            }
        }

        return ranks;
    }
}
