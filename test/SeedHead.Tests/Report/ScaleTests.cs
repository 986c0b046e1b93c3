using SeedHead.Report.Charts;
using SeedHead.Report.Markup;

namespace SeedHead.Tests.Report;

public class ScaleTests
{
    [Fact]
    public void Even_steps_cover_the_values_with_few_distinct_labels() => ForAll.Draws(400, draw =>
    {
        double size = Words.Power(draw.Int(-30, 30)), middle = draw.Double(-1, 1) * size * draw.Of(0.0, 1.0, 1000.0);
        double[] values = draw.Doubles(draw.Int(1, 6), middle - size, middle + size);
        var scale = LinearScale.Over(values);
        Assert.InRange(scale.Ticks.Count, 2, 12);
        Assert.InRange(values.Min(), scale.Low - (1e-8 * size), double.MaxValue);
        Assert.InRange(values.Max(), double.MinValue, scale.High + (1e-8 * size));
        Assert.Equal((scale.Low, scale.High), (scale.Ticks[0].Value, scale.Ticks[^1].Value));
        AssertAscending(scale);
    });

    [Fact]
    public void Powers_of_ten_cover_the_values_with_few_distinct_labels() => ForAll.Draws(400, draw =>
    {
        double[] values = [.. Enumerable.Range(0, draw.Int(1, 6)).Select(_ => draw.Double(1, 10) * Words.Power(draw.Int(-12, 12)))];
        var scale = LogScale.Ten(values);
        Assert.InRange(scale.Ticks.Count, 1, 12);
        Assert.True(scale.Low <= values.Min() && values.Max() <= scale.High);
        AssertAscending(scale);
    });

    [Fact]
    public void Powers_of_two_cover_the_widths_with_few_distinct_labels() => ForAll.Draws(400, draw =>
    {
        double[] widths = [.. Enumerable.Range(0, draw.Int(1, 6)).Select(_ => (double)draw.Int(1, draw.Of(8, 5000, 2_000_000)))];
        var scale = LogScale.Two(widths);
        Assert.InRange(scale.Ticks.Count, 1, 9);
        Assert.True(scale.Low <= widths.Min() && widths.Max() <= scale.High);
        AssertAscending(scale);
    });

    [Fact]
    public void Equal_factors_take_equal_lengths()
    {
        var scale = LogScale.Two([128, 256, 4096]);
        Assert.Equal(scale.Share(256) - scale.Share(128), scale.Share(4096) - scale.Share(2048), 12);
        Assert.Equal(["128", "256", "512", "1,024", "2,048", "4,096"], scale.Ticks.Select(tick => tick.Label));
    }

    [Theory]
    [InlineData(0.0, 1.0, "0,20,40,60,80,100")]
    [InlineData(0.021, 0.094, "0,2,4,6,8,10")]           // near enough to zero to begin there
    [InlineData(0.975, 0.9875, "97.50,97.75,98.00,98.25,98.50,98.75")]
    public void Shares_are_labelled_in_percent(double low, double high, string expected) =>
        Assert.Equal(expected.Split(','), LinearScale.Over([low, high], 100).Ticks.Select(tick => tick.Label));

    [Fact]
    public void Counts_have_whole_steps() => Assert.Equal(["0", "1", "2"], LinearScale.Over([0, 2], isCount: true).Ticks.Select(tick => tick.Label));

    [Theory]
    [InlineData(1e-7, 0.1, "10⁻⁷,10⁻⁶,10⁻⁵,10⁻⁴,10⁻³,10⁻²,10⁻¹")]
    [InlineData(0.02, 0.2, "0.02,0.05,0.1,0.2")]
    public void Powers_of_ten_are_labelled(double low, double high, string expected) =>
        Assert.Equal(expected.Split(','), LogScale.Ten([low, high]).Ticks.Select(tick => tick.Label));

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { double.NaN, double.PositiveInfinity })]
    [InlineData(new[] { 0.0, 0.0 })]
    public void Without_values_there_is_still_an_axis(double[] values)
    {
        foreach (Scale scale in (Scale[])[LinearScale.Over(values), LogScale.Ten(values), LogScale.Two(values)])
        {
            Assert.NotEmpty(scale.Ticks);
            Assert.InRange(scale.Share(1), 0, 1);
            Assert.InRange(scale.Share(double.NegativeInfinity), 0, 1);
        }
    }

    private static void AssertAscending(Scale scale)
    {
        for (int i = 1; i < scale.Ticks.Count; i++)
        {
            Assert.True(scale.Ticks[i].Value > scale.Ticks[i - 1].Value);
            Assert.True(scale.Share(scale.Ticks[i].Value) > scale.Share(scale.Ticks[i - 1].Value));
            Assert.NotEqual(scale.Ticks[i].Label, scale.Ticks[i - 1].Label);
        }
    }
}
