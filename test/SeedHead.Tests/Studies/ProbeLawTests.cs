using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class ProbeLawTests
{
    [Theory]
    [InlineData(0.1, 4.0, 0.5)]
    [InlineData(0.02, 30.0, 1.2)]
    [InlineData(0.0, 2.0, 0.75)]
    public void A_law_without_noise_is_found_and_carried_on(double a, double b, double c)
    {
        double Law(double n) => a + (b * Math.Pow(n, -c));
        ProbeLaw fit = ProbeLaw.Fit([.. new[] { 32.0, 64, 128, 256, 512 }.Select(n => (n, Law(n), 0.0))], (a, 0));
        Assert.Equal(c, fit.Exponent, 9);
        Assert.Equal(a, fit.Floor, 9);
        Assert.Equal(b, fit.Factor, 6);
        ProbeInterval ahead = fit.At(2048);
        Assert.InRange(Law(2048), ahead.Low, ahead.High!.Value);
        ProbeInterval reach = fit.Reach(Law(4096), 512)!;
        Assert.InRange(4096, reach.Low, reach.High!.Value);
    }

    [Fact]
    public void Errors_that_rise_have_no_fall_fitted()
    {
        ProbeLaw fit = ProbeLaw.Fit([(10, 0.5, 0.01), (20, 0.6, 0.01), (40, 0.7, 0.01)], null);
        Assert.Equal(0, fit.Factor);
        Assert.InRange(fit.At(160).Value, 0.5, 0.7);
    }

    [Fact]
    public void An_error_below_the_floor_is_never_reached() =>
        Assert.Null(ProbeLaw.Fit([(10, 0.5, 0.001), (20, 0.4, 0.001), (40, 0.35, 0.001)], (0.3, 0.001)).Reach(0.05, 40));

    [Fact]
    public void Beyond_as_many_features_as_rows_the_rest_falls_at_least_like_a_mean_of_draws()
    {
        (double, double, double)[] slow = [.. new[] { 64.0, 128, 256 }.Select(n => (n, 0.1 + (0.8 * Math.Pow(n / 64, -0.2)), 0.0))];
        ProbeLaw free = ProbeLaw.Fit(slow, (0.1, 0)), turned = ProbeLaw.Fit(slow, (0.1, 0), 1000);
        Assert.Equal(free.At(1000).Value, turned.At(1000).Value, 12);
        Assert.InRange((turned.At(16_000).Value - 0.1) / (turned.At(1000).Value - 0.1), 0.04, 1.0 / 12);
        Assert.True(free.At(16_000).Value > 0.3);
    }

    [Fact]
    public void Farther_ahead_is_less_certain()
    {
        ProbeLaw fit = ProbeLaw.Fit([(10, 0.5, 0.02), (20, 0.4, 0.02), (40, 0.33, 0.02), (80, 0.3, 0.02)], null);
        ProbeInterval near = fit.At(160), far = fit.At(1280);
        Assert.True(far.High - far.Low > near.High - near.Low);
    }
}
