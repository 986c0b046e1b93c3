using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Tests.Kernels;

public class SampledKernelTests
{
    private static readonly Numbers Points = new(new Draw(12).Floats(6 * 3), 3);

    [Theory]
    [InlineData(0, 7)]
    [InlineData(3, 13)]
    [InlineData(4, 8)]
    public void Runs_cut_anywhere_join_to_the_bits_of_one_run(int first, int blocks)
    {
        SampledKernel kernel = Kernel("3-8-relu-1");
        KernelSums whole = kernel.Run(Points, first, blocks, new Execution { Threads = 1 });
        for (int cut = 1; cut < blocks; cut++)
        {
            KernelSums merged = kernel.Run(Points, first, cut, new Execution { Threads = 2 }).Merge(kernel.Run(Points, first + cut, blocks - cut));
            Assert.Equal(whole.Networks, merged.Networks);
            Assert.All(Entries(), entry => Assert.Equal(whole.Mean(entry.I, entry.J), merged.Mean(entry.I, entry.J)));
            Assert.All(Entries(), entry => Assert.Equal(whole.StandardError(entry.I, entry.J), merged.StandardError(entry.I, entry.J)));
        }
    }

    [Theory]
    [InlineData("3-16-relu-1", "he-normal", 320)]
    [InlineData("3-16-erf-1", "lecun-normal:2+bias-normal:0.5", 320)]
    [InlineData("3-16-silu-1", "he-normal+bias-normal:0.2", 320)]
    public void Samples_agree_with_the_closed_form_within_standard_errors(string text, string prior, int blocks)
    {
        SampledKernel kernel = Kernel(text, prior);
        KernelSums sums = kernel.Run(Points, 0, blocks);
        using LimitGram exact = new LimitKernel(kernel.Net, kernel.Prior).Gram(Points);
        double[] scores = [.. Entries().Select(entry => Math.Abs(sums.Mean(entry.I, entry.J) - exact.Nngp[entry.I, entry.J]) / sums.StandardError(entry.I, entry.J))];
        Assert.InRange(scores.Max(), 0, 4.5);
        Assert.InRange(scores.Average(), 0, 2); // entries of one draw move together
    }

    [Fact] // E f⁴ = 3·(1 + 5/W)ᴸ·(E f²)² for relu with He weights: independent of the kernel's code
    public void Errors_of_the_diagonal_follow_the_law_of_the_kurtosis()
    {
        const int width = 16, blocks = 1600;
        KernelSums sums = Kernel($"3-{width}-relu-{width}-relu-1", "he-normal").Run((Numbers)Points.Select([0]), 0, blocks);
        double square = 2 * Points.Values[..3].ToArray().Sum(v => (double)v * v) / 3; // the last weights have variance 2/W and relu halves
        double expected = square * Math.Sqrt(((3 * (1 + (5.0 / width)) * (1 + (5.0 / width))) - 1) / sums.Networks);
        Assert.InRange(sums.StandardError(0, 0) / expected, 0.93, 1.07); // the eighth moment makes it vary by about 2 %
        Assert.InRange((sums.Mean(0, 0) - square) / expected, -3, 3);
    }

    [Theory]
    [InlineData("3-8-relu-1", SampledForm.Outputs, 1)]
    [InlineData("3-8-relu-2", SampledForm.Outputs, 100)]
    [InlineData("3-8-bn-relu-1", SampledForm.Outputs, 130)]
    [InlineData("3-8-relu-1", SampledForm.WithoutHeads, 130)]
    [InlineData("3-8-relu-1", SampledForm.Tangent, 130)]
    public void Any_number_of_networks_gives_the_same_bits_with_any_threads_and_after_any_stop(string text, SampledForm form, int networks)
    {
        SampledKernel kernel = Kernel(text, options: new() { Form = form });
        KernelSums one = kernel.Sample(Points, networks, run: new Execution { Threads = 1 });
        KernelSums two = kernel.Sample(Points, networks, from: kernel.Sample(Points, (networks + 1) / 2), run: new Execution { Threads = 3 });
        Assert.Equal((networks, networks), (one.Networks, two.Networks));
        Assert.All(Entries(), entry => Assert.Equal(one.Mean(entry.I, entry.J), two.Mean(entry.I, entry.J)));
        Assert.All(Entries(), entry => Assert.Equal(one.StandardError(entry.I, entry.J), two.StandardError(entry.I, entry.J)));
        Assert.Equal(one.EffectiveFeatures, two.EffectiveFeatures);
        Assert.Equal(networks == 1, double.IsNaN(one.StandardError(0, 0)));
    }

    [Theory] // recorded from these loops, with and without AVX-512: a change of them is a change of bits
    [InlineData("3-8-relu-1", SampledForm.Outputs, 0x3fcdfcd9848f63d7)]
    [InlineData("3x1x1-conv4@3-bn-relu-maxpool1-gap-2", SampledForm.Outputs, 0x3fe022807ab59dac)]
    [InlineData("3x1x1-conv4@3b-tanh-flatten-1", SampledForm.WithoutHeads, 0x3fbd565fd38c705a)]
    [InlineData("3-8-erf-1", SampledForm.Tangent, 0x3fe0b62d1e46dfdc)]
    public void Entries_keep_their_bits(string text, SampledForm form, long bits) =>
        Assert.Equal($"{bits:x16}", $"{BitConverter.DoubleToInt64Bits(Kernel(text, "he-normal+bias-normal:0.2", new() { Form = form }).Sample(Points, 100).Mean(0, 1)):x16}");

    [Fact]
    public void A_cancelled_run_leaves_whole_blocks_to_go_on_from()
    {
        SampledKernel kernel = Kernel("3x1x1-conv4@3-relu-gap-1");
        using var stop = new CancellationTokenSource();
        KernelSums? last = null;
        Assert.Throws<OperationCanceledException>(() => kernel.Sample(
            Points, 640, null, null, 0,
            sums =>
            {
                last = sums;
                if (sums.Blocks == 3)
                {
                    stop.Cancel();
                }
            },
            new Execution { Cancellation = stop.Token }));
        Assert.Equal((3, 0), (last!.Blocks, last.Rest));
        Assert.Equal(kernel.Sample(Points, 640).Mean(2, 1), kernel.Sample(Points, 640, from: last).Mean(2, 1));
    }

    [Fact]
    public void Sampling_stops_where_the_error_is_small_enough()
    {
        SampledKernel kernel = Kernel("3-8-relu-1");
        KernelSums sums = kernel.Sample(Points, 100_000, until: 0.05);
        Assert.InRange(sums.RelativeErrors().Mean, 0.045, 0.05);
        Assert.True(kernel.Run(Points, 0, sums.Blocks - 1).RelativeErrors().Mean > 0.05);
        Assert.Equal(sums.Networks, kernel.Sample(Points, 100_000, until: 0.05, from: kernel.Run(Points, 0, 2)).Networks);
        Assert.Equal(64, kernel.Sample(Points, 64, until: 1e-6).Networks);
        Assert.True(sums.RelativeErrors().Largest > sums.RelativeErrors().Mean);
    }

    [Fact]
    public void Matrices_hold_the_entries_and_are_symmetric()
    {
        KernelSums sums = Kernel("3-8-relu-1").Run(Points, 0, 2);
        using KernelMatrix means = sums.Means(), errors = sums.StandardErrors();
        Assert.All(Entries(), entry => Assert.Equal(sums.Mean(entry.I, entry.J), means[entry.J, entry.I]));
        Assert.All(Entries(), entry => Assert.Equal(sums.StandardError(entry.I, entry.J), errors[entry.J, entry.I]));
    }

    [Fact]
    public void What_cannot_be_sampled_or_joined_is_refused()
    {
        SampledKernel kernel = Kernel("3-8-relu-1");
        KernelSums first = kernel.Run(Points, 0, 2), part = kernel.Sample(Points, 100);
        Assert.Contains("followed by block 2", Assert.Throws<ArgumentException>(() => first.Merge(kernel.Run(Points, 3, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("end within a block", Assert.Throws<ArgumentException>(() => part.Merge(kernel.Run(Points, 1, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("prior he-normal and lecun-normal",
            Assert.Throws<ArgumentException>(() => first.Merge(Kernel("3-8-relu-1", "lecun-normal").Run(Points, 2, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("hash of the points",
            Assert.Throws<ArgumentException>(() => kernel.Sample((Numbers)Points.Select([5, 4, 3, 2, 1, 0]), 256, from: first)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Run(Points, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Sample(Points, 64, firstNetwork: 3));
        Assert.Contains("at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Sample(Points, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Kernel("4-8-relu-1").Run(Points, 0, 1));
        Assert.Contains("not end in a dense", Assert.Throws<ArgumentException>(() => Kernel("3-8-relu", options: new() { Form = SampledForm.WithoutHeads })).Message, StringComparison.Ordinal);
        Assert.Contains("glorot-ball", Assert.Throws<ArgumentException>(() => Kernel("3-8-relu-1", "glorot-ball", new() { Form = SampledForm.WithoutHeads })).Message, StringComparison.Ordinal);
        Assert.Contains("column 2 is NaN", Assert.Throws<ArgumentException>(() => kernel.Run(new Numbers(new float[] { 1, 2, float.NaN }, 3), 0, 1)).Message, StringComparison.Ordinal);
    }

    private static SampledKernel Kernel(string text, string prior = "he-normal", SampledKernelOptions? options = null) =>
        new(Architecture.Parse(text), WeightPrior.Parse(prior), seed: 5, options);

    private static IEnumerable<(int I, int J)> Entries() => Enumerable.Range(0, 6).SelectMany(i => Enumerable.Range(0, 6), (i, j) => (i, j));
}
