using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed unsafe class PoolingTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    [Fact]
    public void Drawn_shapes_have_the_bits_of_the_definition() => ForAll.Draws(200, draw =>
    {
        (int rows, int columns) = (draw.Int(1, 4), draw.Int(1, 4));
        var shape = new PoolingShape(draw.Int(1, 9), draw.Int(1, 9), draw.Of(1, 3, 8, 17, 35), rows, columns)
        {
            Stride = (draw.Int(1, 5), draw.Int(1, 5)), Padding = (draw.Int(0, rows - 1), draw.Int(0, columns - 1)),
        };
        int images = draw.Int(0, 4);
        Strided<float> x = Filled<float>(buffers, images * shape.Pixels, shape.Channels, (ulong)draw.Int(1, 99), gap: draw.Int(0, 2));
        for (long i = 0; i < x.Rows; i++)
        {
            for (int c = 0; c < shape.Channels; c++)
            {
                // few values, so that many are equal, and now and then a special one
                x[i, c] = draw.Int(0, 9) switch
                {
                    0 => draw.Of(float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 0f, float.Epsilon),
                    < 5 => MathF.Round(x[i, c] * 2),
                    _ => x[i, c],
                };
            }
        }

        Check(shape, images, x, draw.Int(0, 2));
    });

    [Fact]
    public void One_window_over_the_image_gives_the_mean_of_each_channel()
    {
        PoolingShape shape = PoolingShape.Global(5, 7, 19);
        Strided<float> x = Filled<float>(buffers, 3 * 35, 19, 1), y = Create<float>(buffers, 3, 19);
        Pooling.Average(new Team(2), shape, 3, x, y);
        for (int image = 0; image < 3; image++)
        {
            for (int c = 0; c < 19; c++)
            {
                Assert.Equal(Enumerable.Range(image * 35, 35).Average(i => (double)x[i, c]), y[image, c], 1e-6);
            }
        }

        Check(shape, 3, x, 0);
    }

    [Fact]
    public void Equal_numbers_leave_the_first_in_place_and_a_nan_exceeds_all()
    {
        Strided<float> x = Create<float>(buffers, 4, 2), y = Create<float>(buffers, 1, 2);
        (x[0, 0], x[1, 0], x[2, 0], x[3, 0]) = (1, 2, 2, 2);
        (x[0, 1], x[1, 1], x[2, 1], x[3, 1]) = (float.PositiveInfinity, 1, float.NaN, 3);
        int* places = stackalloc int[2];
        Pooling.Max(Team.Single, new PoolingShape(2, 2, 2, 2, 2), 1, x, y, places);
        Assert.Equal((1, 2), (places[0], places[1]));
        Assert.Equal(2, y[0, 0]);
        Assert.True(float.IsNaN(y[0, 1]));
    }

    [Fact]
    public void Padding_as_large_as_the_window_and_wrong_matrices_are_refused()
    {
        var shape = new PoolingShape(4, 4, 2, 2, 2) { Padding = (0, 2) };
        Assert.Contains("padding must be less than the window", Assert.Throws<ArgumentException>(shape.Require).Message, StringComparison.Ordinal);
        Strided<float> x = Filled<float>(buffers, 32, 2, 1), y = Create<float>(buffers, 7, 2);
        string message = Assert.Throws<ArgumentException>(() => Pooling.Average(Team.Single, shape with { Padding = (0, 0) }, 2, x, y)).Message;
        Assert.Contains("gives [8 × 2], columns side by side, but came with [32 × 2] and [7 × 2]", message, StringComparison.Ordinal);
    }

    private void Check(PoolingShape shape, int images, Strided<float> x, int gap)
    {
        long windows = images * shape.OutPixels;
        Strided<float> Result(long rows) => Create<float>(buffers, rows, shape.Channels, gap: gap);
        Strided<float> dy = Filled<float>(buffers, windows, shape.Channels, 2, gap: gap);
        (Strided<float> max, Strided<float> mean) = (Result(windows), Result(windows));
        (Strided<float> toMax, Strided<float> toMean) = (Result(x.Rows), Result(x.Rows));
        int[] places = new int[windows * shape.Channels];
        PoolingReference.Max(shape, images, x, max, places);
        PoolingReference.Average(shape, images, x, mean);
        PoolingReference.GradientOfMax(shape, images, dy, places, toMax);
        PoolingReference.GradientOfAverage(shape, images, dy, toMean);
        foreach (int threads in new[] { 1, 3 })
        {
            var team = new Team(threads);
            using var memory = new GuardedMemory(places.Length * sizeof(int));
            var found = (int*)memory.Pointer;
            (Strided<float> y, Strided<float> dx) = (Result(windows), Result(x.Rows));
            Pooling.Max(team, shape, images, x, y, found);
            AssertSameBits(max, y, $"largest, {shape}");
            Assert.Equal(places, new ReadOnlySpan<int>(found, places.Length).ToArray());
            Pooling.GradientOfMax(team, shape, images, dy, found, dx);
            AssertSameBits(toMax, dx, $"gradient of largest, {shape}");
            Pooling.Average(team, shape, images, x, y);
            AssertSameBits(mean, y, $"mean, {shape}");
            Pooling.GradientOfAverage(team, shape, images, dy, dx);
            AssertSameBits(toMean, dx, $"gradient of mean, {shape}");
        }

        buffers.ForEach(buffer => buffer.Dispose());
        buffers.Clear();
    }
}
