using SeedHead.Features;
using SeedHead.Networks;
using SeedHead.Tests.Reference;

namespace SeedHead.Tests.Features;

public class OutputFeaturesTests
{
    [Fact]
    public void Products_of_outputs_estimate_the_prior_kernel()
    {
        // x·x/d = 1, y·y/d = 2, x·y/d = 0.7, He weights: E[f(x)f(y)] = 2·D(2, 4, 1.4) = 4·D(1, 2, 0.7) for the homogeneous ReLU, at any hidden width
        Rows rows = new([[1.41421356f, 0], [0.98994949f, 1.73781472f]]);
        var options = new FeatureOptions { Features = "outputs", Net = Architecture.Parse("2-8-relu-1"), Prior = WeightPrior.Parse("he-normal") };
        double scale = ((OutputFeatures)FeatureMaps.Create(options, 1, 11, rows)).InputScale;
        float[][] phi = rows.Map(FeatureMaps.Create(options with { Bandwidth = scale }, 20_000, 11, rows));
        KernelEstimate.IsUnbiased(phi[0], phi[1], 4 * 0.4282608116, 1);
    }

    [Fact]
    public void The_diagonal_of_deep_relu_networks_is_exact_at_any_width()
    {
        // He weights and no bias: E[f(x)²] = 2·‖x‖²/d for every width and depth, the output layer having variance 2 as well
        Rows rows = new([[1, 0], [0, 1]]);
        var options = new FeatureOptions { Features = "outputs", Net = Architecture.Parse("2-2*(16-relu)-4"), OutputsPerNetwork = 4, Prior = WeightPrior.Parse("he-normal") };
        double scale = ((OutputFeatures)FeatureMaps.Create(options, 1, 11, rows)).InputScale;
        float[] phi = rows.Map(FeatureMaps.Create(options with { Bandwidth = scale }, 80_000, 11, rows))[0];
        KernelEstimate.IsUnbiased(phi, phi, 4 * 1.0, 4); // 4 outputs a network, each 2·½
    }

    [Fact]
    public void Networks_are_independent_of_how_many_there_are()
    {
        Rows rows = Rows.Normal(5, 7);
        var options = new FeatureOptions { Features = "outputs", OutputsPerNetwork = 3, Net = Architecture.Parse("7-20-relu-9-sin-1") };
        float[][] few = rows.Map(FeatureMaps.Create(options, 100, 3, rows)), many = rows.Map(FeatureMaps.Create(options, 4 * 102, 3, rows)); // 34 and 136 networks
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(Rows.Bits(few[i]), Rows.Bits([.. many[i].Take(100).Select(value => 2 * value)])));
    }

    [Fact]
    public void An_output_is_that_of_its_own_network_alone()
    {
        Rows rows = Rows.Normal(700, 7);
        var options = new FeatureOptions { Features = "outputs", OutputsPerNetwork = 2, Net = Architecture.Parse("7-20-relu-9-sin-1"), Prior = WeightPrior.Parse("glorot-uniform:3+bias-uniform:1") };
        var map = (OutputFeatures)FeatureMaps.Create(options, 9, 3, rows);
        float[][] phi = rows.Map(map, threads: 3);
        for (int network = 0; network < 5; network++)
        {
            float[][] alone = DenseReference.Outputs(map.Net, map.Prior, 3, network, map.InputScale, rows);
            float factor = (float)(1 / Math.Sqrt(5));
            Assert.All(Enumerable.Range(0, rows.Count), i => Assert.All(Enumerable.Range(0, network == 4 ? 1 : 2), k =>
                Assert.Equal(BitConverter.SingleToUInt32Bits(factor * alone[i][k]), BitConverter.SingleToUInt32Bits(phi[i][(2 * network) + k]))));
        }
    }

    [Fact]
    public void Weights_that_are_not_kept_are_made_again_with_the_same_bits()
    {
        Rows rows = Rows.Normal(5, 7);
        var options = new FeatureOptions { Features = "outputs", Net = Architecture.Parse("7-4096-relu-1") }; // groups of two networks
        FeatureMap kept = OutputFeatures.Create(options, 7, 3, rows), made = OutputFeatures.Create(options, 7, 3, rows, mostKeptWeights: 0);
        Assert.True(made.WorkingBytes(5, 1) < kept.WorkingBytes(5, 1));
        uint[][] expected = Rows.Bits(rows.Map(kept));
        Assert.Equal(expected, Rows.Bits(rows.Map(made)));
        Assert.Equal(expected, Rows.Bits(rows.Map(made, threads: 3)));
    }

    [Fact]
    public void A_network_must_begin_with_a_dense_layer()
    {
        var options = new FeatureOptions { Features = "outputs", Net = Architecture.Parse("7-elu-3") };
        Assert.Contains("does not begin with a dense layer", Assert.Throws<ArgumentException>(() => FeatureMaps.Create(options, 9, 3, Rows.Normal(5, 7))).Message, StringComparison.Ordinal);
    }
}
