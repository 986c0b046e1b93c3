using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class KendallTests
{
    // scipy.stats.kendalltau of SciPy 1.10.1, variant "b".
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 1, 3, 2, 5, 4 }, 0.6)]
    [InlineData(new double[] { 12, 2, 1, 12, 2 }, new double[] { 1, 4, 7, 1, 0 }, -0.4714045207910316)]
    [InlineData(new double[] { 1, 1, 2, 3, 3, 4, 5, 5, 6, 7 }, new double[] { 2, 1, 1, 4, 3, 6, 5, 5, 8, 5 }, 0.6988459044322259)]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 4, 3, 2, 1 }, -1.0)]
    public void Tau_is_that_of_SciPy(double[] x, double[] y, double expected) => Assert.Equal(expected, Kendall.Tau(x, y), 1e-14);

    [Fact]
    public void Values_that_are_all_equal_have_no_order() => Assert.True(double.IsNaN(Kendall.Tau([1, 2, 3], [5, 5, 5])));

    [Fact]
    public void The_interval_of_a_strict_order_is_one_point()
    {
        double[] values = [.. Enumerable.Range(0, 12).Select(i => (double)i)];
        Correlated tau = Kendall.Interval(values, [.. values.Select(value => value * value)]);
        Assert.Equal((1.0, 1.0, 1.0, 12), (tau.Value, tau.Low, tau.High, tau.Count)); // resamples tie both sides at once
    }

    [Fact]
    public void The_interval_of_no_order_holds_0()
    {
        Correlated tau = Kendall.Interval([1, 2, 3, 4, 5, 6, 7, 8], [4, 8, 2, 6, 1, 5, 7, 3]);
        Assert.True(tau.Low < 0 && tau.High > 0, $"[{tau.Low}, {tau.High}]");
    }
}
