using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class RankCorrelationTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 5, 6, 7, 8, 7 }, 0.8207826816681233)] // by hand: ranks 1 2 3.5 5 3.5, 8/√(10·9.5)
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 10, 100, 1000 }, 1)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 3, 2, 1 }, -1)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 4, 4, 4 }, 0)]
    [InlineData(new double[] { 106, 100, 86, 101, 99, 103, 97, 113, 112, 110 }, new double[] { 7, 27, 2, 50, 28, 29, 20, 12, 6, 17 }, -29 / 165.0)] // Wikipedia, Spearman's rank correlation coefficient
    public void Spearman_has_the_known_values(double[] x, double[] y, double expected) => Assert.Equal(expected, RankCorrelation.Spearman(x, y), 12);

    [Fact]
    public void A_mean_over_networks_has_its_interval()
    {
        RankCorrelation correlation = RankCorrelation.Of([1, 2, 3], [[1, 2, 3], [1, 2, 3], [3, 2, 1], [1, 2, 3]]);
        Assert.Equal(0.5, correlation.Mean, 12);
        Assert.Equal(0.5 - 1.959963984540054 * 0.5, correlation.Low, 12); // deviation 1, four networks
        Assert.Equal(1, correlation.High); // held inside [−1, 1]
        Assert.Equal(4, correlation.Count);
    }
}
