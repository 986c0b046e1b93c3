using SeedHead.Report.Answers;

namespace SeedHead.Tests.Report;

public class IntervalTests
{
    /// <summary>Wilson's ends are the shares p with |p̂ − p| = z·√(p(1 − p)/n): his definition, not his formula.</summary>
    [Theory]
    [InlineData(8, 10)]
    [InlineData(1766, 1797)]
    [InlineData(5, 9)]
    public void Wilsons_ends_solve_his_equation(int right, int rows)
    {
        double share = right / (double)rows;
        Interval interval = Interval.Share(share, rows);
        foreach (double p in (double[])[interval.Low, interval.High])
        {
            Assert.Equal(Interval.Z * Math.Sqrt(p * (1 - p) / rows), Math.Abs(share - p), 12);
        }

        Assert.True(interval.Low < share && share < interval.High);
    }

    [Fact]
    public void Shares_of_zero_and_one_end_there()
    {
        Assert.Equal(0, Interval.Share(0, 20).Low);
        Assert.Equal(1, Interval.Share(1, 20).High);
        Assert.Equal(20 / (20 + (Interval.Z * Interval.Z)), Interval.Share(1, 20).Low, 12); // n/(n + z²) by setting p̂ = 1
    }

    [Fact]
    public void The_mean_of_one_two_three_has_students_interval()
    {
        Interval interval = Interval.Mean([1, 2, 3]);
        Assert.Equal(2, interval.Value);
        Assert.Equal(4.303 / Math.Sqrt(3), 2 - interval.Low, 12); // standard deviation 1, t(2) = 4.303
        Assert.Equal(4.303 / Math.Sqrt(3), interval.High - 2, 12);
    }

    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(4, 2.776)]
    [InlineData(30, 2.042)]
    [InlineData(35, 2.042)]
    [InlineData(119, 2.000)]
    [InlineData(1000, 1.980)]
    public void Students_points_are_the_tabulated_ones(int degrees, double expected) => Assert.Equal(expected, Interval.Student(degrees));

    [Fact]
    public void Without_ground_there_is_no_interval()
    {
        Assert.False(Interval.Normal(1, null).IsKnown);
        Assert.False(Interval.Normal(1, double.NaN).IsKnown);
        Assert.False(Interval.Share(double.NaN, 10).IsKnown);
        Assert.False(Interval.Share(0.5, 0).IsKnown);
        Assert.Equal(0, Interval.Normal(0.1, 1).Low); // an error is not negative
    }
}
