using SeedHead.Complexity;

namespace SeedHead.Tests.Complexity;

/// <summary>Golden values at n = 64: an independent computation in double; those of polynomials are exact by definition.</summary>
public class PolynomialOrderTests
{
    [Theory]
    [InlineData("x", 1, 1e-11)]
    [InlineData("x+y", 1, 1e-11)]
    [InlineData("xy", 2, 1e-11)]
    [InlineData("T5", 5, 1e-10)]
    [InlineData("T3T4", 7, 1e-10)]
    [InlineData("exp", 1.7206, 5e-5)]
    [InlineData("relu", 2.2269, 5e-5)]
    [InlineData("|x|", 4.2023, 5e-5)]
    [InlineData("sign", 13.161, 5e-4)]
    [InlineData("noise", 63.2, 1.0)] // one picture
    public void Chebyshev_order_has_its_golden_values(string name, double expected, double digits)
    {
        var measure = new ChebyshevOrder();
        Assert.Equal(expected, Functions.On(measure.Sampling, 64, name).By(measure).Value, digits);
    }

    [Theory]
    [InlineData("x", 1)]
    [InlineData("x+y", 1)]
    [InlineData("xy", 2)]
    [InlineData("x²", 2)]
    [InlineData("P5", 5)]
    [InlineData("P3P4", 7)]
    public void Legendre_order_of_polynomials_is_exact(string name, double expected)
    {
        var measure = new LegendreOrder();
        Assert.Equal(expected, Functions.On(measure.Sampling, 64, name).By(measure).Value, 1e-10);
        Assert.Equal(expected, Functions.On(measure.Sampling, 9, name).By(measure).Value, 1e-12); // an odd count has a node at 0
    }

    [Fact]
    public void Largest_order_takes_the_larger_of_two()
    {
        var chebyshev = new ChebyshevOrder(OrderRule.Largest);
        var legendre = new LegendreOrder(OrderRule.Largest);
        Assert.Equal(4, Functions.On(chebyshev.Sampling, 32, "T3T4").By(chebyshev).Value, 1e-11);
        Assert.Equal(4, Functions.On(legendre.Sampling, 32, "P3P4").By(legendre).Value, 1e-11);
    }

    [Fact]
    public void One_input_has_the_order_of_its_polynomial()
    {
        var chebyshev = new ChebyshevOrder();
        var legendre = new LegendreOrder();
        Assert.Equal(3, FunctionValues.Of(chebyshev.Sampling, 20, x => 4 * x * x * x - 3 * x).By(chebyshev).Value, 1e-12);
        Assert.Equal(3, FunctionValues.Of(legendre.Sampling, 20, x => (5 * x * x * x - 3 * x) / 2).By(legendre).Value, 1e-12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(301)]
    public void Quadrature_integrates_powers_exactly(int side)
    {
        GaussLegendre rule = GaussLegendre.Of(side);
        for (int power = 0; power < Math.Min(2 * side, 12); power++)
        {
            double sum = Enumerable.Range(0, side).Sum(i => rule.Weights[i] * Enumerable.Repeat(rule.Nodes[i], power).Aggregate(1.0, (a, b) => a * b));
            Assert.Equal(power % 2 == 0 ? 2.0 / (power + 1) : 0, sum, 1e-13);
        }
    }
}
