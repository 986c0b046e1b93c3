using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Tests.Kernels;

public class KernelBandsTests
{
    [Theory]
    [InlineData("5-16-relu-16-erf-1", false)]
    [InlineData("5-16-tanh-1", true)]
    [InlineData("4x4x1-conv8@3-relu-gap-1", false)] // (x, x′) and (x′, x) may differ in their last bits
    public void A_file_written_by_tiles_has_the_bytes_of_the_whole_matrix(string net, bool tangent)
    {
        const int rows = 23;
        Architecture architecture = Architecture.Parse(net);
        var kernel = new LimitKernel(architecture, WeightPrior.Parse("he-normal+bias-normal:0.3"));
        var points = new Numbers(new Draw(6).Floats(rows * architecture.InputCount), architecture.InputCount);
        var run = new Execution { Threads = 2 };
        using LimitGram gram = kernel.Gram(points, tangent, run);
        using var whole = new MemoryStream();
        (gram.Tangent ?? gram.Nngp).WriteNpy(whole);
        foreach (int side in (int[])[1, 7, 22, 23])
        {
            using var tiles = new MemoryStream();
            KernelBands.WriteNpy(tiles, kernel, points, tangent, side, run);
            Assert.Equal(whole.ToArray(), tiles.ToArray());
        }
    }

    [Fact]
    public void Tiles_shrink_to_what_is_allowed_and_end_in_a_forecast()
    {
        var kernel = new LimitKernel(Architecture.Parse("5-16-relu-1"), WeightPrior.Parse("he-normal"));
        Assert.Equal(4096, KernelBands.Side(kernel, 10_000, false, 1, 1L << 30));
        int side = KernelBands.Side(kernel, 10_000, false, 1, 1L << 24);
        Assert.InRange(side, 64, 2048);
        Assert.InRange((10_000L * 5 * 4) + kernel.Bytes(side, side, false, 1), 1, 1L << 24);
        Assert.Contains("even when", Assert.Throws<ForecastException>(() => KernelBands.Side(kernel, 10_000, false, 1, 1000)).Message, StringComparison.Ordinal);
        Assert.Equal(5, KernelBands.Side(kernel, 5, false, 1, 1L << 24));
    }

    [Fact]
    public void A_disk_without_room_is_told_before_the_work()
    {
        KernelBands.RequireDisk(Path.GetTempPath() + "k.npy", 10);
        Assert.Contains("its disk has", Assert.Throws<DataException>(() => KernelBands.RequireDisk(Path.GetTempPath() + "k.npy", int.MaxValue)).Message, StringComparison.Ordinal);
    }
}
