using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Kernels;
using SeedHead.Networks;
using SeedHead.Tests.Heads;

namespace SeedHead.Tests.Kernels;

public sealed unsafe class KernelFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tiles_in_memory_on_disk_and_computed_anew_have_the_bits_of_the_whole_matrix_in_float32()
    {
        const int rows = 1030, side = IKernelTiles.Side;
        var points = new Numbers(new Draw(2).Floats(rows * 3), 3);
        var kernel = new LimitKernel(Architecture.Parse("3-8-relu-8-erf-1"), WeightPrior.Parse("he-normal+bias-normal:0.3"));
        using LimitGram whole = kernel.Gram(points, tangent: true);
        var run = new Execution { Threads = 2 };
        using IKernelTiles anew = new LimitKernelTiles(kernel, points, tangent: true);
        using IKernelTiles held = KernelStore.Keep(run, anew, KernelPlace.Memory, folder.Path), file = KernelStore.Keep(run, anew, KernelPlace.Disk, folder.Path);
        using var buffer = new NativeBuffer<float>(KernelFile.TileNumbers);
        foreach (IKernelTiles tiles in (IKernelTiles[])[anew, held, file])
        {
            foreach ((int row, int column) in ((int, int)[])[(0, 0), (1, 0), (1, 1)])
            {
                float* tile = tiles.Tile(row, column, buffer.Pointer);
                for (int i = row * side; i < Math.Min((row + 1) * side, rows); i++)
                {
                    for (int j = column * side; j < Math.Min((column + 1) * side, rows); j++)
                    {
                        Assert.Equal((float)whole.Tangent![i, j], tile[((i % side) * side) + (j % side)]);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_ridge_has_the_same_bits_wherever_its_tiles_lie()
    {
        const int rows = 1030;
        var draw = new Draw(4);
        var points = new Numbers(draw.Floats(rows * 3), 3);
        double[] targets = [.. Enumerable.Range(0, rows).Select(i => Math.Abs((double)points.Values.Span[i * 3]) + draw.Double(-0.1, 0.1))];
        var kernel = new LimitKernel(Architecture.Parse("3-8-relu-8-relu-1"), WeightPrior.Parse("he-normal+bias-normal:0.3"));
        var run = new Execution { Threads = 2 };
        using IKernelTiles anew = new LimitKernelTiles(kernel, points, tangent: false);
        var found = new List<long[]>();
        foreach (KernelPlace place in Enum.GetValues<KernelPlace>())
        {
            IKernelTiles tiles = KernelStore.Keep(run, anew, place, folder.Path);
            fixed (double* y = targets)
            {
                using KernelRidge ridge = KernelRidge.Fit(run, tiles, Strided<double>.RowMajor(y, rows, 1), new() { Noises = [0.1], Centres = 100, Tolerance = 1e-2 });
                found.Add([.. Enumerable.Range(0, rows).Select(i => BitConverter.DoubleToInt64Bits(ridge.Coefficients[i, 0]))]);
            }

            tiles.Dispose();
        }

        Assert.Equal(found[0], found[1]);
        Assert.Equal(found[0], found[2]);
    }

    [Fact]
    public void The_file_leaves_nothing_behind_not_even_after_a_fault()
    {
        using (new KernelFile(new Execution { Threads = 1 }, new ArrayTiles(5, (i, j) => i + j), folder.Path))
        {
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
        Assert.Throws<InvalidOperationException>(() => new KernelFile(new Execution { Threads = 1 }, new ArrayTiles(5, (_, _) => throw new InvalidOperationException()), folder.Path));
        Assert.Empty(Directory.GetFiles(folder.Path));
        string nowhere = Path.Combine(folder.Path, "none");
        Assert.Contains("cannot be kept there", Assert.Throws<DataException>(() => new KernelFile(new Execution { Threads = 1 }, new ArrayTiles(5, (_, _) => 1), nowhere)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_follows_from_memory_and_disk()
    {
        Assert.Equal(3 * 4L * 1024 * 1024, KernelFile.Bytes(1025)); // two bands: three tiles
        Assert.Equal(KernelPlace.Memory, KernelStore.Choose(1025, KernelFile.Bytes(1025), folder.Path));
        Assert.Equal(KernelPlace.Disk, KernelStore.Choose(1025, 1000, folder.Path));
        Assert.Equal(KernelPlace.Nowhere, KernelStore.Choose(50_000_000, 1000, folder.Path)); // 5 million GiB
    }
}
