using SeedHead.Complexity;
using SeedHead.Compute;

namespace SeedHead.Tests.Compute;

/// <summary>Angles, ln Γ, Φ₂ and Bessel functions against 30-digit values and quadrature.</summary>
public sealed class GaussianIntegralTests
{
    [Theory] // mpmath, 30 digits
    [InlineData(-0.999999, 3.1401784399095486534)]
    [InlineData(-0.3, 1.8754889808102941156)]
    [InlineData(0.1, 1.4706289056333368173)]
    [InlineData(0.70710678, 0.78539816507547984479)]
    [InlineData(0.9999999999, 0.000014142136208911563644)]
    public void Angles_match_reference_values(double cosine, double angle)
    {
        Assert.Equal(angle, Angle.Arccos(cosine), 1e-15 + (4e-16 * angle));
        Assert.Equal((Math.PI / 2) - angle, Angle.Arcsin(cosine), 1e-15);
    }

    [Fact]
    public void Angles_at_the_ends_are_exact()
    {
        Assert.Equal(0, Angle.Arccos(1));
        Assert.Equal(Math.PI, Angle.Arccos(-1));
        Assert.Equal(0, Angle.Arcsin(0));
        Assert.Equal(1e-200, Angle.Arcsin(1e-200), 1e-215);
    }

    [Theory] // mpmath
    [InlineData(0.5, 0.57236494292470008707)]
    [InlineData(3.7, 1.4280723266653879219)]
    [InlineData(12, 17.502307845873885839)]
    [InlineData(1000.25, 5906.947268271117177)]
    public void Log_gamma_matches_reference_values(double x, double expected) => Assert.Equal(expected, LogGamma.Of(x), 1e-14 + (1e-15 * expected));

    [Theory] // mpmath: the integral of the density over the correlation
    [InlineData(0.5, -1, 0.6, 0.1514396309584323287)]
    [InlineData(-1.2, 0.7, -0.4, 0.058826583033795685496)]
    [InlineData(2, 1, 0.95, 0.84133614703287113707)]
    [InlineData(-2, -1.5, 0.2, 0.0033724560459887077332)]
    [InlineData(0.3, 0.25, 0.999, 0.59756874940041140562)]
    [InlineData(-3, 2.5, -0.97, 0.000016268422281374850555)]
    [InlineData(1, 1, 0.925, 0.80396065220884799335)]
    public void The_bivariate_normal_matches_reference_values(double h, double k, double rho, double expected) =>
        Assert.Equal(expected, BivariateNormal.Cdf(h, k, rho), 1e-14);

    [Fact]
    public void The_bivariate_normal_matches_quadrature()
    {
        ForAll.Draws(300, draw =>
        {
            double h = draw.Double(-5, 5), k = draw.Double(-5, 5), rho = draw.Int(0, 1) == 0 ? draw.Double(-1, 1) : 1 - Math.Abs(draw.Double(-0.1, 0.1));
            Assert.Equal(Integral(h, k, rho), BivariateNormal.Cdf(h, k, rho), 1e-13);
        });
    }

    [Theory]
    [InlineData(1, 0.4, 1.3, 0.65542174161032429)] // Φ(0.4)
    [InlineData(-1, 0.4, 1.3, 0.5586212570247139)] // Φ(0.4) − Φ(−1.3)
    [InlineData(-1, -0.4, 0.3, 0)]
    public void Full_correlation_is_the_one_dimensional_limit(double rho, double h, double k, double expected)
    {
        Assert.Equal(expected, BivariateNormal.Cdf(h, k, rho), 2e-15);
        Assert.Equal(expected, BivariateNormal.Cdf(h, k, Math.BitDecrement(1) * rho), 1e-7);
    }

    [Fact]
    public void Infinite_ends_leave_the_other_margin()
    {
        Assert.Equal(Elementary.NormalCdf(0.7), BivariateNormal.Cdf(double.PositiveInfinity, 0.7, -0.8));
        Assert.Equal(0, BivariateNormal.Cdf(double.NegativeInfinity, 0.7, 0.8));
        Assert.Throws<ArgumentOutOfRangeException>(() => BivariateNormal.Cdf(0, 0, 1.0000001));
    }

    [Theory] // mpmath: ln I_ν(x) − x
    [InlineData(0, 0.5, -0.43845028081451869606)]
    [InlineData(0, 40, -2.7602131386476431507)]
    [InlineData(2.5, 3, -2.5843605289199182263)]
    [InlineData(12.5, 3948, -5.0791800586631763964)]
    [InlineData(30, 148.044, -6.4563399385261219433)]
    [InlineData(1, 1000000, -7.826694187186997294)]
    public void Bessel_functions_match_reference_values(double order, double x, double expected) =>
        Assert.Equal(expected, ScaledBessel.LogI(order, x), 2e-14 * (1 + order));

    [Theory]
    [InlineData(0.25, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    public void Bessel_functions_refuse_other_orders_and_arguments(double order, double x) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScaledBessel.LogI(order, x));

    /// <summary>∫ φ(x)·Φ((k − ρx)/q) dx up to h, in pieces around the place where the step of width q/ρ lies.</summary>
    private static double Integral(double h, double k, double rho)
    {
        var rule = GaussLegendre.Of(40);
        double q = Math.Sqrt((1 - rho) * (1 + rho)), centre = k / rho, sum = 0;
        double[] cuts = [.. Enumerable.Range(-12, 25).Select(i => (double)i).Concat(Enumerable.Range(-24, 49).Select(i => centre + (0.4 * i * q / Math.Abs(rho)))).Append(h)
            .Where(x => x >= -12 && x <= h).Order()];
        for (int i = 0; i + 1 < cuts.Length; i++)
        {
            double middle = (cuts[i] + cuts[i + 1]) / 2, half = (cuts[i + 1] - cuts[i]) / 2;
            for (int j = 0; j < rule.Nodes.Length; j++)
            {
                double x = middle + (half * rule.Nodes[j]);
                sum += half * rule.Weights[j] * ReluPair.Density(x) * Elementary.NormalCdf((k - (rho * x)) / q);
            }
        }

        return sum;
    }
}
