using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Models;
using SeedHead.Networks;

namespace SeedHead.Tests.Models;

public sealed class KernelStateTests : IDisposable
{
    private static readonly Numbers Points = new(new Draw(12).Floats(6 * 3), 3);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(SampledForm.Outputs, 64)]
    [InlineData(SampledForm.WithoutHeads, 7 * 64)]
    [InlineData(SampledForm.Tangent, 2 * 64)]
    public void A_state_gives_back_the_bits_of_the_whole_blocks(SampledForm form, int networks)
    {
        SampledKernel kernel = Kernel(form);
        KernelSums whole = kernel.Sample(Points, networks), more = kernel.Sample(Points, networks + 5);
        string path = folder.File("state.zip"), again = folder.File("again.zip");
        KernelState.Write(path, more);
        KernelSums read = KernelState.Read(path);
        Assert.Equal((whole.Networks, whole.Source), (read.Networks, read.Source));
        Assert.Equal(whole.Mean(3, 1), read.Mean(3, 1));
        Assert.Equal(whole.StandardError(3, 1), read.StandardError(3, 1));
        Assert.Equal(whole.EffectiveFeatures, read.EffectiveFeatures);
        KernelState.Write(again, whole);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
        Assert.Equal(more.Mean(3, 1), kernel.Sample(Points, networks + 5, from: read).Mean(3, 1));
    }

    [Fact]
    public void A_state_of_other_points_or_a_file_that_is_none_is_refused()
    {
        string path = folder.File("state.zip");
        KernelState.Write(path, Kernel(SampledForm.Outputs).Sample(Points, 64));
        Assert.Contains("hash of the points", Assert.Throws<ArgumentException>(() =>
            Kernel(SampledForm.Outputs).Sample((Numbers)Points.Select([1, 0, 2, 3, 4, 5]), 128, from: KernelState.Read(path))).Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => KernelState.Read(folder.Write("text.zip", "nothing")));
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Assert.Throws<DataException>(() => KernelState.Read(path));
        Assert.Contains("no such file", Assert.Throws<DataException>(() => KernelState.Read(folder.File("none"))).Message, StringComparison.Ordinal);
    }

    private static SampledKernel Kernel(SampledForm form) => new(Architecture.Parse("3-8-relu-1"), WeightPrior.Parse("he-normal"), 5, new() { Form = form });
}
