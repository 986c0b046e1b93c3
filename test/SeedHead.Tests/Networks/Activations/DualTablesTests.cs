using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Tests.Networks;

public class DualTablesTests
{
    private const string Wave = "[x + 0.3*sin(2*x)]"; // no closed form, not known to be analytic

    public static TheoryData<string> All => ["tanh", "sigmoid", "silu", "softplus", "gelutanh", "elu", "selu", Wave];

    [Theory, MemberData(nameof(All))]
    public void Rows_are_near_the_quadrature_of_single_pairs(string text)
    {
        var activation = Activation.Parse(text);
        ForAll.Draws(25, draw =>
        {
            double theta = draw.Of(draw.Double(0, Math.PI), draw.Double(1e-4, 1e-2), Math.PI - draw.Double(1e-4, 1e-2));
            (double a, double b) = (draw.Double(0.5, 2), draw.Double(0.5, 2));
            AssertNear(activation, a, draw.Of(b, a * (1 + 1e-9)), theta, 1e-12, 1e-11);
        });
    }

    [Theory] // octaves far apart, and variances where the tables need more angles
    [InlineData("tanh", 1e-6, 3.5)]
    [InlineData("tanh", 150, 130)]
    [InlineData("silu", 0.01, 40)]
    [InlineData("selu", 1e-5, 700)]
    public void Other_octaves_are_near_too(string text, double a, double b)
    {
        foreach (double theta in (double[])[0.01, 0.2, 1.5, 3, 3.14])
        {
            AssertNear(Activation.Parse(text), a, b, theta, 1e-12, 1e-11);
        }
    }

    [Fact] // Gauss rules in polar coordinates whose panels end where u or v is 0, by NumPy
    public void Rows_have_the_values_of_another_quadrature()
    {
        Assert.Equal(0.7414772549981407, Row("tanh", 126.5, 165.5, 0.3926).Dual, 1e-13);
        Assert.Equal(0.2361851511617075, Row("tanh", 1.302, 8.717, 3.124).OfGradient, 1e-13);
        Assert.Equal(0.8145397247824882, Row("selu", 5.042, 5.046, 1e-4).OfGradient, 1e-12);
        Assert.Equal(0.8144679421671128, Row("selu", 5.042, 5.046, 1e-3).OfGradient, 1e-12);
    }

    [Theory, MemberData(nameof(All))]
    public void Rows_are_symmetric_to_the_last_bit(string text) => ForAll.Draws(60, draw =>
    {
        (double a, double b, double theta) = (draw.Double(0.5, 2), draw.Double(0.5, 2), draw.Double(0, Math.PI));
        Assert.Equal(Row(text, a, b, theta), Row(text, b, a, theta));
    });

    [Theory, MemberData(nameof(All))]
    public void The_diagonal_is_the_mean_square_and_bounds_the_rest(string text) => ForAll.Draws(20, draw =>
    {
        (double a, double b) = (draw.Double(0.5, 2), draw.Double(0.5, 2));
        double own = Row(text, a, a, 0).Dual, other = Row(text, b, b, 0).Dual;
        Assert.Equal(Activation.Parse(text).Dual(a, a, a), own, 1e-12 * own);
        Assert.InRange(Math.Abs(Row(text, a, b, draw.Of(0, 1e-7, Math.PI)).Dual), 0, Math.Sqrt(own * other) * (1 + 1e-12));
    });

    [Theory, MemberData(nameof(All))]
    public void A_number_depends_on_neither_its_row_nor_the_gradient_beside_it(string text)
    {
        var activation = Activation.Parse(text);
        var draw = new Draw(3);
        const double a = 1.25;
        double[] b = [0, 1e-40, .. draw.Doubles(600, 0.6, 1.9)], c = [.. b.Select(v => draw.Double(-1, 1) * Math.Sqrt(a * v))];
        double[] dual = [.. c], gradient = new double[b.Length], alone = [.. c];
        activation.Duals(a, b, dual, gradient);
        activation.Duals(a, b, alone, []);
        Assert.Equal(dual, alone);
        for (int j = 0; j < b.Length; j += j < 2 ? 1 : 23)
        {
            (double value, double slope) = (c[j], 0);
            activation.Duals(a, new(in b[j]), new(ref value), new(ref slope));
            Assert.Equal((dual[j], gradient[j]), (value, slope));
        }
    }

    [Fact]
    public void A_Gram_matrix_has_the_same_bits_on_any_threads_with_or_without_its_tangent()
    {
        var kernel = new LimitKernel(Architecture.Parse("6-64-tanh-64-silu-1"), WeightPrior.Parse("lecun-normal"));
        var rows = new Numbers(new Draw(8).Floats(6 * 40), 6);
        using LimitGram one = kernel.Gram(rows, tangent: false, new Execution { Threads = 1 }), four = kernel.Gram(rows, tangent: true, new Execution { Threads = 4 });
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(one.Nngp.Row(i).ToArray(), four.Nngp.Row(i).ToArray());
        }
    }

    [Theory] // kinks away from 0: no polynomial of moderate degree
    [InlineData("[abs(x - 0.3)]")]
    [InlineData("[0*x]")]
    public void A_function_without_a_table_takes_the_quadrature(string text)
    {
        Assert.Null(DualTables.Of(new Formula(FormulaReader.Read(text[1..^1]))).Table(0, 0, false));
        Assert.Equal(Activation.Parse(text).Dual(1.5, 1.25, 0.5), RowAt(text, 1.5, 1.25, 0.5).Dual);
    }

    [Fact]
    public void Variances_beyond_the_tables_take_the_quadrature()
    {
        foreach ((double a, double b) in ((double, double)[])[(0, 1), (1e-30, 2), (double.Epsilon, 1)])
        {
            double c = 0.4 * Math.Sqrt(a * b);
            Assert.Equal((Activation.Parse("tanh").Dual(a, b, c), Activation.Parse("tanh").DualOfGradient(a, b, c)), RowAt("tanh", a, b, c));
        }
    }

    [Fact]
    public void A_variance_is_found_again_from_its_octave_and_place() => ForAll.Draws(100, draw =>
    {
        double variance = Math.ScaleB(draw.Double(1, 2), draw.Int(Octave.Least, Octave.Most));
        double place = Octave.Place(System.Runtime.Intrinsics.Vector256.Create(variance))[0];
        Assert.InRange(place, -1, 1);
        Assert.Equal(variance, Octave.At(Octave.Of(variance), place), 1e-15 * variance);
    });

    [Fact]
    public void The_smoothed_elu_goes_on_where_its_exponential_overflows()
    {
        double before = SmoothedElu.Derivative(1, -1, 37.4) - Elementary.NormalCdf(-1 / 37.4), after = SmoothedElu.Derivative(1, -1, 37.5) - Elementary.NormalCdf(-1 / 37.5);
        Assert.Equal(1, after * 37.5 / (before * 37.4), 1e-5); // E[e^x; x < 0] falls like 1/s
        Assert.InRange(SmoothedElu.Value(1, -1, 60), 0, 60);
    }

    private static void AssertNear(Activation activation, double a, double b, double theta, double allowed, double allowedOfGradient)
    {
        double c = Elementary.Cos(theta) * Math.Sqrt(a * b);
        (double dual, double gradient) = RowAt(activation.Text, a, b, c);
        Assert.Equal(activation.Dual(a, b, c), dual, allowed * Math.Sqrt(activation.Dual(a, a, a) * activation.Dual(b, b, b)));
        Assert.Equal(activation.DualOfGradient(a, b, c), gradient, allowedOfGradient * Math.Sqrt(activation.DualOfGradient(a, a, a) * activation.DualOfGradient(b, b, b)));
    }

    private static (double Dual, double OfGradient) Row(string text, double a, double b, double theta) => RowAt(text, a, b, theta == 0 ? Math.Sqrt(a * b) : Elementary.Cos(theta) * Math.Sqrt(a * b));

    private static (double Dual, double OfGradient) RowAt(string text, double a, double b, double c)
    {
        (double dual, double gradient) = (c, 0);
        Activation.Parse(text).Duals(a, new(in b), new(ref dual), new(ref gradient));
        return (dual, gradient);
    }
}
