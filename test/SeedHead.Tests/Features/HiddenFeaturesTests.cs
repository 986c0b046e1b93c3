using SeedHead.Features;
using SeedHead.Networks;

namespace SeedHead.Tests.Features;

public class HiddenFeaturesTests
{
    // D(a, b, c) = E[φ(u)φ(v)] at (1, 2, 0.7) and (1.3, 0.6, −0.45): closed forms, checked against two-dimensional quadrature
    [Theory]
    [InlineData("relu", 1, 2, 0.7, 0.4282608116)]
    [InlineData("relu", 1.3, 0.6, -0.45, 0.0467375020)]
    [InlineData("step", 1, 2, 0.7, 0.3324113476)]
    [InlineData("abs", 1.3, 0.6, -0.45, 0.6369500079)]
    [InlineData("erf", 1, 2, 0.7, 0.2354557803)]
    [InlineData("erf", 1.3, 0.6, -0.45, -0.2072321683)]
    [InlineData("gelu", 1, 2, 0.7, 0.3373550941)]
    [InlineData("tanh", 1.3, 0.6, -0.45, -0.17723595)]
    [InlineData("gaussian", 1, 2, 0.7, 0.2769243878)]
    [InlineData("sin", 1, 2, 0.7, 0.1692629029)]
    [InlineData("sin", 1.3, 0.6, -0.45, -0.1799668479)]
    public void Mean_products_of_hidden_units_estimate_the_dual_activation(string activation, double a, double b, double c, double exact)
    {
        Rows rows = WithProducts(a, b, c);
        HiddenFeatures map = Unscaled(rows, $"2-1-{activation}", "lecun-normal");
        float[][] phi = rows.Map(map);
        KernelEstimate.IsUnbiased([.. phi[0].Select(value => value / phi[0].Length)], phi[1], exact, 1);
    }

    [Fact]
    public void Biases_add_their_variance_to_the_kernel()
    {
        Rows rows = WithProducts(0.5, 1.5, 0.2); // with bias variance ½: (1, 2, 0.7)
        HiddenFeatures map = Unscaled(rows, "2-1-relu", "lecun-normal+bias-normal:0.70710678");
        float[][] phi = rows.Map(map);
        KernelEstimate.IsUnbiased([.. phi[0].Select(value => value / phi[0].Length)], phi[1], 0.4282608116, 1);
    }

    [Theory]
    [InlineData("7-1-relu")]
    [InlineData("7-64-relu-1-sin")]
    public void A_width_has_the_first_features_of_twice_the_width(string net)
    {
        Rows rows = Rows.Normal(5, 7);
        var options = new FeatureOptions { Net = Architecture.Parse(net) };
        float[][] few = rows.Map(FeatureMaps.Create(options, 100, 3, rows)), many = rows.Map(FeatureMaps.Create(options, 200, 3, rows));
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(Rows.Bits(few[i]), Rows.Bits(many[i][..100])));
    }

    [Fact]
    public void Inputs_of_any_size_give_the_same_features()
    {
        Rows small = Rows.Normal(40, 5, scale: 1 / 1024f), large = Rows.Normal(40, 5, scale: 4);
        float[][] a = small.Map(FeatureMaps.Create(new(), 64, 3, small)), b = large.Map(FeatureMaps.Create(new(), 64, 3, large));
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(Rows.Bits(a[i]), Rows.Bits(b[i]))); // powers of 2 change no digit
    }

    [Fact]
    public void All_layers_end_with_the_last_one()
    {
        Rows rows = Rows.Normal(5, 7);
        var options = new FeatureOptions { Net = Architecture.Parse("7-20-relu-9-sin-1"), AllLayers = true };
        float[][] all = rows.Map(FeatureMaps.Create(options, 50, 3, rows)), last = rows.Map(FeatureMaps.Create(options with { AllLayers = false }, 30, 3, rows));
        float[][] first = rows.Map(FeatureMaps.Create(new() { Net = Architecture.Parse("7-1-relu") }, 20, 3, rows));
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(Rows.Bits([.. first[i], .. last[i]]), Rows.Bits(all[i])));
    }

    [Fact]
    public void Several_networks_share_the_width()
    {
        Rows rows = Rows.Normal(5, 7);
        var options = new FeatureOptions { Net = Architecture.Parse("7-8-relu-9-sin"), Networks = 3 };
        FeatureMap map = FeatureMaps.Create(options, 32, 3, rows); // 12, 10 and 10 units
        Assert.Equal(32, map.FeatureCount);
        float[][] several = rows.Map(map), one = rows.Map(FeatureMaps.Create(options with { Networks = 1 }, 12, 3, rows));
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(Rows.Bits(one[i]), Rows.Bits(several[i][..12])));
        Assert.NotEqual(several[0][12..22], several[0][22..]);
    }

    [Fact]
    public void Networks_that_do_not_fit_are_refused()
    {
        Rows rows = Rows.Normal(5, 7);
        void Refused(FeatureOptions options, int width, string message) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => FeatureMaps.Create(options, width, 3, rows)).Message, StringComparison.Ordinal);
        Refused(new() { Net = Architecture.Parse("8-64-relu-1") }, 10, "reads 8 numbers but the preprocessed inputs have 7 columns");
        Refused(new() { Net = Architecture.Parse("7-3") }, 10, "has no hidden layer");
        Refused(new() { Net = Architecture.Parse("7-20-relu-9-sin"), AllLayers = true }, 20, "20 features do not hold the 20 units");
        Refused(new() { Net = Architecture.Parse("7-20-relu"), Networks = 11 }, 10, "11 networks");
    }

    /// <summary>Two rows x, y with x·x/d = a, y·y/d = b and x·y/d = c, d = 2.</summary>
    private static Rows WithProducts(double a, double b, double c)
    {
        double x = Math.Sqrt(2 * a), y = 2 * c / x;
        return new([[(float)x, 0], [(float)y, (float)Math.Sqrt((2 * b) - (y * y))]]);
    }

    /// <summary>A map of 100,000 features that multiplies inputs by 1: the bandwidth undoes the scale that is set from the data.</summary>
    private static HiddenFeatures Unscaled(Rows rows, string net, string prior)
    {
        var options = new FeatureOptions { Net = Architecture.Parse(net), Prior = WeightPrior.Parse(prior) };
        double scale = ((HiddenFeatures)FeatureMaps.Create(options, 1, 11, rows)).InputScale;
        var map = (HiddenFeatures)FeatureMaps.Create(options with { Bandwidth = scale }, 100_000, 11, rows);
        Assert.Equal(1, map.InputScale, 1e-12);
        return map;
    }
}
