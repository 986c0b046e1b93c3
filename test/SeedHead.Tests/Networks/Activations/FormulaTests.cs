using SeedHead.Networks;

namespace SeedHead.Tests.Networks.Activations;

public class FormulaTests
{
    private static readonly float[] Points = [.. Enumerable.Range(-80, 161).Select(i => i / 16f)];

    [Theory]
    [InlineData("[max(x, 0)]", "relu", 0)]
    [InlineData("[relu(x)]", "relu", 0)]
    [InlineData("[x*x]", "square", 0)]
    [InlineData("[x^2]", "square", 0)]
    [InlineData("[tanh(x)]", "tanh", 0)]
    [InlineData("[abs(x)]", "abs", 0)]
    [InlineData("[step(x)]", "step", 0)]
    [InlineData("[x * sigmoid(x)]", "silu", 1e-6)]
    [InlineData("[exp(-x^2)]", "gaussian", 2e-6)]
    [InlineData("[log(1 + exp(x))]", "softplus", 2e-6)]
    [InlineData("[x*(1 + erf(x/sqrt(2)))/2]", "gelu", 1e-6)]
    public void A_formula_of_a_known_activation_has_its_values_and_derivatives(string formula, string known, double allowed)
    {
        Activation ours = Activation.Parse(formula), theirs = Activation.Parse(known);
        foreach (float x in Points)
        {
            Assert.InRange(Math.Abs(ours.Value(x) - theirs.Value(x)), 0, allowed * Math.Max(1, Math.Abs(theirs.Value(x))));
            Assert.InRange(Math.Abs(ours.Derivative(x) - theirs.Derivative(x)), 0, Math.Max(2 * allowed, 1e-6) * Math.Max(1, Math.Abs(theirs.Derivative(x))));
        }
    }

    [Theory]
    [InlineData("[x + sin(x)^2]")]
    [InlineData("[(x - 1)^5/(2 + cos(3*x))]")]
    [InlineData("[sqrt(1 + x^2) - softplus(-x)*tanh(x)]")]
    [InlineData("[min(x, 2)*max(-1.25, x) + abs(x - 0.3)]")]
    [InlineData("[log(2 + sigmoid(x))/erf(3 + x^2)]")]
    [InlineData("[x^13 - pi*x]")]
    public void Derivatives_are_those_of_differences_in_double(string formula)
    {
        var f = new Formula(FormulaReader.Read(formula[1..^1]));
        const double h = 1e-5;
        foreach (double x in (double[])[-1.9, -0.77, 0.11, 1.4, 1.95])
        {
            double difference = (f.Precise(x + h) - f.Precise(x - h)) / (2 * h), exact = f.PreciseDerivative(x);
            Assert.InRange(Math.Abs(difference - exact), 0, 1e-6 * Math.Max(1, Math.Abs(exact)));
            Assert.InRange(Math.Abs(Activation.Parse(formula).Derivative((float)x) - exact), 0, 1e-5 * Math.Max(1, Math.Abs(exact)));
        }
    }

    [Theory]
    [InlineData("-x^2", -9)] // a power binds before the sign
    [InlineData("2 - x - 1", -2)]
    [InlineData("12/x/2", 2)]
    [InlineData("x^3 - 2*x^2 + x", 12)]
    [InlineData("--x", 3)]
    [InlineData("max(x, 2*x) - min(x, 4)", 3)]
    public void Operations_bind_as_in_mathematics(string formula, double atThree) => Assert.Equal(atThree, new Formula(FormulaReader.Read(formula)).Precise(3), 12);

    [Theory]
    [InlineData("tanh(x)", "tanh")]
    [InlineData("x*sigmoid(x)", "silu")]
    public void Duals_are_those_of_the_same_function_written_out(string formula, string known)
    {
        Activation ours = Activation.Parse($"[{formula}]"), theirs = Activation.Parse(known);
        foreach ((double a, double b, double c) in ((double, double, double)[])[(1, 2, 0.7), (0.5, 0.5, -0.2), (3, 1, 1.7)])
        {
            Assert.Equal(theirs.Dual(a, b, c), ours.Dual(a, b, c), 1e-11);
            Assert.Equal(theirs.DualOfGradient(a, b, c), ours.DualOfGradient(a, b, c), 1e-11);
        }
    }

    [Fact]
    public void Two_formulas_in_turn_keep_their_own_duals()
    {
        Activation once = Activation.Parse("[x]"), twice = Activation.Parse("[2*x]");
        Assert.Equal(0.7, once.Dual(1, 2, 0.7), 1e-10);
        Assert.Equal(2.8, twice.Dual(1, 2, 0.7), 1e-10);
        Assert.Equal(0.7, once.Dual(1, 2, 0.7), 1e-10);
    }

    [Theory]
    [InlineData("[]", "no activation")]
    [InlineData("[3 + pi]", "no x")]
    [InlineData("[x +]", "missing")]
    [InlineData("[x))]", "not expected")]
    [InlineData("[tan(x)]", "Did you mean 'tanh'")]
    [InlineData("[x^2.5]", "whole number")]
    [InlineData("[x^99]", "from 1 to 64")]
    [InlineData("[max(x)]", "\",\" is expected")]
    [InlineData("[1e999*x]", "")]
    [InlineData("[x 2]", "not expected")]
    public void A_faulty_formula_is_refused_with_its_place(string text, string said)
    {
        FormatException error = Assert.Throws<FormatException>(() => Activation.Parse(text));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Brackets_nested_too_deep_are_refused() =>
        Assert.Throws<FormatException>(() => Activation.Parse($"[{string.Concat(Enumerable.Repeat("x+(", 80))}x{new string(')', 80)}]"));

    [Theory]
    [InlineData("2-3*(64-[x - 0.5*sin(2*x)])-1")]
    [InlineData("2-res([x*(1 - x)])-gated(8-[tanh(x)-x])-1")]
    public void A_network_with_formulas_is_read_and_written(string text) => Assert.Equal(text, Architecture.Parse(text).ToString());

    [Fact]
    public void A_formula_without_its_end_is_refused_at_its_place() =>
        Assert.Contains("position 6", Assert.Throws<FormatException>(() => Architecture.Parse("2-64-[x+1-1")).Message, StringComparison.Ordinal);

    [Fact]
    public void Not_a_number_stays_one()
    {
        foreach (string formula in (string[])["[max(x, 0)]", "[abs(x)]", "[step(x)]", "[min(1, x)]"])
        {
            Assert.True(float.IsNaN(Activation.Parse(formula).Value(float.NaN)), formula);
        }
    }
}
