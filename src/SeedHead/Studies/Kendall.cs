namespace SeedHead.Studies;

/// <summary>Kendall's τ_b: pairs in the same order less pairs in opposite order, over √(pairs not equal in x · pairs not equal in y).</summary>
/// <remarks>Source: Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945). Time n²/2.</remarks>
internal static class Kendall
{
    /// <summary>τ_b, from −1 to 1; NaN where all x or all y are equal.</summary>
    /// <param name="x">n values.</param>
    /// <param name="y">n values.</param>
    public static double Tau(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        (long balance, long apartX, long apartY) = (0, 0, 0);
        for (int i = 0; i < x.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int first = x[i].CompareTo(x[j]), second = y[i].CompareTo(y[j]);
                balance += Math.Sign(first) * Math.Sign(second);
                apartX += first == 0 ? 0 : 1;
                apartY += second == 0 ? 0 : 1;
            }
        }

        return apartX > 0 && apartY > 0 ? balance / Math.Sqrt((double)apartX * apartY) : double.NaN;
    }

    /// <summary>τ_b with the interval of 2.5 to 97.5 % of 2,000 resamples of pairs.</summary>
    public static Correlated Interval(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        (double low, double high) = Correlation.Bootstrap(x.Count, chosen => Tau(Array.ConvertAll(chosen, i => x[i]), Array.ConvertAll(chosen, i => y[i])));
        return new(Tau(x, y), low, high, x.Count);
    }
}
