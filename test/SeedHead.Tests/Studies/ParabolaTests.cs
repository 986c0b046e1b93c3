using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

public class ParabolaTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(1000.0)] // far from 0 the sums would cancel
    public void A_parabola_is_found_again_from_its_points(double shift)
    {
        double[] x = [-1, 0, 0.5, 2, 3, 7], y = [.. x.Select(at => 3 - (2 * (at - 1.5) * (at - 1.5)))];
        var fit = Parabola.Fit([.. x.Select(at => at + shift)], y);
        Assert.Equal(1.5 + shift, fit.Peak, 8);
        Assert.Equal(-2, fit.C, 8);
        Assert.Equal(3, fit.At(1.5 + shift), 6);
    }

    [Fact]
    public void Least_squares_through_five_points()
    {
        // By hand with u = x − 2: the quadratic coefficient is Σ(u² − 2)y/Σ(u² − 2)² = (2·1 − 3 − 2·2 − 5 + 2·4)/14, the slope in the middle Σuy/Σu² = 8/10.
        var fit = Parabola.Fit([0, 1, 2, 3, 4], [1, 3, 2, 5, 4]);
        Assert.Equal(-1.0 / 7, fit.C, 12);
        Assert.Equal(0.8, fit.B + (4 * fit.C), 12);
    }

    [Fact]
    public void A_parabola_that_opens_upwards_has_no_peak() => Assert.Equal(double.NaN, Parabola.Fit([0, 1, 2], [1, 0, 1]).Peak);

    [Fact]
    public void Two_places_make_no_parabola() => Assert.Equal(double.NaN, Parabola.Fit([1, 2, 1, 2], [0, 1, 0, 1]).C);
}
