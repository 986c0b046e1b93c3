using SeedHead.Features;
using SeedHead.Networks;

namespace SeedHead.Tests.Features;

public class FeatureCandidatesTests
{
    [Fact]
    public void Hidden_layers_of_tables_are_open_in_units_and_bandwidth()
    {
        IReadOnlyList<FeatureOptions> candidates = FeatureCandidates.Of(new(), 5, null);
        Assert.Equal(
            ["5-1-erf 1", "5-1-erf 0.5", "5-1-erf 2", "5-1-cos 1", "5-1-cos 0.5", "5-1-cos 2"],
            candidates.Select(candidate => $"{candidate.Net} {candidate.Bandwidth}"));
    }

    [Fact]
    public void The_first_candidate_is_what_is_made_without_a_choice()
    {
        Rows rows = Rows.Normal(20, 5);
        foreach (string features in (string[])["hidden", "outputs", "fourier", "orthogonal", "hidden+raw", "fourier+hidden", "outputs+hidden"])
        {
            var options = new FeatureOptions { Features = features };
            Assert.Equal(
                FeatureMaps.Create(options, 40, 1, rows).Description,
                FeatureMaps.Create(FeatureCandidates.Of(options, 5, null)[0], 40, 1, rows).Description);
        }
    }

    [Fact]
    public void Fourier_features_and_named_networks_are_open_in_bandwidth_only()
    {
        Assert.Equal([1, 0.5, 2], FeatureCandidates.Of(new() { Features = "fourier" }, 5, null).Select(candidate => candidate.Bandwidth));
        var named = new FeatureOptions { Net = Architecture.Parse("5-8-tanh-3") };
        Assert.All(FeatureCandidates.Of(named, 5, null), candidate => Assert.Equal(named.Net, candidate.Net));
        Assert.Equal(3, FeatureCandidates.Of(named, 5, null).Count);
    }

    [Fact]
    public void Images_raw_inputs_and_named_bandwidths_leave_nothing_open()
    {
        Assert.Single(FeatureCandidates.Of(new(), 784, new(28, 28, 1)));
        Assert.Single(FeatureCandidates.Of(new() { Features = "raw" }, 5, null));
        Assert.Single(FeatureCandidates.Of(new() { Bandwidth = 1 }, 5, null));
    }

    [Fact]
    public void The_cosine_units_have_the_gaussian_kernel_of_the_median_distance()
    {
        Rows rows = Rows.Normal(6, 3);
        double scale = ((FourierFeatures)FeatureMaps.Create(new() { Features = "fourier" }, 1, 5, rows)).Scale;
        FeatureOptions cosines = FeatureCandidates.Of(new(), 3, null)[3];
        float[][] phi = rows.Map(FeatureMaps.Create(cosines, 100_000, 5, rows));
        for (int i = 1; i < rows.Count; i++)
        {
            double square = rows[i].Zip(rows[0], (a, b) => (double)(a - b) * (a - b)).Sum();
            KernelEstimate.IsUnbiased([.. phi[i].Select(value => 2 * value / phi[i].Length)], phi[0], Math.Exp(-square / (2 * scale * scale)), 1);
        }
    }
}
