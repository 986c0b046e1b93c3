namespace SeedHead.Studies;

/// <summary>A correlation with its interval.</summary>
/// <param name="Value">r or ρ; NaN where one side does not vary.</param>
/// <param name="Low">2.5 % quantile of resamples.</param>
/// <param name="High">97.5 % quantile.</param>
/// <param name="Count">Pairs.</param>
internal readonly record struct Correlated(double Value, double Low, double High, int Count);

/// <summary>Correlations of pairs, with intervals by resampling the pairs.</summary>
internal static class Correlation
{
    private const int Resamples = 2000;
    private const int Purpose = 1103; // of orders
    private const ulong Seed = 42;

    /// <summary>Pearson's r = Σ(x − x̄)(y − ȳ)/√(Σ(x − x̄)²·Σ(y − ȳ)²).</summary>
    public static double Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double meanX = Statistics.Mean(x), meanY = Statistics.Mean(y), xx = 0, xy = 0, yy = 0;
        for (int i = 0; i < x.Count; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : double.NaN;
    }

    /// <summary>Spearman's ρ: Pearson's r of the ranks; equal values share the mean of their ranks.</summary>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Pearson(Ranks(x), Ranks(y));

    /// <summary>Pearson's r with the interval of 2.5 to 97.5 % of 2,000 resamples of pairs.</summary>
    public static Correlated PearsonInterval(IReadOnlyList<double> x, IReadOnlyList<double> y) => Interval(x, y, Pearson);

    /// <summary>Spearman's ρ with the same interval.</summary>
    public static Correlated SpearmanInterval(IReadOnlyList<double> x, IReadOnlyList<double> y) => Interval(x, y, Spearman);

    /// <summary>The chance of a |r| at least this large without any relation: t = r·√((n − 2)/(1 − r²)) with n − 2 degrees of freedom.</summary>
    public static double TwoSided(double r, int count) =>
        count < 3 || double.IsNaN(r) ? 1 : Statistics.TwoSided(Math.Abs(r) >= 1 ? double.PositiveInfinity : r * Math.Sqrt((count - 2) / (1 - (r * r))), count - 2);

    /// <summary>Ranks from 1; equal values share the mean of theirs.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        var ranks = new double[order.Length];
        for (int first = 0; first < order.Length;)
        {
            int end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
            {
                end++;
            }

            for (int i = first; i < end; i++)
            {
                ranks[order[i]] = (first + end + 1) / 2.0;
            }

            first = end;
        }

        return ranks;
    }

    /// <summary>The interval of 2.5 to 97.5 % of a statistic of n things, over 2,000 resamples of them with replacement.</summary>
    /// <param name="count">n.</param>
    /// <param name="statistic">The statistic of the things with these numbers; NaN where it has none, which is left out.</param>
    public static (double Low, double High) Bootstrap(int count, Func<int[], double> statistic)
    {
        var found = new List<double>(Resamples);
        var chosen = new int[count];
        for (int resample = 0; resample < Resamples; resample++)
        {
            for (int i = 0; i < count; i++)
            {
                chosen[i] = (int)(Random.Order.Key(Seed + (ulong)resample, Purpose, i) % (ulong)count);
            }

            double value = statistic(chosen);
            if (double.IsFinite(value))
            {
                found.Add(value);
            }
        }

        found.Sort();
        return found.Count == 0 ? (double.NaN, double.NaN) : (found[(int)(0.025 * (found.Count - 1))], found[(int)Math.Ceiling(0.975 * (found.Count - 1))]);
    }

    private static Correlated Interval(IReadOnlyList<double> x, IReadOnlyList<double> y, Func<IReadOnlyList<double>, IReadOnlyList<double>, double> of)
    {
        (double low, double high) = Bootstrap(x.Count, chosen => of(Array.ConvertAll(chosen, i => x[i]), Array.ConvertAll(chosen, i => y[i])));
        return new(of(x, y), low, high, x.Count);
    }
}
