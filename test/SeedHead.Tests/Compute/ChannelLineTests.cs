using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed unsafe class ChannelLineTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    [Fact]
    public void Drawn_lines_have_the_bits_of_the_definition_there_and_back() => ForAll.Draws(100, draw =>
    {
        int rows = draw.Int(0, 60), channels = draw.Of(1, 3, 8, 17, 35);
        (ChannelLine line, ChannelSlope slope) = Numbers(draw, channels);
        Strided<float> x = Values(draw, rows, channels), dy = Filled<float>(buffers, rows, channels, 2), y = Create<float>(buffers, rows, channels);
        Strided<float> before = Copy(x);
        line.Forward(new Team(2), x, y);
        line.Backward(new Team(2), dy, x, slope, x); // onto its own input
        for (int row = 0; row < rows; row++)
        {
            for (int c = 0; c < channels; c++)
            {
                AssertSame(ChannelLineReference.Forward(line, c, before[row, c]), y[row, c]);
                AssertSame(ChannelLineReference.Backward(line, c, before[row, c], dy[row, c], slope), x[row, c]);
            }
        }
    });

    [Fact]
    public void With_a_pool_bits_are_those_of_the_line_and_the_pool_one_behind_the_other() => ForAll.Draws(100, draw =>
    {
        int height = draw.Int(2, 7), width = draw.Int(2, 7), channels = draw.Of(1, 3, 8, 17, 35), images = draw.Int(0, 4);
        var shape = new PoolingShape(height, width, channels, 2, 2);
        (ChannelLine line, ChannelSlope slope) = Numbers(draw, channels);
        Strided<float> x = Values(draw, images * (int)shape.Pixels, channels), before = Copy(x), z = Create<float>(buffers, x.Rows, channels);
        Strided<float> pooled = Create<float>(buffers, images * shape.OutPixels, channels), y = Copy(pooled), peaks = Copy(pooled), dz = Create<float>(buffers, x.Rows, channels);
        Strided<float> dy = Filled<float>(buffers, pooled.Rows, channels, 3);
        line.Forward(Team.Single, x, z);
        using var places = new NativeBuffer<int>(pooled.Rows * channels);
        Pooling.Max(Team.Single, shape, images, z, pooled, places.Pointer);
        Pooling.GradientOfMax(Team.Single, shape, images, dy, places.Pointer, dz);

        PooledLine.Forward(new Team(2), line, height, width, images, x, y, peaks.Pointer);
        PooledLine.Backward(new Team(2), line, height, width, images, dy, x, slope, x); // onto its own input
        for (long row = 0; row < pooled.Rows; row++)
        {
            for (int c = 0; c < channels; c++)
            {
                AssertSame(pooled[row, c], y[row, c]);
                AssertSame(ChannelLineReference.Forward(line, c, peaks[row, c]), y[row, c]);
            }
        }

        for (long row = 0; row < x.Rows; row++)
        {
            for (int c = 0; c < channels; c++)
            {
                AssertSame(ChannelLineReference.Backward(line, c, before[row, c], dz[row, c], slope), x[row, c]);
            }
        }
    });

    private static void AssertSame(float expected, float actual)
    {
        bool same = float.IsNaN(expected) ? float.IsNaN(actual) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual);
        Assert.True(same, $"{actual} instead of {expected}");
    }

    private static (ChannelLine Line, ChannelSlope Slope) Numbers(Draw draw, int channels) => (
        new(draw.Floats(channels), draw.Floats(channels), draw.Of(0, float.NegativeInfinity, 0.5f)),
        new(draw.Floats(channels), draw.Floats(channels), draw.Floats(channels)));

    /// <summary>Few values, so that many are equal, and now and then a special one.</summary>
    private Strided<float> Values(Draw draw, int rows, int channels)
    {
        Strided<float> x = Create<float>(buffers, rows, channels);
        for (long i = 0; i < rows; i++)
        {
            for (int c = 0; c < channels; c++)
            {
                x[i, c] = draw.Int(0, 9) switch
                {
                    0 => draw.Of(float.NaN, float.PositiveInfinity, -0f, 0f, float.Epsilon),
                    < 5 => draw.Int(-2, 2),
                    _ => draw.Float(),
                };
            }
        }

        return x;
    }

    private Strided<float> Copy(Strided<float> x)
    {
        Strided<float> copy = Create<float>(buffers, x.Rows, x.Columns);
        for (long row = 0; row < x.Rows; row++)
        {
            x.Row(row).CopyTo(copy.Row(row));
        }

        return copy;
    }
}
