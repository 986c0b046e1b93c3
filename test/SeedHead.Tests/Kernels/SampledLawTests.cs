using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Tests.Kernels;

/// <summary>What theory says of sampled kernels: their means, their variances, their rates. Draws are those of fixed seeds.</summary>
public class SampledLawTests
{
    // Mean |z| of one draw has a wide spread, as its entries move together: several draws of other networks are averaged.
    [Theory]
    [InlineData("3-4-relu-1", "he-normal", 4096, 16)] // one hidden layer: exact at any width
    [InlineData("3-32-erf-1", "lecun-normal:2+bias-normal:0.5", 4096, 16)]
    [InlineData("3-512-relu-512-relu-1", "he-normal", 512, 4)]
    [InlineData("3-512-relu-512-relu-512-relu-1", "he-normal+bias-normal:0.1", 256, 4)]
    [InlineData("6x6x1-conv8@3-relu-flatten-1", "he-normal", 512, 16)]
    [InlineData("6x6x1-conv8@3-relu-gap-1", "he-normal", 512, 16)]
    [InlineData("6x6x1-conv64@3b-relu-avgpool2-conv64@3-relu-gap-1", "he-normal+bias-normal:0.2", 256, 8)]
    [InlineData("3-256-res(256-relu-256)-relu-1", "lecun-normal:1.3", 512, 4)]
    [InlineData("3-512-ln-relu-1", "he-normal", 512, 16)]
    public void Samples_agree_with_the_closed_form_within_standard_errors(string text, string prior, int networks, int seeds)
    {
        var net = Architecture.Parse(text);
        var exact = new LimitKernel(net, WeightPrior.Parse(prior));
        Numbers points = Points(net.InputCount, 8);
        SampleComparison[] draws = [.. Enumerable.Range(0, seeds).Select(seed => SampleComparison.Of(
            new SampledKernel(net, exact.Prior, (ulong)seed).Sample(points, networks), exact, points, tangent: false, new()))];
        Assert.InRange(draws.Average(draw => draw.MeanZ!.Value), 0, 1.2);
        Assert.InRange(draws.Max(draw => draw.LargestZ!.Value), 0, 4.5);
    }

    [Fact]
    public void The_error_falls_with_the_root_of_the_number_of_networks()
    {
        Numbers points = Points(3, 6);
        var exact = new LimitKernel(Architecture.Parse("3-8-relu-1"), WeightPrior.Parse("he-normal"));
        int[] counts = [64, 256, 1024, 4096];
        double[] errors = [.. counts.Select(count => Math.Sqrt(Enumerable.Range(0, 20).Average(seed =>
            Math.Pow(SampleComparison.Of(new SampledKernel(exact.Net, exact.Prior, (ulong)seed).Sample(points, count), exact, points, tangent: false, new()).RelativeError, 2))))];
        double[] x = [.. counts.Select(count => Math.Log(count))], y = [.. errors.Select(error => Math.Log(error))];
        double slope = x.Zip(y, (a, b) => (a - x.Average()) * (b - y.Average())).Sum() / x.Sum(a => (a - x.Average()) * (a - x.Average()));
        Assert.InRange(slope, -0.6, -0.4);
    }

    [Theory] // N·Var = 3·(1 + 5/W)ᴸ − 1 for one output, (1 + 5/W)ᴸ − 1 + 2/k·(1 + 5/W)ᴸ for k, (1 + 5/W)ᴸ − 1 without heads, of the squared diagonal: relu, He weights
    [InlineData(16, 2, 1)]
    [InlineData(16, 2, 4)]
    [InlineData(8, 1, 3)]
    [InlineData(16, 2, 0)]
    [InlineData(32, 3, 0)]
    public void Variances_of_the_diagonal_follow_the_laws(int width, int depth, int outputs)
    {
        const int runs = 24, networks = 2048;
        var net = Architecture.Parse($"3-{depth}*({width}-relu)-{Math.Max(outputs, 1)}");
        var kernel = new SampledKernel(net, WeightPrior.Parse("he-normal"), 8, new() { Form = outputs == 0 ? SampledForm.WithoutHeads : SampledForm.Outputs });
        Numbers points = Points(3, 1);
        double q = 2 * points.Values.ToArray().Sum(v => (double)v * v) / 3, power = Math.Pow(1 + (5.0 / width), depth); // the last weights have variance 2/W and relu halves
        double law = outputs == 0 ? power - 1 : power - 1 + (2 * power / outputs);
        KernelSums[] parts = [.. Enumerable.Range(0, runs).Select(i => kernel.Sample(points, networks, firstNetwork: i * networks))];
        double[] variances = [.. parts.Select(part => Math.Pow(part.StandardError(0, 0) / q, 2) * (networks - 1))];
        double mean = variances.Average(), error = Math.Sqrt(variances.Sum(v => (v - mean) * (v - mean)) / (runs * (runs - 1)));
        Assert.InRange((mean - law) / error, -3, 3);
        double means = parts.Average(part => part.Mean(0, 0)) / q;
        Assert.InRange((means - 1) / Math.Sqrt(law / (runs * networks)), -3, 3);
        double effective = parts.Average(part => part.EffectiveFeatures!.Value) / networks;
        Assert.Equal(((3 * power) - 1) / law, effective, 0.08 * ((3 * power) - 1) / law); // Var₁/Var
    }

    [Theory]
    [InlineData("3-8-relu-8-relu-1", SampledForm.Outputs)]
    [InlineData("4x4x1-conv4@3-relu-avgpool2-res(conv4@3-relu-conv4@3)-gap-1", SampledForm.WithoutHeads)]
    [InlineData("3-8-leaky0.1-2", SampledForm.Outputs)]
    public void Positive_factors_of_inputs_come_out_of_networks_of_relu_without_biases(string text, SampledForm form)
    {
        var net = Architecture.Parse(text);
        Numbers points = Points(net.InputCount, 2), scaled = new(points.Values.ToArray().Select((v, i) => v * (i < net.InputCount ? 2 : 0.25f)).ToArray(), net.InputCount);
        var kernel = new SampledKernel(net, WeightPrior.Parse("he-normal"), 3, new() { Form = form });
        KernelSums sums = kernel.Sample(points, 70), after = kernel.Sample(scaled, 70);
        Assert.Equal(0.5 * sums.Mean(0, 1), after.Mean(0, 1)); // powers of two round nothing
        Assert.Equal(4 * sums.Mean(0, 0), after.Mean(0, 0));
        Assert.Equal(0.5 * sums.StandardError(0, 1), after.StandardError(0, 1), 1e-12);
    }

    [Fact]
    public void A_rotation_of_the_inputs_changes_no_expectation()
    {
        Numbers points = Points(2, 6);
        (float cos, float sin) = (0.6f, 0.8f);
        float[] x = points.Values.ToArray(), turned = [.. Enumerable.Range(0, x.Length).Select(i => i % 2 == 0 ? (cos * x[i]) - (sin * x[i + 1]) : (sin * x[i - 1]) + (cos * x[i]))];
        var net = Architecture.Parse("2-8-tanh-8-tanh-1"); // no closed form is near at this width
        var prior = WeightPrior.Parse("lecun-normal:2+bias-normal:0.3");
        KernelSums one = new SampledKernel(net, prior, 1).Run(points, 0, 128), two = new SampledKernel(net, prior, 2).Run(new(turned, 2), 0, 128);
        double[] z = [.. from i in Enumerable.Range(0, 6) from j in Enumerable.Range(0, i + 1)
            let error = Math.Sqrt((one.StandardError(i, j) * one.StandardError(i, j)) + (two.StandardError(i, j) * two.StandardError(i, j)))
            select Math.Abs(one.Mean(i, j) - two.Mean(i, j)) / error];
        Assert.InRange(z.Max(), 0, 4.5);
        Assert.InRange(z.Average(), 0, 2); // entries of one draw move together
    }

    [Theory]
    [InlineData("3-8-relu-1", SampledForm.Outputs, 20)] // fewer networks than points: most eigenvalues are 0
    [InlineData("3-8-relu-3", SampledForm.Outputs, 5)]
    [InlineData("3-4-relu-1", SampledForm.WithoutHeads, 6)]
    [InlineData("3-2-relu-1", SampledForm.Tangent, 2)]
    public unsafe void Sampled_kernels_have_no_negative_eigenvalue_beyond_rounding(string text, SampledForm form, int networks)
    {
        Numbers points = Points(3, 40);
        using KernelMatrix kernel = new SampledKernel(Architecture.Parse(text), WeightPrior.Parse("he-normal"), 3, new() { Form = form }).Sample(points, networks).Means();
        double trace = Enumerable.Range(0, 40).Sum(i => kernel[i, i]);
        using NativeBuffer<double> copy = new(40 * 40), vectors = new(40 * 40);
        for (int i = 0; i < 40; i++)
        {
            kernel.Row(i).CopyTo(copy.Span(i * 40, 40));
        }

        var values = new double[40];
        SymmetricEigen.Decompose(Team.Single, Strided<double>.RowMajor(copy, 40, 40), values, Strided<double>.RowMajor(vectors, 40, 40));
        Assert.InRange(values.Min(), -1e-10 * trace, 1e-10 * trace);
    }

    // The pair of the table: relu, He weights, no biases, equal norms. Its norm and angle follow from the limits 0.1692 (L = 2) and 0.2123 (L = 3):
    // −0.0292, −0.0150, −0.0074 for W = 4, 8, 16 and L = 2; −0.0581, −0.0312, −0.0160 for L = 3 (4 to 16 million networks each).
    [Theory]
    [InlineData(2, 0.1692, new[] { -0.0292, -0.0150, -0.0074 })]
    [InlineData(3, 0.2123, new[] { -0.0581, -0.0312, -0.0160 })]
    public void The_distance_to_infinite_width_halves_when_the_width_doubles(int depth, double limit, double[] distances)
    {
        Numbers points = Pair();
        for (int i = 0; i < distances.Length; i++)
        {
            var net = Architecture.Parse($"2-{depth}*({4 << i}-relu)-1");
            var kernel = new SampledKernel(net, WeightPrior.Parse("he-normal"), 3, new() { Form = SampledForm.WithoutHeads });
            using LimitGram exact = new LimitKernel(net, kernel.Prior).Gram(points);
            Assert.Equal(limit, exact.Nngp[0, 1], 2e-4);
            KernelSums sums = kernel.Sample(points, 1 << 16);
            double error = sums.StandardError(0, 1);
            Assert.InRange((sums.Mean(0, 1) - exact.Nngp[0, 1] - distances[i]) / Math.Sqrt((error * error) + 2.5e-7), -3.5, 3.5); // the table's own error is about 5·10⁻⁴
        }
    }

    // Two points of norm r and angle θ whose limits at depth 2 and 3 are 0.1692 and 0.2123: κ(t)/t = 0.2123/0.1692 gives the cosine t at depth 2.
    private static Numbers Pair()
    {
        double at2 = Root(t => (Kappa(t) / t) - (0.2123 / 0.1692), 0.05, 0.999), scale = 0.1692 / at2;
        double cosine = Root(t => Kappa(Kappa(t)) - at2, -0.999, 0.999);
        double norm = Math.Sqrt(scale); // K(x, x) = 2·|x|²/d at the first layer, halved by relu and doubled again, d = 2
        return new(new[] { (float)norm, 0, (float)(norm * cosine), (float)(norm * Math.Sqrt(1 - (cosine * cosine))) }, 2);
    }

    private static double Kappa(double t) => (Math.Sqrt(1 - (t * t)) + ((Math.PI - Math.Acos(t)) * t)) / Math.PI; // Cho & Saul 2009

    private static double Root(Func<double, double> f, double low, double high)
    {
        bool rising = f(high) > 0;
        for (int i = 0; i < 200; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = f(middle) > 0 == rising ? (low, middle) : (middle, high);
        }

        return (low + high) / 2;
    }

    private static Numbers Points(int columns, int count) => new(new Draw(12).Floats(count * columns), columns);
}
