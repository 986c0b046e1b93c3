using SeedHead.Complexity;
using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Tests.Complexity;

public class LocalVolumeTests
{
    private static readonly double[] Line = [-1, -0.5, 0, 0.5, 1];

    [Theory] // 2, 2π, 4π, 2π²: lengths and areas of unit spheres
    [InlineData(1, 2)]
    [InlineData(2, 2 * Math.PI)]
    [InlineData(3, 4 * Math.PI)]
    [InlineData(4, 2 * Math.PI * Math.PI)]
    public void Surfaces_of_unit_balls_are_known(int dimension, double surface) =>
        Assert.Equal(surface, Elementary.Exp(LocalVolume.LogSurface(dimension)), 1e-12 * surface);

    [Fact]
    public void A_small_neighbourhood_of_a_linear_function_is_an_ellipse_of_known_probability()
    {
        // f = w·x + b, w and b uniform in ±1, so of standard deviation s = 1/√3. The mean square change of (Δw, Δb) at the points is Δw²·½ + Δb²: with
        // 2ε·var f = ε·w² it stays within an ellipse of area π·ε·w²·√2, in units of s that over s².
        const double epsilon = 1e-4;
        var prior = WeightPrior.Parse("flat");
        IReadOnlyList<StagePlan> plans = StagePlan.Of(Architecture.Parse("1-1"));
        double[] v = new PreciseNetwork(plans, NetworkDraw.Of(plans, prior, 3, 0)).Whitened(prior);
        double w = v[0] / Math.Sqrt(3), area = Math.PI * epsilon * w * w * Math.Sqrt(2) * 3;
        double exact = Elementary.Log(area / (2 * Math.PI)) - (v[0] * v[0] + v[1] * v[1]) / 2;
        double found = new LocalVolume(Architecture.Parse("1-1"), prior, 3).Of(new Team(2), Line, 0, 4000, epsilon).Value;
        Assert.Equal(exact, found, 0.02);
    }

    [Fact]
    public void Larger_divergences_have_more_probability_and_threads_change_nothing()
    {
        var volume = new LocalVolume(Architecture.Parse("1-8-tanh-1"), WeightPrior.Parse("flat"), 3);
        double small = volume.Of(Team.Single, Line, 1, 10, 1e-4).Value, large = volume.Of(Team.Single, Line, 1, 10, 1e-2).Value;
        Assert.Equal(small, volume.Of(new Team(3), Line, 1, 10, 1e-4).Value);
        Assert.InRange(large - small, 5, 25 * Elementary.Log(10) * 1.5); // 25 numbers: up to 10^25 where the neighbourhood only grows
    }

    [Fact]
    public void Maps_hold_the_volume_of_networks_and_nothing_of_functions_without_weights()
    {
        IComplexityMeasure volume = Measures.Parse("volume");
        Assert.True(new NetworkFunctions(Architecture.Parse("2-8-tanh-1"), WeightPrior.Parse("flat"), 3).Measure(Team.Single, [volume], 8, 3, 2)[0].All(value => value.Value < 0));
        Assert.Equal(UndefinedCause.NotResolved, new FourierFunctions(2, 4, 1, 3).Measure(Team.Single, [volume], 8, 3, 1)[0][0].Cause);
    }

    [Fact]
    public void A_constant_function_has_no_neighbourhood() => Assert.Equal(
        UndefinedCause.Constant, new LocalVolume(Architecture.Parse("1-1-scale100-relu"), WeightPrior.Parse("flat"), 3).Of(Team.Single, [-1, -1, -1], 0, 3, 0.01).Cause);
}
