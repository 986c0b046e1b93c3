using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Tests.Networks;

/// <summary>The double network is the float32 one up to float32 rounding.</summary>
public unsafe class PreciseNetworkTests
{
    [Theory]
    [InlineData("2-64-tanh-64-tanh-1", "glorot-alpha")]
    [InlineData("2-4*(32-res(sin))-3", "flat:0.2")]
    [InlineData("2-4*(32-ln-gaussian)-1", "glorot-alpha")]
    [InlineData("2-3*(gated(31-ln-scale2-gelu)-ln-res(31-res(tanh)-31))-2", "glorot-ball+bias-normal:0.3")]
    [InlineData("2-encode3-32-[tanh(x) + 0.1*x^2]-1", "he-normal")]
    [InlineData("3-32-res(16-relu-32|ln-32)-1", "ntk")]
    [InlineData("3-tanh-ln", "he-normal")]
    public void Networks_agree_with_their_float32_forms(string text, string prior) => AssertClose(Architecture.Parse(text), WeightPrior.Parse(prior));

    public static TheoryData<string> Activations => [.. Activation.Names.Select(name => name == "leaky" ? "leaky0.1" : name)];

    [Theory, MemberData(nameof(Activations))]
    public void Activations_agree_with_their_float32_forms(string name)
    {
        Activation activation = Activation.Parse(name);
        Func<double, double> precise = PreciseActivation.Of(activation);
        for (float x = -20; x <= 20; x += 0.0625f)
        {
            Assert.Equal(activation.Value(x), precise(x), 4e-7 * Math.Max(1, Math.Abs(precise(x))));
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        IReadOnlyList<StagePlan> plans = StagePlan.Of(Architecture.Parse("2-17-tanh-1"));
        var network = new PreciseNetwork(plans, NetworkDraw.Of(plans, WeightPrior.Parse("flat:3"), 5, 2));
        double[] points = [.. Enumerable.Range(0, 2000).Select(i => (i % 41 - 20) / 10.0)];
        Assert.Equal(network.Run(Team.Single, points), network.Run(new Team(3), points));
    }

    private static void AssertClose(Architecture net, WeightPrior prior)
    {
        const int count = 300, number = 3;
        IReadOnlyList<StagePlan> plans = StagePlan.Of(net);
        float[] points = [.. Enumerable.Range(0, count * net.InputCount).Select(i => (i * 37 % 201 - 100) / 100f)], usual = new float[count * net.OutputCount];
        fixed (float* x = points, y = usual)
        {
            DenseNetwork.Materialise(net, prior, 9, number).Forward(
                Team.Single, Strided<float>.RowMajor(x, count, net.InputCount), Strided<float>.RowMajor(y, count, net.OutputCount));
        }

        double[] precise = new PreciseNetwork(plans, NetworkDraw.Of(plans, prior, 9, number)).Run(Team.Single, Array.ConvertAll(points, p => (double)p));
        double size = precise.Max(Math.Abs);
        Assert.InRange(size, 1e-3, 1e6);
        for (int i = 0; i < precise.Length; i++)
        {
            Assert.Equal(precise[i], usual[i], 2e-5 * size);
        }
    }
}
