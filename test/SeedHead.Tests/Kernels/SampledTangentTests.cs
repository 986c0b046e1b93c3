using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Tests.Kernels;

public sealed unsafe class SampledTangentTests
{
    private static readonly Numbers Points = new(new Draw(12).Floats(4 * 3), 3);

    [Theory] // the tangent kernel's recursion at infinite width: a wide network comes within 5 %
    [InlineData("3-2048-relu-1", "he-normal")]
    [InlineData("3-2048-erf-1", "lecun-normal:1.5+bias-normal:0.5")]
    [InlineData("3-2048-relu-2048-relu-1", "ntk:1.4142135+bias-normal:0.1")]
    public void One_wide_network_is_near_the_recursion(string text, string prior) => Assert.InRange(Error(text, prior, 1), 0, 0.05);

    [Fact]
    public void The_distance_to_the_recursion_falls_with_the_width()
    {
        double[] errors = [.. new[] { 16, 64, 256, 1024 }.Select(width => Math.Sqrt(Enumerable.Range(0, 12).Average(seed =>
            Math.Pow(Error($"3-{width}-relu-{width}-relu-1", "he-normal", 1, (ulong)seed), 2))))];
        double slope = Math.Log(errors[^1] / errors[0]) / Math.Log(64);
        Assert.InRange(slope, -0.65, -0.35); // 1/√width
    }

    [Theory]
    [InlineData("3-32-relu-1", "he-normal+bias-normal:0.5", 4096)] // one hidden layer: exact at any width
    [InlineData("3x1x1-conv32@1b-erf-gap-1", "lecun-normal+bias-normal:0.4", 2048)]
    public void The_mean_over_networks_is_the_recursion_within_standard_errors(string text, string prior, int networks)
    {
        var kernel = new SampledKernel(Architecture.Parse(text), WeightPrior.Parse(prior), 3, new() { Form = SampledForm.Tangent });
        SampleComparison found = SampleComparison.Of(kernel.Sample(Points, networks), new(kernel.Net, kernel.Prior), Points, tangent: true, new());
        Assert.InRange(found.MeanZ!.Value, 0, 2); // entries of one draw move together
        Assert.InRange(found.LargestZ!.Value, 0, 4.5);
    }

    [Theory] // derivatives by differences of outputs, times the prior's standard deviations: independent of the way back
    [InlineData("3-6-erf-2", "lecun-normal:1.3+bias-normal:0.5")]
    [InlineData("3-6-res(6-tanh-6)-sin-1", "ntk:1.3+bias-uniform:0.5")]
    [InlineData("3x1x1-conv4@3b-erf-flatten-2", "glorot-normal+bias-normal:0.5")]
    public void Products_of_derivatives_agree_with_differences_of_outputs(string text, string prior)
    {
        var net = Architecture.Parse(text);
        var law = WeightPrior.Parse(prior);
        KernelSums sums = new SampledKernel(net, law, 3, new() { Form = SampledForm.Tangent }).Sample(Points, 1);
        double[][] gradients = Differences(net, law);
        int k = net.OutputCount;
        for (int i = 0; i < Points.Count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = Enumerable.Range(0, k).Sum(c => gradients[(i * k) + c].Zip(gradients[(j * k) + c], (a, b) => a * b).Sum()) / k;
                Assert.Equal(product, sums.Mean(i, j), 0.01 * Math.Sqrt(sums.Mean(i, i) * sums.Mean(j, j)));
            }
        }
    }

    [Fact]
    public void Weights_count_by_their_prior_deviation_and_biases_without_variance_not_at_all()
    {
        Numbers one = new(new float[] { 1, 2, 2 }, 3);
        KernelSums sums = new SampledKernel(Architecture.Parse("3-1"), WeightPrior.Parse("he-normal"), 3, new() { Form = SampledForm.Tangent }).Sample(one, 3);
        Assert.Equal(2.0 / 3 * 9, sums.Mean(0, 0), 1e-5); // derivatives are the inputs, variances 2/3
        Assert.Null(sums.EffectiveFeatures);
        KernelSums biased = new SampledKernel(Architecture.Parse("3-1"), WeightPrior.Parse("he-normal+bias-normal:0.5"), 3, new() { Form = SampledForm.Tangent }).Sample(one, 3);
        Assert.Equal(6.25, biased.Mean(0, 0), 1e-5);
    }

    private static double Error(string text, string prior, int networks, ulong seed = 3)
    {
        var kernel = new SampledKernel(Architecture.Parse(text), WeightPrior.Parse(prior), seed, new() { Form = SampledForm.Tangent });
        return SampleComparison.Of(kernel.Sample(Points, networks), new(kernel.Net, kernel.Prior), Points, tangent: true, new()).RelativeError;
    }

    private static double[][] Differences(Architecture net, WeightPrior prior)
    {
        const float step = 1f / 64;
        using var network = new RandomNetwork(net, prior, 3);
        network.Draw(Team.Single, 0);
        int outputs = net.OutputCount * Points.Count;
        double[][] gradients = [.. Enumerable.Range(0, outputs).Select(_ => Array.Empty<double>())];
        foreach (Parameter parameter in network.Modules.Parameters)
        {
            LayerShape shape = parameter.Tensor.Shape;
            double variance = parameter.Tensor.IsBias ? prior.BiasVariance(shape.FanIn)
                : prior.Name == "ntk" ? prior.Scale * prior.Scale / shape.FanIn
                : prior.WeightVariance(shape.FanIn, shape.FullFanOut);
            for (int i = 0; i < parameter.Tensor.Count; i++)
            {
                float kept = parameter.Start[i];
                parameter.Start[i] = kept + step;
                float[] above = Outputs(network, outputs);
                parameter.Start[i] = kept - step;
                float[] below = Outputs(network, outputs);
                parameter.Start[i] = kept;
                for (int o = 0; o < outputs; o++)
                {
                    gradients[o] = [.. gradients[o], Math.Sqrt(variance) * ((double)above[o] - below[o]) / (2 * step)];
                }
            }
        }

        return gradients;
    }

    private static float[] Outputs(RandomNetwork network, int count)
    {
        var values = new float[count];
        fixed (float* x = Points.Values.Span, y = values)
        {
            network.Forward(Team.Single, Strided<float>.RowMajor(x, Points.Count, Points.Columns), y);
        }

        return values;
    }
}
