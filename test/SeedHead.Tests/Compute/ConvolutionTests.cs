using System.Runtime.Intrinsics.X86;
using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed unsafe class ConvolutionTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    // images, height, width, channels, filters, filter height, filter width, stride, padding, groups
    public static TheoryData<int, int[]> Shapes => new()
    {
        { 3, [8, 8, 16, 32, 3, 3, 1, 1, 1] }, { 2, [7, 9, 3, 17, 3, 3, 1, 1, 1] }, { 2, [9, 7, 17, 64, 3, 3, 1, 1, 1] },
        { 2, [11, 11, 5, 37, 3, 3, 2, 1, 1] }, { 1, [13, 13, 6, 8, 5, 5, 1, 2, 1] }, { 40, [2, 2, 12, 20, 3, 3, 1, 1, 1] },
        { 3, [1, 1, 7, 5, 3, 3, 1, 1, 1] }, { 2, [3, 3, 4, 4, 5, 5, 1, 2, 1] }, { 2, [2, 3, 4, 4, 7, 7, 1, 3, 1] },
        { 2, [7, 7, 3, 4, 2, 2, 3, 0, 1] }, { 2, [6, 5, 8, 16, 1, 1, 1, 0, 1] }, { 2, [6, 5, 8, 16, 1, 1, 2, 0, 1] },
        { 2, [5, 5, 200, 40, 3, 3, 1, 1, 1] }, { 0, [5, 5, 3, 4, 3, 3, 1, 1, 1] }, { 1, [3, 3, 2, 3, 5, 5, 1, 0, 1] },
        { 2, [6, 6, 16, 16, 3, 3, 1, 1, 16] }, { 2, [6, 6, 17, 17, 3, 3, 2, 1, 17] }, { 2, [6, 7, 12, 24, 3, 3, 1, 1, 12] },
        { 2, [6, 7, 24, 12, 3, 3, 1, 1, 12] }, { 2, [5, 5, 32, 64, 3, 3, 1, 1, 2] }, { 2, [5, 5, 34, 78, 3, 3, 2, 1, 2] },
        { 2, [4, 4, 3, 5, 1, 3, 1, 4, 1] }, { 1, [40, 120, 2, 3, 3, 3, 1, 1, 1] }, { 9, [16, 32, 2, 3, 3, 3, 1, 1, 1] },
        { 9, [32, 16, 4, 4, 3, 3, 1, 1, 4] }, { 1, [1, 1, 1, 1, 1, 1, 1, 0, 1] },
        { 35, [5, 6, 3, 4, 3, 3, 1, 1, 1] }, { 18, [9, 40, 1, 33, 3, 3, 1, 1, 1] }, { 17, [4, 3, 33, 1, 3, 2, 2, 2, 1] },
        { 16, [3, 3, 2, 4, 5, 5, 1, 2, 1] }, { 21, [1, 1, 1, 2, 3, 3, 1, 3, 1] }, { 16, [2, 2, 1, 1, 5, 3, 1, 0, 1] },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Every_pass_has_the_bits_of_the_definition(int images, int[] sizes) => Check(images, Shape(sizes), gap: 0);

    [Fact]
    public void Drawn_shapes_have_the_bits_of_the_definition() => ForAll.Draws(120, draw =>
    {
        int groups = draw.Of(1, 1, 1, 2, 3, 5);
        var shape = new ConvolutionShape(
            draw.Int(1, 9), draw.Int(1, 9), groups * draw.Int(1, 9), groups * draw.Of(1, 2, 3, 5, 9, 16, 19, 33), draw.Int(1, 5), draw.Int(1, 5))
        {
            Stride = (draw.Int(1, 3), draw.Int(1, 3)),
            Padding = (draw.Int(0, 3), draw.Int(0, 3)),
            Groups = groups,
        };
        Check(draw.Of(0, 1, 2, 3, 5, 17), shape, gap: draw.Int(0, 3), draw);
    });

    [Fact]
    public void The_passes_agree_with_sums_in_double()
    {
        ForAll.Draws(40, draw =>
        {
            int groups = draw.Of(1, 1, 2, 3);
            var shape = new ConvolutionShape(draw.Int(1, 7), draw.Int(1, 7), groups * draw.Int(1, 4), groups * draw.Int(1, 5), draw.Int(1, 4), draw.Int(1, 4))
            {
                Stride = (draw.Int(1, 3), draw.Int(1, 3)), Padding = (draw.Int(0, 2), draw.Int(0, 2)), Groups = groups,
            };
            var data = new Case(buffers, 2, shape, 0);
            double[,] expected = ConvolutionReference.ForwardInDouble(shape, 2, data.X, data.W);
            Convolution.Forward(new Team(2), shape, 2, data.X, data.W, null, data.Y);
            for (int i = 0; i < data.Y.Rows; i++)
            {
                for (int f = 0; f < shape.Filters; f++)
                {
                    Assert.Equal(expected[i, f], data.Y[i, f], shape.Taps * 1e-6);
                }
            }
        });
    }

    // The loss Σ y·dy is linear in x and in w, so a difference of losses in float64 is its slope but for rounding.
    [Fact]
    public void The_gradients_are_the_slopes_of_the_loss()
    {
        ForAll.Draws(40, draw =>
        {
            int groups = draw.Of(1, 1, 2, 3);
            var shape = new ConvolutionShape(draw.Int(2, 6), draw.Int(2, 6), groups * draw.Int(1, 3), groups * draw.Int(1, 4), draw.Int(1, 3), draw.Int(1, 3))
            {
                Stride = (draw.Int(1, 2), draw.Int(1, 3)), Padding = (draw.Int(0, 2), draw.Int(0, 1)), Groups = groups,
            };
            var data = new Case(buffers, 2, shape, 0);
            Convolution.GradientOfInput(Team.Single, shape, 2, data.Dy, data.W, data.Dx);
            Strided<float> dw = Create<float>(buffers, shape.Taps, shape.Filters);
            Convolution.GradientOfWeights(Team.Single, shape, 2, data.X, data.Dy, dw);
            (int pixel, int channel) = (draw.Int(0, (int)data.X.Rows - 1), draw.Int(0, shape.Channels - 1));
            (int tap, int filter) = (draw.Int(0, (int)shape.Taps - 1), draw.Int(0, shape.Filters - 1));
            Assert.Equal(Slope(data, ref data.X[pixel, channel]), data.Dx[pixel, channel], 1e-4);
            Assert.Equal(Slope(data, ref data.W[tap, filter]), dw[tap, filter], 1e-4);
        });
    }

    // The first has enough weights to go through more pixels at a time than the second.
    [Fact]
    public void The_gradient_of_chosen_filters_and_channels_is_a_part_of_the_whole_gradient()
    {
        var shape = new ConvolutionShape(4, 4, 172, 172, 3, 3) { Padding = (1, 1) };
        const int images = 70;
        var data = new Case(buffers, images, shape, 3);
        int[] filters = [0, 1, 7, 40, 171], channels = [2, 100, 101];
        Strided<float> whole = Create<float>(buffers, shape.Taps, shape.Filters), part = Create<float>(buffers, 9 * channels.Length, filters.Length);
        Convolution.GradientOfWeights(new Team(2), shape, images, data.X, data.Dy, whole);
        Convolution.GradientOfWeights(new Team(2), shape, images, data.X, data.Dy, part, filters, channels);
        Strided<float> expected = Create<float>(buffers, part.Rows, part.Columns);
        for (int row = 0; row < part.Rows; row++)
        {
            for (int column = 0; column < part.Columns; column++)
            {
                expected[row, column] = whole[row / channels.Length * 172 + channels[row % channels.Length], filters[column]];
            }
        }

        AssertSameBits(expected, part, "part of a gradient");
    }

    // So many weights that the sums of three blocks do not fit in memory at once.
    [Fact]
    public void The_gradients_of_blocks_of_images_are_added_in_order()
    {
        var shape = new ConvolutionShape(46, 46, 1, 800, 91, 91) { Padding = (45, 45) };
        Assert.Equal(1, Convolution.BlockImages(shape));
        const int images = 3;
        var data = new Case(buffers, images, shape, 0);
        Strided<float> together = Create<float>(buffers, shape.Taps, 800), one = Create<float>(buffers, shape.Taps, 800);
        Convolution.GradientOfWeights(new Team(2), shape, images, data.X, data.Dy, together);
        Strided<float> sum = Create<float>(buffers, shape.Taps, 800);
        for (int image = 0; image < images; image++)
        {
            Strided<float> x = data.X.Block(image * shape.Pixels, 0, shape.Pixels, 1), dy = data.Dy.Block(image * shape.OutPixels, 0, shape.OutPixels, 800);
            Convolution.GradientOfWeights(new Team(2), shape, 1, x, dy, image == 0 ? sum : one);
            for (long i = 0; i < shape.Taps && image > 0; i++)
            {
                Elementwise.Add(sum.Row(i), one.Row(i));
            }
        }

        AssertSameBits(sum, together, "sum of blocks");
    }

    [Fact]
    public void Nothing_outside_of_the_image_takes_part()
    {
        var shape = new ConvolutionShape(4, 4, 1, 1, 3, 3) { Padding = (1, 1) };
        var data = new Case(buffers, 1, shape, 0);
        data.W[0, 0] = float.PositiveInfinity; // the place above and to the left, which the first row and column of pixels do not have
        Convolution.Forward(Team.Single, shape, 1, data.X, data.W, null, data.Y);
        Assert.All(Enumerable.Range(0, 16), i => Assert.Equal(i % 4 == 0 || i < 4, float.IsFinite(data.Y[i, 0])));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.Epsilon)] // smallest denormal: not flushed
    [InlineData(-0f)]
    [InlineData(float.MaxValue)]
    public void Special_values_spread_as_the_definition_says(float special)
    {
        foreach (int groups in new[] { 1, 6 })
        {
            var shape = new ConvolutionShape(5, 6, 6, 18, 3, 3) { Padding = (1, 1), Groups = groups };
            Check(2, shape, gap: 1, change: data =>
            {
                data.X[17, 3] = special;
                data.W[3, 5] = special;
                data.Dy[7, 11] = special;
            });
        }
    }

    [Fact]
    public void Every_part_of_a_result_is_handed_over_once_and_complete()
    {
        foreach ((int groups, int filters) in new[] { (1, 72), (8, 72), (1, 2) })
        {
            var shape = new ConvolutionShape(6, 6, 8, filters, 3, 3) { Padding = (1, 1), Groups = groups };
            const int images = 19;
            var data = new Case(buffers, images, shape, 2);
            Convolution.Forward(Team.Single, shape, images, data.X, data.W, data.Bias, data.Y);
            Strided<float> doubled = Create<float>(buffers, data.Y.Rows, data.Y.Columns);
            Convolution.Forward(new Team(5), shape, images, data.X, data.W, data.Bias, doubled, (rows, firstColumn) =>
            {
                Assert.Equal(0, (rows.Pointer - doubled.Pointer - firstColumn) % doubled.RowStride);
                for (long i = 0; i < rows.Rows; i++)
                {
                    for (long j = 0; j < rows.Columns; j++)
                    {
                        rows[i, j] *= 2;
                    }
                }
            });
            for (long i = 0; i < data.Y.Rows; i++)
            {
                for (long j = 0; j < data.Y.Columns; j++)
                {
                    data.Y[i, j] *= 2;
                }
            }

            AssertSameBits(data.Y, doubled, $"{shape}");
        }
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(4, 6)]
    public void Groups_that_do_not_divide_are_refused(int groups, int channels)
    {
        var shape = new ConvolutionShape(5, 5, channels, 8, 3, 3) { Groups = groups };
        Assert.Contains("groups must divide", Assert.Throws<ArgumentException>(shape.Require).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Matrices_and_choices_that_do_not_fit_are_named()
    {
        var shape = new ConvolutionShape(4, 4, 2, 3, 3, 3);
        var data = new Case(buffers, 2, shape, 0);
        Refused("the input is [32 × 2], columns 1 apart, not [48 × 2]", () => Convolution.Forward(Team.Single, shape, 3, data.X, data.W, null, data.Y));
        Refused("the result is [32 × 2]", () => Convolution.Forward(Team.Single, shape, 2, data.X, data.W, null, data.X));
        Refused("weights are [3 × 18]", () => Convolution.Forward(Team.Single, shape, 2, data.X, data.W.Transpose, null, data.Y));
        Refused("room for 2 sums, not for 3 filters", () => Convolution.GradientOfBias(Team.Single, shape, 2, data.Dy, new float[2]));
        Refused(
            "must ascend within 0 … 2, but number 1 is 1",
            () => Convolution.GradientOfWeights(Team.Single, shape, 2, data.X, data.Dy, data.W, [1, 1, 2]));

        static void Refused(string why, Action call) =>
            Assert.Contains(why, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
    }

    private static ConvolutionShape Shape(int[] s) =>
        new(s[0], s[1], s[2], s[3], s[4], s[5]) { Stride = (s[6], s[6]), Padding = (s[7], s[7]), Groups = s[8] };

    private static double Slope(Case data, ref float place)
    {
        float old = place;
        double before = Loss(data);
        place = old + 1;
        double slope = (Loss(data) - before) / ((double)place - old);
        place = old;
        return slope;
    }

    private static double Loss(Case data)
    {
        double[,] y = ConvolutionReference.ForwardInDouble(data.Shape, data.Images, data.X, data.W);
        double loss = 0;
        for (int i = 0; i < data.Dy.Rows; i++)
        {
            for (int f = 0; f < data.Dy.Columns; f++)
            {
                loss += y[i, f] * data.Dy[i, f];
            }
        }

        return loss;
    }

    private void Check(int images, ConvolutionShape shape, int gap, Draw? draw = null, Action<Case>? change = null)
    {
        var data = new Case(buffers, images, shape, gap);
        change?.Invoke(data);
        int[] filters = Choose(draw, shape.Filters), channels = Choose(draw, shape.GroupChannels);
        Strided<float> y = Create<float>(buffers, data.Y.Rows, shape.Filters), plain = Create<float>(buffers, data.Y.Rows, shape.Filters);
        Strided<float> dx = Create<float>(buffers, data.X.Rows, shape.Channels), added = Copy(buffers, data.Dx);
        Strided<float> dw = Create<float>(buffers, (long)shape.FilterHeight * shape.FilterWidth * channels.Length, filters.Length);
        var bias = new ReadOnlySpan<float>(data.Bias, shape.Filters).ToArray();
        ConvolutionReference.Forward(shape, images, data.X, data.W, bias, y);
        ConvolutionReference.Forward(shape, images, data.X, data.W, null, plain);
        ConvolutionReference.GradientOfInput(shape, images, data.Dy, data.W, dx, add: false);
        ConvolutionReference.GradientOfInput(shape, images, data.Dy, data.W, added, add: true);
        ConvolutionReference.GradientOfWeights(shape, images, data.X, data.Dy, dw, filters, channels);
        Strided<float> db = Create<float>(buffers, 1, filters.Length);
        for (int k = 0; k < filters.Length; k++)
        {
            db[0, k] = ConvolutionReference.GradientOfBias(shape, images, data.Dy, filters[k]);
        }

        foreach (TapTileSet tiles in Tiles())
        {
            foreach (int threads in new[] { 1, 3 })
            {
                var team = new Team(threads);
                string what = $"{shape}, {images} images, {tiles.Lanes} lanes, {threads} threads";
                Convolution.Forward(team, tiles, shape, images, data.X, data.W, data.Bias, data.Y);
                AssertSameBits(y, data.Y, "y, " + what);
                Convolution.Forward(team, tiles, shape, images, data.X, data.W, null, data.Y);
                AssertSameBits(plain, data.Y, "y without bias, " + what);
                Strided<float> sum = Copy(buffers, data.Dx);
                Convolution.GradientOfInput(team, tiles, shape, images, data.Dy, data.W, sum);
                AssertSameBits(dx, sum, "dx, " + what);
                sum = Copy(buffers, data.Dx);
                Convolution.GradientOfInput(team, tiles, shape, images, data.Dy, data.W, sum, add: true);
                AssertSameBits(added, sum, "dx added, " + what);
                Strided<float> dwOut = Create<float>(buffers, dw.Rows, dw.Columns, gap: gap);
                Convolution.GradientOfWeights(team, tiles, shape, images, data.X, data.Dy, dwOut, filters, channels);
                AssertSameBits(dw, dwOut, "dw, " + what);
                Strided<float> dbOut = Create<float>(buffers, 1, filters.Length);
                Convolution.GradientOfBias(team, shape, images, data.Dy, dbOut.Row(0), filters);
                AssertSameBits(db, dbOut, "db, " + what);
            }
        }

        buffers.ForEach(buffer => buffer.Dispose());
        buffers.Clear();
    }

    /// <summary>All, or for a draw those that come up.</summary>
    private static int[] Choose(Draw? draw, int count) => [.. Enumerable.Range(0, count).Where(_ => draw == null || draw.Int(0, 3) > 0)];

    private static IEnumerable<TapTileSet> Tiles()
    {
        if (Avx512F.IsSupported)
        {
            yield return TapTiles512.Set;
        }

        if (Fma.IsSupported)
        {
            yield return TapTiles256.Set;
        }

        yield return TapTiles128.Set;
    }

    /// <summary>Images, weights and slopes of a shape, each ending where memory ends.</summary>
    private sealed class Case
    {
        public readonly ConvolutionShape Shape;
        public readonly int Images;
        public readonly Strided<float> X, W, Y, Dx, Dy;
        public readonly float* Bias;

        public Case(List<IDisposable> owner, int images, ConvolutionShape shape, int gap)
        {
            (Shape, Images) = (shape, images);
            X = Filled<float>(owner, images * shape.Pixels, shape.Channels, 1, gap: gap);
            W = Filled<float>(owner, shape.Taps, shape.Filters, 2, gap: gap);
            Y = Filled<float>(owner, images * shape.OutPixels, shape.Filters, 3, gap: gap);
            Dy = Filled<float>(owner, images * shape.OutPixels, shape.Filters, 4, gap: gap);
            Dx = Filled<float>(owner, images * shape.Pixels, shape.Channels, 5, gap: gap);
            Bias = Filled<float>(owner, 1, shape.Filters, 6).Pointer;
        }
    }
}
