using SeedHead.Features;

namespace SeedHead.Tests.Features;

public class FeatureOptionsTests
{
    [Theory]
    [InlineData("fourrier", "Did you mean 'fourier'?")]
    [InlineData("hidden+wavelet", "'wavelet' are no features")]
    [InlineData("hidden+", "'' are no features")]
    [InlineData("hidden+raw+hidden", "joins \"hidden\" twice")]
    public void Wrong_features_are_refused_with_the_words_there_are(string features, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => new FeatureOptions { Features = features });
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused_even_through_with()
    {
        var options = new FeatureOptions();
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { Bandwidth = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { Bandwidth = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { Networks = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { OutputsPerNetwork = 0 });
    }

    [Fact]
    public void Laplace_has_no_orthogonal_features()
    {
        var error = Assert.Throws<ArgumentException>(() => FeatureMaps.Create(new() { Features = "orthogonal", Kernel = "laplace" }, 8, 1, Rows.Normal(3, 2)));
        Assert.Contains("gaussian", error.Message, StringComparison.Ordinal);
    }
}
