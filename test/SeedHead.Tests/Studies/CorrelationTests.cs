using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class CorrelationTests
{
    // Anscombe, "Graphs in Statistical Analysis", 1973, first set: r = 0.8164205163448399.
    private static readonly double[] X = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    private static readonly double[] Y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];

    [Fact]
    public void Pearson_of_Anscombes_first_set() => Assert.Equal(0.8164205163448399, Correlation.Pearson(X, Y), 12);

    [Fact]
    public void Spearman_of_Anscombes_first_set() => Assert.Equal(1 - (6.0 * 40 / (11 * 120)), Correlation.Spearman(X, Y), 12); // Σd² = 40 by hand

    [Fact]
    public void Equal_values_share_the_mean_of_their_ranks() => Assert.Equal([1, 3, 3, 5, 3], Correlation.Ranks([-1, 2, 2, 7, 2]));

    [Fact]
    public void Spearman_sees_order_alone() => Assert.Equal(1, Correlation.Spearman([1, 2, 3, 4], [1, 10, 100, 1e9]), 12);

    [Fact]
    public void There_is_no_correlation_with_a_constant() => Assert.Equal(double.NaN, Correlation.Pearson([1, 2, 3], [5, 5, 5]));

    [Fact]
    public void The_interval_holds_the_value_and_is_the_same_every_time()
    {
        Correlated found = Correlation.PearsonInterval(X, Y);
        Assert.InRange(found.Value, found.Low, found.High);
        Assert.InRange(found.Low, 0.4, 0.75); // R, boot 1.3-28, percentile interval of 2,000 resamples: about 0.59 to 0.95
        Assert.InRange(found.High, 0.88, 0.99);
        Assert.Equal(found, Correlation.PearsonInterval(X, Y));
    }

    [Fact]
    public void The_chance_of_Anscombes_correlation_is_that_of_the_paper() => Assert.Equal(0.00217, Correlation.TwoSided(0.8164205163448399, 11), 5); // lm of R: p = 0.00217
}
