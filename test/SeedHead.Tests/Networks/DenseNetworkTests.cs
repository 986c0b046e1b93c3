using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Tests.Features;
using SeedHead.Tests.Reference;

namespace SeedHead.Tests.Networks;

public unsafe class DenseNetworkTests
{
    [Theory]
    [InlineData("5-1", "he-normal")]
    [InlineData("5-33-relu-3", "he-normal+bias-normal:1")]
    [InlineData("5-33-relu-17-scale2-sin-40-elu-3", "glorot-uniform:3+bias-uniform:1")]
    [InlineData("5-9-8-relu-relu", "ntk")]
    [InlineData("5-elu-8-sin", "lecun-normal")]
    [InlineData("5-elu-scale3", "lecun-normal")]
    [InlineData("5", "lecun-normal")]
    [InlineData("5-3*(6-relu)-2", "orthogonal")]
    public void A_network_has_the_bits_of_the_reference(string text, string prior)
    {
        Rows rows = Rows.Normal(600, 5); // more rows than pass the layers together
        Architecture net = Architecture.Parse(text);
        WeightPrior law = WeightPrior.Parse(prior);
        bool weightless = net.Layers is not [DenseLayer, ..];
        double scale = weightless ? 1 : 0.7;
        float[][] expected = DenseReference.Outputs(net, law, 9, 4, scale, rows);
        DenseNetwork network = DenseNetwork.Materialise(net, law, 9, 4, scale);
        Assert.Equal(Rows.Bits(expected), Rows.Bits(Forward(network, rows, net.OutputCount, threads: 1)));
        Assert.Equal(Rows.Bits(expected), Rows.Bits(Forward(network, rows, net.OutputCount, threads: 3)));
    }

    [Fact]
    public void Inputs_are_scaled_before_an_activation_that_reads_them()
    {
        Rows rows = Rows.Normal(4, 3), doubled = new([.. Enumerable.Range(0, 4).Select(i => rows[i].Select(value => 2 * value).ToArray())]);
        Architecture net = Architecture.Parse("3-elu-5-relu");
        WeightPrior prior = WeightPrior.Parse("he-normal");
        Assert.Equal(
            Rows.Bits(Forward(DenseNetwork.Materialise(net, prior, 9, 0), doubled, 5, 1)),
            Rows.Bits(Forward(DenseNetwork.Materialise(net, prior, 9, 0, 2), rows, 5, 1)));
    }

    [Fact]
    public void All_stages_stand_side_by_side()
    {
        Rows rows = Rows.Normal(4, 3);
        WeightPrior prior = WeightPrior.Parse("he-normal");
        float[][] all = Forward(DenseNetwork.Materialise(Architecture.Parse("3-5-relu-4-sin"), prior, 9, 0), rows, 9, 1, stages: true);
        float[][] first = Forward(DenseNetwork.Materialise(Architecture.Parse("3-5-relu"), prior, 9, 0), rows, 5, 1);
        float[][] last = Forward(DenseNetwork.Materialise(Architecture.Parse("3-5-relu-4-sin"), prior, 9, 0), rows, 4, 1);
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(Rows.Bits([.. first[i], .. last[i]]), Rows.Bits(all[i])));
    }

    private static float[][] Forward(DenseNetwork network, Rows rows, int outputs, int threads, bool stages = false)
    {
        using var x = new NativeBuffer<float>((long)rows.Count * rows.Columns);
        using var y = new NativeBuffer<float>((long)rows.Count * outputs);
        Strided<float> inputs = Strided<float>.RowMajor(x, rows.Count, rows.Columns), result = Strided<float>.RowMajor(y, rows.Count, outputs);
        rows.Read([.. Enumerable.Range(0, rows.Count)], inputs);
        if (stages)
        {
            network.ForwardAll(new(threads), inputs, result);
        }
        else
        {
            network.Forward(new(threads), inputs, result);
        }

        return [.. Enumerable.Range(0, rows.Count).Select(i => result.Row(i).ToArray())];
    }
}
