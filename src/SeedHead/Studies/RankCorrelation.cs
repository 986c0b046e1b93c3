namespace SeedHead.Studies;

/// <summary>Spearman's rank correlation, the mean over independent networks, with its 95 % interval.</summary>
/// <param name="Mean">Mean of the networks' rank correlations.</param>
/// <param name="Low">Mean − 1.96 standard errors.</param>
/// <param name="High">Mean + 1.96 standard errors.</param>
/// <param name="Count">Networks.</param>
internal readonly record struct RankCorrelation(double Mean, double Low, double High, int Count)
{
    private const double Normal95 = 1.959963984540054; // Φ⁻¹(0.975)

    /// <summary>Spearman's ρ; 0 where all x or all y are equal, so that such a network counts as one without a trend.</summary>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Correlation.Spearman(x, y) is var rho && double.IsNaN(rho) ? 0 : rho;

    /// <summary>The correlation of x with what each network has there.</summary>
    /// <param name="x">As many as every network has values, at least two.</param>
    /// <param name="networks">The values of each network; at least one network.</param>
    public static RankCorrelation Of(IReadOnlyList<double> x, IReadOnlyList<IReadOnlyList<double>> networks)
    {
        double[] each = [.. networks.Select(values => Spearman(x, values))];
        double mean = Statistics.Mean(each), half = Normal95 * Statistics.Deviation(each) / Math.Sqrt(each.Length);
        return new(mean, Math.Max(-1, mean - half), Math.Min(1, mean + half), each.Length);
    }
}
