using SeedHead.Features;

namespace SeedHead.Tests.Features;

public class FourierFeaturesTests
{
    private const int Group = 32; // 16 cosines and 16 sines of the same frequencies

    [Theory]
    [InlineData("gaussian", 1)]
    [InlineData("gaussian", 0.5)]
    [InlineData("laplace", 1)]
    [InlineData("laplace", 2)]
    public void Products_of_features_estimate_the_kernel(string kernel, double bandwidth)
    {
        Rows rows = Rows.Normal(6, 4);
        var map = (FourierFeatures)FeatureMaps.Create(new() { Features = "fourier", Kernel = kernel, Bandwidth = bandwidth }, 32 * 1024, 5, rows);
        float[][] phi = rows.Map(map);
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double square = rows[i].Zip(rows[j], (a, b) => (double)(a - b) * (a - b)).Sum();
                double exact = kernel == "gaussian" ? Math.Exp(-square / (2 * map.Scale * map.Scale)) : Math.Exp(-Math.Sqrt(square) / map.Scale);
                KernelEstimate.IsUnbiased(phi[i], phi[j], exact, Group);
            }
        }
    }

    [Theory]
    [InlineData("gaussian")]
    [InlineData("laplace")]
    public void Features_are_cosines_and_sines_of_one_length(string kernel)
    {
        Rows rows = Rows.Normal(3, 5);
        FeatureMap map = FeatureMaps.Create(new() { Features = "fourier", Kernel = kernel }, 320, 5, rows);
        Assert.All(rows.Map(map), phi => Assert.Equal(1, phi.Sum(value => (double)value * value), 1e-5)); // cos² + sin² = 1 for every frequency
    }

    [Fact]
    public void The_scale_is_the_median_distance_times_the_bandwidth()
    {
        Rows rows = Rows.Normal(40, 3);
        double[] distances = [.. Enumerable.Range(0, 40).SelectMany(i => Enumerable.Range(0, i).Select(j =>
            Math.Sqrt(rows[i].Zip(rows[j], (a, b) => ((double)a - b) * ((double)a - b)).Sum()))).Order()];
        var map = (FourierFeatures)FeatureMaps.Create(new() { Features = "fourier", Bandwidth = 3 }, 64, 5, rows);
        Assert.Equal(3 * distances[distances.Length / 2], map.Scale, 1e-12);
    }

    [Fact]
    public void Every_number_of_features_begins_the_features_of_a_larger_one() => ForAll.Draws(20, draw =>
    {
        Rows rows = Rows.Normal(3, 4);
        int narrow = draw.Int(1, 100), wide = narrow + draw.Int(0, 100);
        var options = new FeatureOptions { Features = "fourier", Kernel = draw.Of("gaussian", "laplace") };
        float[][] few = rows.Map(FeatureMaps.Create(options, narrow, 5, rows)), many = rows.Map(FeatureMaps.Create(options, wide, 5, rows));
        double ratio = Math.Sqrt((double)wide / narrow);
        Assert.All(Enumerable.Range(0, 3), i => Assert.All(Enumerable.Range(0, narrow), j => Assert.Equal(few[i][j], ratio * many[i][j], 1e-6)));
    });

    [Fact]
    public void Twice_as_many_features_begin_with_the_same_bits_up_to_their_scale()
    {
        Rows rows = Rows.Normal(3, 4);
        float[][] few = rows.Map(FeatureMaps.Create(new() { Features = "fourier" }, 50, 5, rows));
        float[][] many = rows.Map(FeatureMaps.Create(new() { Features = "fourier" }, 200, 5, rows)); // √(2/50) is exactly twice √(2/200)
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(Rows.Bits(few[i]), Rows.Bits([.. many[i].Take(50).Select(value => 2 * value)])));
    }

    [Fact]
    public void Other_kernels_are_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => new FeatureOptions { Kernel = "gausian" });
        Assert.Contains("Did you mean 'gaussian'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("laplace", error.Message, StringComparison.Ordinal);
    }
}
