using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Tests.Networks;

public class DualTests
{
    private static readonly string[] Jumping = ["step", "sign"];
    private static readonly string[] Kinked = ["relu", "leaky0.1", "abs", "elu", "selu", .. Jumping];

    public static TheoryData<string> All => [.. Activation.Names.Where(name => name != "leaky"), "leaky0.1"];

    public static TheoryData<string> Closed => [.. Activation.Names.Except(["leaky", "tanh", "sigmoid", "silu", "softplus", "gelutanh", "elu", "selu"]), "leaky0.1"];

    public static TheoryData<string> Smooth => [.. Activation.Names.Except(Kinked).Where(name => name != "leaky")];

    public static TheoryData<string> WithSlope => [.. Activation.Names.Except(Jumping).Where(name => name != "leaky"), "leaky0.1"];

    [Theory] // closed forms checked against two-dimensional quadrature: at (1, 2, 0.7) and (1.3, 0.6, −0.45)
    [InlineData("step", 0.3324113476, 0.1649106302)]
    [InlineData("relu", 0.4282608116, 0.0467375020)]
    [InlineData("leaky0.1", 0.4168912574, -0.0071426234)]
    [InlineData("abs", 1.0130432465, 0.6369500079)]
    [InlineData("sign", 0.3296453903, -0.3403574792)]
    [InlineData("erf", 0.2354557803, -0.2072321683)]
    [InlineData("gelu", 0.3373550941, -0.0279379068)]
    [InlineData("sin", 0.1692629029, -0.1799668479)]
    [InlineData("cos", 0.2800660612, 0.4265638118)]
    [InlineData("gaussian", 0.2769243878, 0.3750293003)]
    [InlineData("square", 2.98, 1.185)]
    [InlineData("id", 0.7, -0.45)]
    public void Closed_duals_have_the_known_values(string text, double first, double second)
    {
        var activation = Activation.Parse(text);
        Near(first, activation.Dual(1, 2, 0.7), 1e-9);
        Near(second, activation.Dual(1.3, 0.6, -0.45), 6e-9); // ten decimals are given, seven digits of the smallest
    }

    [Theory] // eight decimals from quadrature
    [InlineData("tanh", 0.20741250, -0.17723595, 6e-9)]
    [InlineData("sigmoid", 0.27641039, 0.23028904, 6e-9)]
    [InlineData("silu", 0.27447284, -0.06538066, 6e-9)]
    [InlineData("softplus", 0.91181658, 0.53041660, 6e-9)]
    [InlineData("elu", 0.43951132, -0.23851830, 6e-9)]
    [InlineData("selu", 0.630951, -0.447872, 1.5e-6)]
    public void Duals_by_quadrature_have_the_known_values(string text, double first, double second, double allowed)
    {
        var activation = Activation.Parse(text);
        Assert.Equal(first, activation.Dual(1, 2, 0.7), allowed);
        Assert.Equal(second, activation.Dual(1.3, 0.6, -0.45), allowed);
    }

    [Theory] // the same source; relu′ is step, abs′ is sign
    [InlineData("relu", 0.3324113476, 0.1649106302)]
    [InlineData("abs", 0.3296453903, -0.3403574792)]
    [InlineData("erf", 0.3525910815, 0.4775021356)]
    [InlineData("gelu", 0.3442903538, 0.1605683183)]
    [InlineData("sin", 0.2800660612, 0.4265638118)]
    [InlineData("cos", 0.1692629029, -0.1799668479)]
    [InlineData("square", 2.8, -1.8)]
    [InlineData("id", 1, 1)]
    [InlineData("step", 0, 0)]
    public void Duals_of_the_gradient_have_the_known_values(string text, double first, double second)
    {
        var activation = Activation.Parse(text);
        Near(first, activation.DualOfGradient(1, 2, 0.7), 1e-9);
        Near(second, activation.DualOfGradient(1.3, 0.6, -0.45), 1e-9);
    }

    [Theory, MemberData(nameof(Smooth))] // in the plane the trapezoidal rule errs by less than 10⁻¹² for these functions
    public void Duals_of_smooth_functions_are_the_double_integrals(string text)
    {
        var activation = Activation.Parse(text);
        Func<double, double> phi = PreciseActivation.Of(activation);
        foreach ((double a, double b, double c) in ((double, double, double)[])[(1, 2, 0.7), (1.3, 0.6, -0.45), (0.5, 0.5, 0.4999), (1, 1, -1), (2, 1, 0)])
        {
            double expected = DoubleIntegral(phi, a, b, c);
            Assert.Equal(expected, activation.Dual(a, b, c), 1e-10 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Theory, MemberData(nameof(WithSlope))] // Price's theorem: ∂E[φ(u)φ(v)]/∂c = E[φ′(u)φ′(v)]
    public void The_slope_of_the_dual_is_the_dual_of_the_gradient(string text)
    {
        var activation = Activation.Parse(text);
        ForAll.Draws(12, draw =>
        {
            double a = draw.Double(0.2, 3), b = draw.Double(0.2, 3), c = draw.Double(-0.9, 0.9) * Math.Sqrt(a * b), h = 1e-3 * Math.Sqrt(a * b);
            double slope = ((8 * (activation.Dual(a, b, c + h) - activation.Dual(a, b, c - h))) - activation.Dual(a, b, c + (2 * h)) + activation.Dual(a, b, c - (2 * h))) / (12 * h);
            Assert.Equal(slope, activation.DualOfGradient(a, b, c), 2e-8 * Math.Max(1, Math.Abs(slope)));
        });
    }

    [Theory, MemberData(nameof(All))]
    public void Duals_are_symmetric_and_bounded(string text)
    {
        var activation = Activation.Parse(text);
        ForAll.Draws(30, draw =>
        {
            double a = draw.Double(0.01, 4), b = draw.Double(0.01, 4), c = draw.Of(draw.Double(-1, 1), 0.999999, -0.999999) * Math.Sqrt(a * b);
            double value = activation.Dual(a, b, c);
            Assert.Equal(value, activation.Dual(b, a, c));
            double bound = Math.Sqrt(activation.Dual(a, a, a) * activation.Dual(b, b, b));
            Assert.InRange(value, -bound * (1 + 1e-12), bound * (1 + 1e-12));
        });
    }

    [Theory, MemberData(nameof(All))]
    public void A_correlation_near_one_joins_the_diagonal(string text)
    {
        var activation = Activation.Parse(text);
        double exact = activation.Dual(1.5, 1.5, 1.5), beside = activation.Dual(1.5, 1.5, 1.5 * (1 - 1e-12));
        Assert.Equal(exact, beside, Jumping.Contains(text) ? 1e-5 : 1e-10); // beside a jump the dual falls like √(1 − ρ)
    }

    [Theory]
    [InlineData("relu", 0.5)]
    [InlineData("abs", 1)]
    [InlineData("id", 1)]
    [InlineData("leaky0.5", 0.625)]
    public void Diagonals_of_piecewise_linear_functions_are_exact(string text, double factor) =>
        ForAll.Draws(50, draw => Assert.Equal(factor * (draw.Double(0.1, 9) is var a ? a : 0), Activation.Parse(text).Dual(a, a, a)));

    [Theory, MemberData(nameof(Closed))]
    public void Rows_have_the_bits_of_pairs(string text)
    {
        var activation = Activation.Parse(text);
        var draw = new Draw(5);
        const double a = 1.25;
        double[] b = draw.Doubles(7, 0.1, 2), c = [.. b.Select(v => draw.Double(-1, 1) * Math.Sqrt(a * v))], dual = [.. c], gradient = new double[7];
        activation.Duals(a, b, dual, gradient);
        Assert.Equal(b.Zip(c, (v, covariance) => activation.Dual(a, v, covariance)), dual);
        Assert.Equal(b.Zip(c, (v, covariance) => activation.DualOfGradient(a, v, covariance)), gradient);
    }

    [Theory]
    [InlineData(-1, 1, 0)]
    [InlineData(1, double.NaN, 0)]
    [InlineData(1, 4, 2.1)]
    [InlineData(1, 4, double.NaN)]
    public void Impossible_pairs_are_refused(double a, double b, double c) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Parse("relu").Dual(a, b, c));

    private static void Near(double expected, double found, double relative) =>
        Assert.Equal(expected, found, relative * Math.Abs(expected));

    private static double DoubleIntegral(Func<double, double> phi, double a, double b, double c)
    {
        const double step = 0.08;
        const int count = 115;
        double root = Math.Sqrt(a), slope = c / root, rest = Math.Sqrt(Math.Max(b - (slope * slope), 0)), sum = 0;
        for (int i = -count; i <= count; i++)
        {
            for (int j = -count; j <= count; j++)
            {
                double x = step * i, y = step * j;
                sum += phi(root * x) * phi((slope * x) + (rest * y)) * Elementary.Exp(-((x * x) + (y * y)) / 2);
            }
        }

        return sum * step * step / (2 * Math.PI);
    }
}
