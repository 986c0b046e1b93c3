using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;
using SeedHead.Tests.Training;
using SeedHead.Training;

namespace SeedHead.Tests.Kernels;

public sealed unsafe class NetworkOutputsTests
{
    [Theory]
    [InlineData("12-9-relu-3", "he-normal+bias-normal:0.3")]
    [InlineData("12-9-ln-erf-9-tanh-1", "lecun-normal")]
    [InlineData("12-9-res(9-relu-9)-gated(7-silu)-2", "ntk:1.3+bias-uniform:0.2")]
    [InlineData("12-9-relu-1", "orthogonal")]
    [InlineData("12-9-sin-1", "flat-ball:2")]
    public void Dense_networks_have_the_same_outputs_by_stages_and_by_modules(string text, string prior)
    {
        Numbers points = Points(12);
        float[] stages = Of(text, prior, points), modules = Of(text, prior, points, byModules: true);
        Assert.All(stages.Zip(modules), pair => Assert.Equal(pair.First, pair.Second, 2e-5 * (1 + Math.Abs(pair.First))));
        Assert.True(stages[..stages.Length].Distinct().Count() > stages.Length / 2);
    }

    [Theory] // Built makes network 0 of a seed, as training does
    [InlineData("4x4x2-conv3@3b-relu-avgpool2-flatten-5-erf-2")]
    [InlineData("4x4x2-conv4@3-res(conv4@3-relu)-cat(conv2@1)-gap-1")]
    [InlineData("4x4x2-conv4@3-dropout0.5-maxpool2-flatten-1")]
    public void Network_0_is_the_one_that_training_begins_with(string text)
    {
        const string prior = "lecun-normal+bias-normal:0.3";
        Numbers points = Points(32);
        using var built = new Built(Architecture.Parse(text), "all", prior: prior, seed: 3);
        float[] all = Of(text, prior, points), expected = new float[points.Count * built.Modules.Output.Count];
        fixed (float* x = points.Values.Span, y = expected)
        {
            built.Modules.Forward(new Pass(Team.Single, points.Count, Training: false), x, y);
        }

        Assert.Equal(expected, all[..expected.Length]);
        Assert.NotEqual(expected, all[expected.Length..(2 * expected.Length)]);
    }

    [Fact]
    public void Batch_norms_have_the_statistics_of_the_rows_given_network_by_network()
    {
        Numbers points = Points(6), reference = new(new Draw(8).Floats(40 * 6), 6);
        float[] plain = Of("6-5", "lecun-normal", points), ofReference = Of("6-5", "lecun-normal", reference), normed = Of("6-5-bn", "lecun-normal", points, normRows: reference);
        for (int network = 0; network < 3; network++)
        {
            for (int c = 0; c < 5; c++)
            {
                double[] column = [.. Enumerable.Range(0, 40).Select(i => (double)ofReference[(((network * 40) + i) * 5) + c])];
                double mean = column.Average(), variance = column.Average(v => (v - mean) * (v - mean));
                for (int i = 0; i < points.Count; i++)
                {
                    int at = (((network * points.Count) + i) * 5) + c;
                    Assert.Equal((plain[at] - mean) / Math.Sqrt(variance + 1e-5), normed[at], 1e-4);
                }
            }
        }
    }

    [Fact]
    public void Batch_norms_without_rows_change_nothing_but_a_hundred_thousandth()
    {
        Numbers points = Points(6);
        float[] plain = Of("6-5-relu-1", "he-normal", points), normed = Of("6-5-bn-relu-1", "he-normal", points);
        Assert.All(plain.Zip(normed), pair => Assert.Equal(pair.First, pair.Second, 2e-5 * (1 + Math.Abs(pair.First))));
    }

    [Fact]
    public void Threads_and_other_networks_beside_change_no_bit()
    {
        Numbers points = Points(32);
        const string text = "4x4x2-conv4@3-bn-relu-maxpool2-res(conv4@3-bn-relu|conv4@1)-gap-2";
        float[] one = Of(text, "he-normal", points, normRows: points, threads: 1), three = Of(text, "he-normal", points, normRows: points, threads: 3);
        Assert.Equal(one, three);
        Assert.Equal(one[^(points.Count * 2)..], Of(text, "he-normal", points, normRows: points, from: 2, count: 1));
        var few = (Numbers)points.Select([0, 1, 2]); // other points than the norms': in a pass of their own
        Assert.Equal(one[..6], Of(text, "he-normal", few, normRows: points, count: 1));
    }

    [Fact]
    public void Features_are_outputs_side_by_side_over_the_root_of_their_number()
    {
        Numbers points = Points(32);
        const string text = "4x4x2-conv4@3-relu-gap-2";
        float[] outputs = Of(text, "he-normal", points, from: 1, count: 2), features = new float[points.Count * 4];
        fixed (float* at = features)
        {
            NetworkFeatures.Fill(Team.Single, Architecture.Parse(text), WeightPrior.Parse("he-normal"), 3, points, 1, 2, Strided<float>.RowMajor(at, points.Count, 4));
        }

        float factor = (float)(1 / Math.Sqrt(2));
        for (int i = 0; i < features.Length; i++)
        {
            (int row, int network, int k) = (i / 4, i % 4 / 2, i % 2);
            Assert.Equal(outputs[(((network * points.Count) + row) * 2) + k] * factor, features[i]);
        }
    }

    [Theory]
    [InlineData("6-8-relu-1", 8)]
    [InlineData("6-8-relu-3-scale2", 8)]
    public void Products_of_hidden_features_are_the_kernel_without_heads(string text, int width)
    {
        Numbers points = Points(6);
        var net = Architecture.Parse(text);
        var prior = WeightPrior.Parse("glorot-normal");
        var features = new float[points.Count * 64 * width];
        fixed (float* at = features)
        {
            NetworkFeatures.FillHidden(Team.Single, net, prior, 3, points, 0, 64, Strided<float>.RowMajor(at, points.Count, 64 * width));
        }

        KernelSums sums = new SampledKernel(net, prior, 3, new() { Form = SampledForm.WithoutHeads }).Run(points, 0, 1);
        for (int i = 0; i < points.Count; i++)
        {
            double product = Enumerable.Range(0, 64 * width).Sum(c => (double)features[c] * features[(i * 64 * width) + c]);
            Assert.Equal(product, sums.Mean(i, 0), 1e-5 * sums.Mean(i, i));
        }
    }

    private static Numbers Points(int columns) => new(new Draw(12).Floats(7 * columns), columns);

    private static float[] Of(
        string text, string prior, Numbers points, Numbers? normRows = null, bool byModules = false, int threads = 2, int from = 0, int count = 3)
    {
        var net = Architecture.Parse(text);
        using var networks = new NetworkOutputs(net, WeightPrior.Parse(prior), 3, normRows, byModules);
        var values = new float[count * points.Count * net.OutputCount];
        fixed (float* x = points.Values.Span, y = values)
        {
            networks.Evaluate(
                new Team(threads), Strided<float>.RowMajor(x, points.Count, points.Columns), from, count, Strided<float>.RowMajor(y, count, points.Count * net.OutputCount));
        }

        return values;
    }
}
