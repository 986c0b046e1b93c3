using SeedHead.Explorer.Work;
using SeedHead.Networks;

namespace SeedHead.Explorer.Tests.Work;

public class NetworkStateTests
{
    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, false)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    public void Every_choice_of_parts_is_a_network_with_every_activation(bool residual, bool norm, bool gating)
    {
        foreach (string activation in NetworkState.Activations)
        {
            NetworkState state = NetworkState.Usual with { Activation = activation, Residual = residual, Norm = norm, Gating = gating, Width = 3 };
            var net = Architecture.Parse(state.Net);
            Assert.Equal((2, 1), (net.InputCount, net.OutputCount));
            Assert.Equal(residual && gating ? state.Depth + 1 : state.Depth, net.Depth);
            Assert.Equal(norm, state.Net.Contains("ln"));
            Assert.Equal(gating, state.Net.Contains("gated"));
            Assert.Equal(residual, state.Net.Contains("res"));
        }
    }

    [Fact]
    public void Every_prior_of_the_library_is_offered_and_scaled() => Assert.All(WeightPrior.Names, name =>
        Assert.Equal(3, (NetworkState.Usual with { Prior = name, Scale = 3 }).Law.Scale));

    [Fact]
    public void What_is_not_said_is_as_usual() => Assert.Equal(NetworkState.Usual, NetworkState.Read(new Asked([])));
}
