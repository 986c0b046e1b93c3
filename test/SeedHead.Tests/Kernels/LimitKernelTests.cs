using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;
using SeedHead.Tests.Reference;

namespace SeedHead.Tests.Kernels;

public class LimitKernelTests
{
    [Theory]
    [InlineData("5-64-relu-1", "he-normal")]
    [InlineData("5-64-relu-64-gelu-64-erf-3", "he-normal:1.3+bias-normal:0.4")]
    [InlineData("5-3*(64-leaky0.2)-1", "glorot-uniform+bias-uniform:1")]
    [InlineData("5-16-tanh-16-sin-1", "uniform-fan-in")]
    [InlineData("5-1", "lecun-normal")]
    [InlineData("5-16-abs-16-square-16-gaussian-2", "flat:0.7")]
    [InlineData("4x3x2-conv8@3b-relu-conv8@3-erf-1", "he-normal+bias-normal:0.3")]
    [InlineData("5x5x1-conv8@3/2p1b-relu-conv4@2p1-flatten-16-relu-1", "he-normal+bias-normal:0.3")]
    [InlineData("4x4x1-conv8@3-relu-conv8@3-relu-gap-1", "he-normal")]
    [InlineData("6x6x2-conv8@3-relu-avgpool2-conv8@3/2p1b-gelu-avgpool2/1-16-relu-1", "he-normal+bias-normal:0.2")]
    public void Kernels_are_those_of_the_reference(string text, string law) => ForAll.Draws(3, draw =>
    {
        Architecture net = Architecture.Parse(text);
        WeightPrior prior = WeightPrior.Parse(law);
        float[] x = draw.Floats(net.InputCount), y = draw.Floats(net.InputCount);
        (double nngp, double tangent) = new LimitKernel(net, prior).Pair(x, y);
        (double expected, double expectedTangent) = LimitKernelReference.Of(text, prior, x, y);
        Assert.Equal(expected, nngp, 1e-11 * Math.Max(1, Math.Abs(expected)));
        Assert.Equal(expectedTangent, tangent, 1e-11 * Math.Max(1, Math.Abs(expectedTangent)));
    });

    [Theory] // a pooling of single pixels changes nothing, but then all pairs of pixels are kept together
    [InlineData("5x4x2-conv8@3b-relu-conv8@3-erf-", "gap-1")]
    [InlineData("4x4x1-conv8@3-ln-relu-conv8@3-res(conv8@3-gelu-conv8@3)-relu-", "gap-16-relu-1")]
    [InlineData("3x4x1-conv8@3-cat(relu-conv8@3)-conv8@1-abs-", "gap-2")]
    public void Pairs_of_pixels_by_offset_give_the_kernel_of_all_pairs_together(string before, string behind) => ForAll.Draws(3, draw =>
    {
        Architecture byOffset = Architecture.Parse(before + behind), together = Architecture.Parse(before + "avgpool1-" + behind);
        WeightPrior prior = WeightPrior.Parse("he-normal+bias-normal:0.3");
        float[] x = draw.Floats(byOffset.InputCount), y = draw.Floats(byOffset.InputCount);
        (double nngp, double tangent) = new LimitKernel(byOffset, prior).Pair(x, y);
        (double expected, double expectedTangent) = new LimitKernel(together, prior).Pair(x, y);
        Assert.True(new KernelPlan(byOffset, prior).ByOffset && !new KernelPlan(together, prior).ByOffset);
        Assert.Equal(expected, nngp, 1e-12 * Math.Max(1, Math.Abs(expected)));
        Assert.Equal(expectedTangent, tangent, 1e-12 * Math.Max(1, Math.Abs(expectedTangent)));
        Assert.Equal((nngp, tangent), new LimitKernel(byOffset, prior).Pair(y, x));
    });

    [Theory] // one hidden layer of normal weights: the kernel holds at every width
    [InlineData("3-8-relu-1", "he-normal+bias-normal:0.5")]
    [InlineData("3-8-tanh-1", "lecun-normal:2+bias-normal:0.5")]
    [InlineData("3-4-gelu-1", "ntk:1.5")]
    [InlineData("3-gated(8-sin)-1", "lecun-normal+bias-normal:0.3")]
    [InlineData("3-res(8-relu-3)-1", "he-normal")]
    [InlineData("3-8-res(8-elu-8)-1", "he-normal:0.5")]
    [InlineData("ln3", "he-normal")]
    public unsafe void Sampled_networks_agree_within_their_standard_errors(string text, string law)
    {
        text = text == "ln3" ? "3-ln-8-relu-scale2-1" : text;
        const int networks = 40_000, points = 4;
        var draw = new Draw(3);
        float[] x = draw.Floats(points * 3);
        var outputs = new float[networks * points];
        fixed (float* at = x, to = outputs)
        {
            var population = new Population(Architecture.Parse(text), WeightPrior.Parse(law), seed: 11);
            population.Evaluate(new Team(2), Strided<float>.RowMajor(at, points, 3), 0, networks, Strided<float>.RowMajor(to, networks, points));
        }

        using LimitGram gram = new LimitKernel(Architecture.Parse(text), WeightPrior.Parse(law)).Gram(new Numbers(x, 3));
        var scores = new List<double>();
        for (int i = 0; i < points; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double[] products = [.. Enumerable.Range(0, networks).Select(n => (double)outputs[(n * points) + i] * outputs[(n * points) + j])];
                double mean = products.Average(), deviation = Math.Sqrt(products.Sum(p => (p - mean) * (p - mean)) / (networks - 1.0));
                scores.Add(Math.Abs(mean - gram.Nngp[i, j]) / (deviation / Math.Sqrt(networks)));
            }
        }

        Assert.InRange(scores.Max(), 0, 4.5);
        Assert.InRange(scores.Average(), 0, 2); // the scores of one draw move together
    }

    [Fact]
    public void A_convolution_of_one_filter_agrees_with_its_samples_flattened_and_pooled()
    {
        const int draws = 40_000;
        var random = new Draw(8);
        float[] x = random.Floats(16), y = random.Floats(16);
        (double flat, double pooled) = (Nngp("4x4x1-conv1@3-relu-flatten-1"), Nngp("4x4x1-conv1@3-relu-gap-1"));
        var products = new List<double>[] { new(draws), new(draws) };
        for (int n = 0; n < draws; n++)
        {
            double[] filter = Normals(9, Math.Sqrt(2.0 / 9));
            double[] hx = Hidden(x, filter), hy = Hidden(y, filter);
            products[0].Add(hx.Zip(hy, (a, b) => a * b).Sum() * 2 / 16); // the mean over the last layer's weights, of variance 2/16
            products[1].Add(hx.Average() * hy.Average() * 2);
        }

        Near(flat, products[0]);
        Near(pooled, products[1]);

        double Nngp(string text) => new LimitKernel(Architecture.Parse(text), WeightPrior.Parse("he-normal")).Pair(x, y).Nngp;

        double[] Normals(int count, double deviation) => [.. Enumerable.Range(0, count).Select(_ => deviation * Elementary.NormalQuantile(random.Double(1e-12)))];

        static double[] Hidden(float[] image, double[] filter) => [.. Enumerable.Range(0, 16).Select(p => Math.Max(0, Enumerable.Range(0, 9).Sum(t =>
        {
            int r = (p / 4) + (t / 3) - 1, c = (p % 4) + (t % 3) - 1;
            return r is >= 0 and < 4 && c is >= 0 and < 4 ? filter[t] * image[(4 * r) + c] : 0;
        })))];

        static void Near(double exact, List<double> values)
        {
            double mean = values.Average(), error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Count / values.Count);
            Assert.InRange((mean - exact) / error, -4.5, 4.5);
        }
    }

    [Fact] // the tangent kernel of one hidden layer is a mean over neurons: σ_w²·relu(u)relu(v) + σ_w²·1[u ≥ 0]1[v ≥ 0]·K⁰ + bias terms
    public void Gradients_of_a_wide_network_agree_with_the_tangent_kernel()
    {
        const int width = 100_000;
        var draw = new Draw(21);
        float[] x = draw.Floats(3), y = draw.Floats(3);
        const double weight = 2, bias = 0.25;
        double inner = bias + (weight * x.Zip(y, (a, b) => (double)a * b).Sum() / 3), sum = 0, squares = 0;
        for (int n = 0; n < width; n++)
        {
            double[] w = [.. Enumerable.Range(0, 4).Select(_ => Elementary.NormalQuantile(draw.Double(1e-12)))];
            double u = Unit(x), v = Unit(y), term = bias + (weight * ((Math.Max(u, 0) * Math.Max(v, 0)) + (u >= 0 && v >= 0 ? inner : 0)));
            sum += term;
            squares += term * term;
            double Unit(float[] z) => (Math.Sqrt(weight / 3) * ((w[0] * z[0]) + (w[1] * z[1]) + (w[2] * z[2]))) + (Math.Sqrt(bias) * w[3]);
        }

        double mean = sum / width, error = Math.Sqrt(((squares / width) - (mean * mean)) / width);
        double tangent = new LimitKernel(Architecture.Parse("3-9-relu-1"), WeightPrior.Parse("he-normal+bias-normal:0.5")).Pair(x, y).Tangent;
        Assert.InRange((mean - tangent) / error, -4.5, 4.5);
    }

    [Theory]
    [InlineData("7-64-relu-64-relu-1")]
    [InlineData("7-64-tanh-1")]
    [InlineData("4x4x1-conv8@3-relu-avgpool2-gap-1")]
    [InlineData("4x4x1-conv8@3-relu-conv8@3-relu-gap-8-relu-1")]
    [InlineData("4x4x1-conv8@3-relu-conv8@3-erf-1")]
    [InlineData("7-64-ln-relu-res(64-erf-64)-1")]
    public void Bits_do_not_depend_on_threads_tiles_or_order(string text)
    {
        var kernel = new LimitKernel(Architecture.Parse(text), WeightPrior.Parse("he-normal"));
        int d = kernel.Net.InputCount;
        var draw = new Draw(1);
        Numbers points = new(draw.Floats(23 * d), d), some = (Numbers)points.Select([22, 3, 9, 1, 0]);
        using LimitGram alone = kernel.Gram(points, tangent: true, new Execution { Threads = 1 });
        using LimitGram together = kernel.Gram(points, tangent: true, new Execution { Threads = 3 });
        using LimitGram part = kernel.Gram(some, points, tangent: true);
        for (int i = 0; i < 23; i++)
        {
            Assert.True(alone.Nngp.Row(i).SequenceEqual(together.Nngp.Row(i)));
            Assert.True(alone.Tangent!.Row(i).SequenceEqual(together.Tangent!.Row(i)));
            Assert.Equal(alone.Nngp[i, 22], part.Nngp[0, i]);
            Assert.Equal(alone.Nngp[i, 3], alone.Nngp[3, i]);
            if (i <= 9 || !text.Contains("pool", StringComparison.Ordinal)) // with pooling (x, x′) and (x′, x) may differ in the last bit
            {
                Assert.Equal(alone.Tangent[i, 9], part.Tangent![2, i]);
            }
        }

        Assert.Equal((alone.Nngp[4, 17], alone.Tangent![4, 17]), kernel.Pair(points.Values.Slice(17 * d, d), points.Values.Slice(4 * d, d)));
    }

    [Theory]
    [InlineData("7-64-relu-64-relu-1")]
    [InlineData("7-64-step-1")]
    [InlineData("7-64-silu-64-erf-1")]
    [InlineData("4x4x1-conv8@3-relu-gap-1")]
    public unsafe void Gram_matrices_are_positive_semidefinite(string text)
    {
        var kernel = new LimitKernel(Architecture.Parse(text), WeightPrior.Parse("he-normal+bias-normal:0.1"));
        const int n = 40;
        using LimitGram gram = kernel.Gram(new Numbers(new Draw(6).Floats(n * kernel.Net.InputCount), kernel.Net.InputCount), tangent: true);
        foreach (KernelMatrix matrix in (KernelMatrix[])[gram.Nngp, gram.Tangent!])
        {
            var values = new double[n];
            using var vectors = new NativeBuffer<double>(n * n);
            SymmetricEigen.Decompose(Team.Single, matrix.Values, values, Strided<double>.RowMajor(vectors, n, n));
            Assert.True(values[0] >= -1e-10 * values.Sum(), $"least eigenvalue {values[0]}");
        }
    }

    [Fact]
    public void Homogeneous_networks_scale_with_their_inputs() => ForAll.Draws(20, draw =>
    {
        var kernel = new LimitKernel(Architecture.Parse("6-32-relu-32-leaky0.3-1"), WeightPrior.Parse("he-normal"));
        float[] x = draw.Floats(6), y = draw.Floats(6);
        (double nngp, double tangent) = kernel.Pair(x, y);
        (double scaled, double scaledTangent) = kernel.Pair(Array.ConvertAll(x, v => 4 * v), Array.ConvertAll(y, v => v / 2));
        Assert.Equal(2 * nngp, scaled, 1e-13);
        Assert.Equal(2 * tangent, scaledTangent, 1e-13);
    });

    [Fact]
    public void Dense_kernels_do_not_see_rotations() => ForAll.Draws(20, draw =>
    {
        var kernel = new LimitKernel(Architecture.Parse("2-32-gelu-32-erf-1"), WeightPrior.Parse("he-normal+bias-normal:0.2"));
        float[] x = draw.Floats(2), y = draw.Floats(2);
        Assert.Equal(kernel.Pair(x, y).Nngp, kernel.Pair(Turned(x), Turned(y)).Nngp, 1e-6); // the turned inputs are rounded to float32

        static float[] Turned(float[] v) => [(0.6f * v[0]) - (0.8f * v[1]), (0.8f * v[0]) + (0.6f * v[1])];
    });

    [Fact]
    public void He_and_relu_keep_the_diagonal_at_every_depth()
    {
        float[] x = [0.5f, -1, 2];
        Assert.Equal(2 * 5.25 / 3, new LimitKernel(Architecture.Parse("3-20*(8-relu)-1"), WeightPrior.Parse("he-normal")).Pair(x, x).Nngp, 1e-14);
    }

    [Theory]
    [InlineData("4-8-bn-relu-1", "bn")]
    [InlineData("4x4x1-conv2@3-maxpool2-1", "maxpool2")]
    [InlineData("4-relu-8-1", "relu")]
    [InlineData("4-8-relu-tanh-1", "tanh")]
    [InlineData("4-8-res(tanh)-1", "res(tanh)")]
    [InlineData("4-8-relu-ln-1", "ln")]
    [InlineData("4x4x2-conv2@3g2-1", "conv2@3g2")]
    public void A_layer_without_closed_form_is_named(string text, string layer)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new LimitKernel(Architecture.Parse(text), WeightPrior.Parse("he-normal")));
        Assert.StartsWith(layer + " in " + text, error.Message, StringComparison.Ordinal);
        Assert.Contains("can be sampled instead", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_points_are_refused()
    {
        var kernel = new LimitKernel(Architecture.Parse("3-8-relu-1"), WeightPrior.Parse("he-normal"));
        Assert.Contains("reads 3 columns", Assert.Throws<ArgumentException>(() => kernel.Gram(new Numbers(new float[8], 4))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => kernel.Gram(new Numbers(Array.Empty<float>(), 3)));
        Assert.Contains("Row 1, column 2 is NaN", Assert.Throws<ArgumentException>(() => kernel.Gram(new Numbers(new[] { 0, 0, 0, 0, 0, float.NaN }, 3))).Message, StringComparison.Ordinal);
    }
}
