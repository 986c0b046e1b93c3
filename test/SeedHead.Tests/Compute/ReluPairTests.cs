using SeedHead.Compute;

namespace SeedHead.Tests.Compute;

public sealed class ReluPairTests
{
    [Theory] // closed form against quadrature, checked to 1e-12 when the studies of limits were specified
    [InlineData(0, 0, 0.3, 0.241372141918)]
    [InlineData(0.5, -1, 0.6, 0.137568842292)]
    [InlineData(-1.2, 0.7, -0.4, 0.017793591040)]
    [InlineData(2, 1, 0.95, 2.965908503918)]
    [InlineData(-2, -1.5, 0.2, 0.000722360767)]
    public void The_pair_expectation_has_its_known_values(double h, double k, double rho, double expected)
    {
        Assert.Equal(expected, ReluPair.Expectation(h, k, rho), 6e-13);
        Assert.Equal(expected, ReluPair.Expectation(k, h, rho), 6e-13);
    }

    [Fact]
    public void The_Hermite_series_gives_the_same_numbers()
    {
        ForAll.Draws(100, draw =>
        {
            double h = draw.Double(-2, 2), k = draw.Double(-2, 2), rho = draw.Double(-0.8, 0.8), power = 1, sum = 0;
            double[] first = HermiteRelu.Coefficients(h, 200), second = HermiteRelu.Coefficients(k, 200);
            for (int i = 0; i < first.Length; i++, power *= rho)
            {
                sum += first[i] * second[i] * power;
            }

            Assert.Equal(sum, ReluPair.Expectation(h, k, rho), 2e-14 * (1 + Math.Abs(h * k)));
        });
    }

    [Theory]
    [InlineData(0.3, -0.4)]
    [InlineData(1.5, 0.2)]
    [InlineData(-0.5, -0.6)]
    public void Full_correlation_is_continuous(double h, double k)
    {
        Assert.Equal(ReluPair.Expectation(h, k, 1), ReluPair.Expectation(h, k, 1 - 1e-12), 1e-11);
        Assert.Equal(ReluPair.Expectation(h, k, -1), ReluPair.Expectation(h, k, -1 + 1e-12), 1e-11);
        Assert.Equal(ReluPair.Energy(h), ReluPair.Expectation(h, h, 1), 1e-15);
    }

    [Fact]
    public void Derivatives_are_those_of_the_expectation()
    {
        ForAll.Draws(50, draw =>
        {
            double[] w = [.. Enumerable.Range(0, 4).Select(_ => draw.Double(-1, 1))], v = [.. Enumerable.Range(0, 4).Select(_ => draw.Double(-1, 1))];
            double b = draw.Double(-1, 1), c = draw.Double(-1, 1);
            const double step = 1e-5;
            var gradient = new double[4];
            double toBias = ReluPair.Gradient(w, b, v, c, gradient);
            Assert.Equal((ReluPair.Expectation(w, b + step, v, c) - ReluPair.Expectation(w, b - step, v, c)) / (2 * step), toBias, 2e-8);
            for (int i = 0; i < 4; i++)
            {
                double[] up = [.. w], down = [.. w];
                (up[i], down[i]) = (w[i] + step, w[i] - step);
                Assert.Equal((ReluPair.Expectation(up, b, v, c) - ReluPair.Expectation(down, b, v, c)) / (2 * step), gradient[i], 2e-8);
            }
        });
    }

    [Fact]
    public void A_neuron_without_weights_is_a_constant()
    {
        Assert.Equal(2 * ReluPair.Mean(0.5), ReluPair.Expectation([0.0, 0], 2, [1.0, 0], 0.5), 1e-15);
        Assert.Throws<ArgumentException>(() => ReluPair.Gradient([0.0, 0], 2, [1.0, 0], 0.5, new double[2]));
        Assert.Throws<ArgumentException>(() => ReluPair.Expectation([1.0], 0, [1.0, 2], 0));
    }

    [Theory] // printed in the specification of the studies
    [InlineData(0, 0.5)]
    [InlineData(0.5, 1.0403607400)]
    [InlineData(-1, 0.0753397833)]
    [InlineData(2, 4.9942312733)]
    public void The_energy_has_its_known_values_and_is_the_sum_of_squares(double beta, double expected)
    {
        Assert.Equal(expected, ReluPair.Energy(beta), 6e-11);
        Assert.Equal(expected, HermiteRelu.Coefficients(beta, 100_000).Sum(c => c * c), 1e-7);
    }

    [Fact]
    public void The_first_coefficients_without_bias_are_known()
    {
        double[] expected = [0.39894228, 0.5, 0.28209479, 0, -0.08143375, 0];
        Assert.All(HermiteRelu.Coefficients(0, 6).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 5e-9));
    }

    [Theory] // degree 0, 1, 2, 3, 4, 8, 16, 32, 64
    [InlineData(0, ".6817 .1817 .02254 .02254 .00927 .00352 .00128 .000461 .000164")]
    [InlineData(.5, ".5320 .0724 .01283 .00786 .00507 .00179 .00059 .000197 .000071")]
    [InlineData(1, ".3902 .0225 .00725 .00218 .00218 .00059 .00021 .000074 .000027")]
    [InlineData(-1, ".9079 .5738 .1852 .0557 .0557 .0150 .0054 .0019 .00068")]
    [InlineData(-2, ".9875 .8978 .6451 .3082 .1188 .0504 .0169 .0057 .0019")]
    public void Shares_above_a_degree_have_their_known_values(double beta, string printed)
    {
        int[] degrees = [0, 1, 2, 3, 4, 8, 16, 32, 64];
        foreach ((int degree, string value) in degrees.Zip(printed.Split(' ')))
        {
            double lastDigit = double.Parse("1e-" + (value.Length - 1)); // values begin with the point
            Assert.Equal(double.Parse(value), HermiteRelu.ShareAbove(beta, degree), 0.51 * lastDigit);
        }
    }
}
