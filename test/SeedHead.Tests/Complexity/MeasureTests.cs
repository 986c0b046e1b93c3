using SeedHead.Complexity;

namespace SeedHead.Tests.Complexity;

public class MeasureTests
{
    public static TheoryData<string> Names => [.. Measures.Names, "chebyshev:max", "legendre:max", "lz78:100", "lz76:2:snake", "lzw:columns", "tv:raw"];

    [Theory, MemberData(nameof(Names))]
    public void Names_are_read_back(string name)
    {
        IComplexityMeasure measure = Measures.Parse(name);
        Assert.Equal(name, measure.Name);
        Assert.NotEmpty(measure.Meaning);
    }

    [Theory]
    [InlineData("furier", "Did you mean \"fourier\"?")]
    [InlineData("lz78:1", "lz78 does not take that")]
    [InlineData("rank:3", "rank does not take that")]
    public void Unknown_names_are_refused_with_what_is_allowed(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Measures.Parse(name)).Message, StringComparison.Ordinal);

    [Theory, MemberData(nameof(Names))]
    public void A_constant_is_undefined_and_so_is_one_up_to_rounding(string name)
    {
        IComplexityMeasure measure = Measures.Parse(name);
        var constant = new FunctionValues(measure.Sampling, 16, 16, [.. Enumerable.Repeat(0.1, 256)]);
        var rounded = new FunctionValues(measure.Sampling, 16, 16, [.. Enumerable.Range(0, 256).Select(i => i % 3 == 0 ? 0.1 : Math.BitIncrement(0.1))]);
        Assert.Equal(UndefinedCause.Constant, constant.By(measure).Cause);
        Assert.Equal(UndefinedCause.Constant, rounded.By(measure).Cause);
        Assert.Throws<InvalidOperationException>(() => constant.By(measure).Value);
    }

    [Theory, MemberData(nameof(Names))]
    public void Infinities_are_undefined(string name)
    {
        IComplexityMeasure measure = Measures.Parse(name);
        var values = new FunctionValues(measure.Sampling, 16, 16, [.. Enumerable.Range(0, 256).Select(i => i == 100 ? double.PositiveInfinity : i)]);
        Assert.Equal(UndefinedCause.NotFinite, values.By(measure).Cause);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_multiple_has_the_same_complexity(string name)
    {
        IComplexityMeasure measure = Measures.Parse(name);
        foreach (string function in (string[])["relu", "exp", "noise"])
        {
            FunctionValues values = Functions.On(measure.Sampling, 32, function);
            var moved = new FunctionValues(measure.Sampling, 32, 32, Array.ConvertAll(values.Span.ToArray(), value => 4 * value)); // exact
            ComplexityValue a = values.By(measure), b = moved.By(measure);
            Assert.Equal(a.Cause, b.Cause);
            Assert.True(!a.IsDefined || Math.Abs(a.Value * (name == "tv:raw" ? 4 : 1) - b.Value) <= 1e-12 * b.Value);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Values_near_the_ends_of_double_are_measured_without_overflow(string name)
    {
        IComplexityMeasure measure = Measures.Parse(name);
        FunctionValues values = Functions.On(measure.Sampling, 32, "relu");
        foreach (int exponent in new[] { 900, -900 })
        {
            var far = new FunctionValues(measure.Sampling, 32, 32, Array.ConvertAll(values.Span.ToArray(), value => Math.ScaleB(value, exponent)));
            Assert.True(name == "volume" || values.By(measure).IsDefined);
            Assert.Equal(values.By(measure).Cause, far.By(measure).Cause);
            Assert.Equal(name == "volume" ? 0 : values.By(measure).Value, name == "volume" ? 0 : name == "tv:raw" ? Math.ScaleB(far.By(measure).Value, -exponent) : far.By(measure).Value);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Noise_is_more_complex_than_a_smooth_function(string name)
    {
        IComplexityMeasure measure = Measures.Parse(name);
        ComplexityValue smooth = Functions.On(measure.Sampling, 32, "relu").By(measure), noise = Functions.On(measure.Sampling, 32, "noise").By(measure);
        Assert.True(name switch
        {
            "simba" => smooth.Value > noise.Value, // simplicity
            "volume" => smooth.Cause == UndefinedCause.NotResolved, // needs weights
            "regions" => smooth.IsDefined && noise.Cause == UndefinedCause.NotResolved,
            _ => smooth.Value < noise.Value,
        });
    }

    [Fact]
    public void A_grid_that_is_too_small_or_elsewhere_is_refused()
    {
        var measure = new ChebyshevOrder();
        Assert.Contains("at least 4 points", Assert.Throws<ArgumentException>(() => FunctionValues.Of(measure.Sampling, 3, x => x).By(measure)).Message, StringComparison.Ordinal);
        Assert.Contains("chebyshev reads values of", Assert.Throws<ArgumentException>(() => FunctionValues.Of(Sampling.UniformGrid, 8, x => x).By(measure)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Total_variation_counts_every_way_up_and_down()
    {
        var tv = new TotalVariation();
        Assert.Equal(1, FunctionValues.Of(tv.Sampling, 101, x => x * x * x).By(tv).Value, 1e-12); // monotone
        Assert.Equal(2, FunctionValues.Of(tv.Sampling, 101, x => Math.Abs(x)).By(tv).Value, 1e-12); // down and up
        Assert.Equal(4, FunctionValues.Of(tv.Sampling, 101, x => x * x * 2).By(new TotalVariation(asPrinted: true)).Value, 1e-12);
    }

    [Fact]
    public void Sensitivity_of_a_linear_function_is_its_slope_over_its_deviation()
    {
        // Points −1, …, 1: sd of x is √((n + 1)/(3(n − 1))).
        double deviation = Math.Sqrt(65.0 / (3 * 63));
        Assert.Equal(1 / deviation, Functions.On(Sampling.UniformGrid, 64, "x").By(new Sensitivity()).Value, 1e-12);
        Assert.Equal(1 / deviation, Functions.On(Sampling.UniformGrid, 64, "x+y").By(new Sensitivity()).Value, 1e-12); // √2 over √2
    }

    [Theory]
    [InlineData("x", 1)]
    [InlineData("xy", 1)]
    [InlineData("x+y", 2)] // two equal singular values
    public void Effective_rank_counts_products(string name, double expected) =>
        Assert.Equal(expected, Functions.On(Sampling.UniformGrid, 32, name).By(new EffectiveRank()).Value, 1e-9);

    [Fact]
    public void Linear_pieces_are_counted_one_by_one()
    {
        var regions = new LinearRegions();
        Assert.Equal(1, FunctionValues.Of(regions.Sampling, 1000, x => 3 * x + 1).By(regions).Value);
        Assert.Equal(2, FunctionValues.Of(regions.Sampling, 1000, x => Math.Abs(x - 0.1234)).By(regions).Value);
        Assert.Equal(4, FunctionValues.Of(regions.Sampling, 1001, x => Math.Abs(x) + Math.Max(0, x - 0.5) - Math.Max(0, x + 0.7)).By(regions).Value); // kinks at points
        Assert.Equal(UndefinedCause.NotResolved, FunctionValues.Of(regions.Sampling, 1000, x => x * x).By(regions).Cause);
    }
}
