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
    [InlineData("5-20-res(tanh)-3", "glorot-alpha:3")]
    [InlineData("5-ln-20-ln-scale3-sin-3", "flat-normal:2")]
    [InlineData("5-gated(20-tanh)-gated(9)-3", "flat:2")]
    [InlineData("5-gated(20-ln-scale2-gaussian)-res(ln-tanh)-3-ln", "glorot-laplace+bias-normal:1")]
    [InlineData("5-res(12-relu-res(12-tanh|ln)-5)-res(7-sin|7)-3", "flat-ball:1.5")]
    [InlineData("5-2*(res(5-relu))-res(tanh|scale2-5)", "he-normal+bias-uniform:1")]
    [InlineData("5-res(tanh)-4", "he-normal")]
    public void A_network_has_the_bits_of_the_reference(string text, string prior)
    {
        Rows rows = Rows.Normal(600, 5); // more rows than pass the layers together
        Architecture net = Architecture.Parse(text);
        WeightPrior law = WeightPrior.Parse(prior);
        const double scale = 0.7;
        float[][] expected = DenseReference.Outputs(net, law, 9, 4, scale, rows);
        DenseNetwork network = DenseNetwork.Materialise(net, law, 9, 4, scale);
        Assert.Equal(Rows.Bits(expected), Rows.Bits(Forward(network, rows, net.OutputCount, threads: 1)));
        Assert.Equal(Rows.Bits(expected), Rows.Bits(Forward(network, rows, net.OutputCount, threads: 3)));
    }

    [Theory]
    [InlineData("7-33-relu-3", "he-normal+bias-normal:1", 0)]
    [InlineData("7-50-scale2-sin-50-elu-3", "glorot-uniform:3", 1000)] // the middle map is generated, the others are kept
    [InlineData("7-9-8-relu", "ntk", 0)]
    [InlineData("7-3*(6-relu)-2", "orthogonal", 0)] // drawn whole, so kept
    [InlineData("7-1100-relu-5", "sign", 100)] // more inputs than one block of steps
    [InlineData("7-gated(20-tanh)-res(ln-tanh)-3", "flat-ball:1.5", 0)]
    [InlineData("7-20-relu-3", "glorot-laplace", 0)]
    public void Weights_generated_inside_of_products_give_the_bits_of_stored_ones(string text, string prior, long mostStored)
    {
        Rows rows = Rows.Normal(70, 7);
        Architecture net = Architecture.Parse(text);
        WeightPrior law = WeightPrior.Parse(prior);
        DenseNetwork stored = DenseNetwork.Materialise(net, law, 9, 4, 0.7), generated = DenseNetwork.Materialise(net, law, 9, 4, 0.7, mostStored);
        uint[][] expected = Bits(Forward(stored, rows, net.OutputCount, threads: 1));
        Assert.Equal(expected, Bits(Forward(generated, rows, net.OutputCount, threads: 1)));
        Assert.Equal(expected, Bits(Forward(generated, rows, net.OutputCount, threads: 3)));

        static uint[][] Bits(float[][] values) => [.. values.Select(row => row.Select(BitConverter.SingleToUInt32Bits).ToArray())];
    }

    [Fact]
    public void Weights_beyond_64_MiB_take_no_memory()
    {
        Architecture net = Architecture.Parse("4097-4096-relu-10");
        Assert.Equal(4 * 40_960, DenseNetwork.WorkingBytes(net, WeightPrior.Parse("he-normal"), 1) - RoomFor(net));
        Assert.Equal(4 * (40_960 + (4097L * 4096)), DenseNetwork.WorkingBytes(net, WeightPrior.Parse("orthogonal"), 1) - RoomFor(net));

        static long RoomFor(Architecture net) => sizeof(float) * StagePlan.Room(StagePlan.Of(net));
    }

    [Theory]
    [InlineData("3-elu-5-relu")]
    [InlineData("3-res(7-relu-3)-5")]
    [InlineData("3-res(tanh)-5")]
    [InlineData("3-gated(5-tanh)")]
    public void Inputs_are_scaled_before_anything_reads_them(string text)
    {
        Rows rows = Rows.Normal(4, 3), doubled = new([.. Enumerable.Range(0, 4).Select(i => rows[i].Select(value => 2 * value).ToArray())]);
        Architecture net = Architecture.Parse(text);
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

    [Fact]
    public void A_gate_leaves_the_weights_of_the_layer_alone()
    {
        Rows rows = Rows.Normal(4, 3);
        WeightPrior prior = WeightPrior.Parse("flat:2");
        float[][] plain = Forward(DenseNetwork.Materialise(Architecture.Parse("3-6"), prior, 9, 0), rows, 6, 1);
        float[][] gated = Forward(DenseNetwork.Materialise(Architecture.Parse("3-gated(6)"), prior, 9, 0), rows, 6, 1);
        Assert.All(plain.SelectMany(row => row).Zip(gated.SelectMany(row => row)), pair => Assert.InRange(pair.Second / pair.First, 0, 1)); // σ
    }

    [Fact]
    public void A_layer_norm_has_mean_0_and_variance_1_whatever_the_mean()
    {
        Rows normals = Rows.Normal(4, 77), rows = new([.. Enumerable.Range(0, 4).Select(i => normals[i].Select(value => 1000 + value).ToArray())]);
        float[][] normal = Forward(DenseNetwork.Materialise(Architecture.Parse("77-ln"), WeightPrior.Parse("sign"), 9, 0), rows, 77, 1);
        Assert.All(normal, row =>
        {
            Assert.Equal(0, row.Average(), 1e-3);
            Assert.Equal(1, row.Average(value => value * (double)value), 1e-3);
        });
    }

    [Fact]
    public void A_layer_norm_removes_a_joint_scale_of_weights_and_biases()
    {
        Rows rows = Rows.Normal(20, 2);
        float[][] small = Forward(DenseNetwork.Materialise(Architecture.Parse("2-64-ln-tanh"), WeightPrior.Parse("flat:3"), 9, 0), rows, 64, 1);
        float[][] large = Forward(DenseNetwork.Materialise(Architecture.Parse("2-64-ln-tanh"), WeightPrior.Parse("flat:30"), 9, 0), rows, 64, 1);
        Assert.All(small.SelectMany(row => row).Zip(large.SelectMany(row => row)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f)); // ε apart
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
