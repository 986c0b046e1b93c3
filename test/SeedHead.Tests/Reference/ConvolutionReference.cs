using SeedHead.Compute;

namespace SeedHead.Tests.Reference;

/// <summary>The definition of <see cref="Convolution"/>, term by term; and the same sums in float64, found from the input's side.</summary>
internal static unsafe class ConvolutionReference
{
    public static void Forward(ConvolutionShape s, long images, Strided<float> x, Strided<float> w, float[]? bias, Strided<float> y)
    {
        foreach ((long n, int i, int j) in Pixels(images, s.OutHeight, s.OutWidth))
        {
            for (int f = 0; f < s.Filters; f++)
            {
                float chain = bias == null ? 0 : bias[f];
                for (int r = 0; r < s.FilterHeight; r++)
                {
                    for (int q = 0; q < s.FilterWidth; q++)
                    {
                        (int row, int column) = (i * s.Stride.Rows + r - s.Padding.Rows, j * s.Stride.Columns + q - s.Padding.Columns);
                        for (int c = 0; c < s.GroupChannels && Inside(s, row, column); c++)
                        {
                            chain = MathF.FusedMultiplyAdd(
                                x[Pixel(n, row, column, s.Height, s.Width), Channel(s, f, c)], w[Weight(s, r, q, c), f], chain);
                        }
                    }
                }

                y[Pixel(n, i, j, s.OutHeight, s.OutWidth), f] = chain;
            }
        }
    }

    public static void GradientOfInput(ConvolutionShape s, long images, Strided<float> dy, Strided<float> w, Strided<float> dx, bool add)
    {
        foreach ((long n, int row, int column) in Pixels(images, s.Height, s.Width))
        {
            for (int channel = 0; channel < s.Channels; channel++)
            {
                (int group, int c) = Math.DivRem(channel, s.GroupChannels);
                float chain = add ? dx[Pixel(n, row, column, s.Height, s.Width), channel] : 0;
                for (int i = 0; i < s.OutHeight; i++)
                {
                    for (int j = 0; j < s.OutWidth; j++)
                    {
                        (int r, int q) = (row + s.Padding.Rows - i * s.Stride.Rows, column + s.Padding.Columns - j * s.Stride.Columns);
                        for (int f = 0; f < s.GroupFilters && r >= 0 && r < s.FilterHeight && q >= 0 && q < s.FilterWidth; f++)
                        {
                            int filter = group * s.GroupFilters + f;
                            chain = MathF.FusedMultiplyAdd(dy[Pixel(n, i, j, s.OutHeight, s.OutWidth), filter], w[Weight(s, r, q, c), filter], chain);
                        }
                    }
                }

                dx[Pixel(n, row, column, s.Height, s.Width), channel] = chain;
            }
        }
    }

    public static void GradientOfWeights(
        ConvolutionShape s, long images, Strided<float> x, Strided<float> dy, Strided<float> dw, int[] filters, int[] channels)
    {
        for (int r = 0; r < s.FilterHeight; r++)
        {
            for (int q = 0; q < s.FilterWidth; q++)
            {
                for (int c = 0; c < channels.Length; c++)
                {
                    for (int f = 0; f < filters.Length; f++)
                    {
                        dw[((long)r * s.FilterWidth + q) * channels.Length + c, f] = GradientOfWeight(s, images, x, dy, r, q, channels[c], filters[f]);
                    }
                }
            }
        }
    }

    public static float GradientOfBias(ConvolutionShape s, long images, Strided<float> dy, int filter)
    {
        float total = 0;
        int block = Convolution.BlockImages(s);
        for (long first = 0; first < images; first += block)
        {
            float sum = 0;
            foreach ((long n, int i, int j) in Pixels(Math.Min(block, images - first), s.OutHeight, s.OutWidth))
            {
                sum += dy[Pixel(first + n, i, j, s.OutHeight, s.OutWidth), filter];
            }

            total = first == 0 ? sum : total + sum;
        }

        return total;
    }

    /// <summary>Σ over the terms that exist in float64, one (input pixel, place in the filter) after the other: y or, given y as dy, the loss's slope.</summary>
    public static double[,] ForwardInDouble(ConvolutionShape s, long images, Strided<float> x, Strided<float> w)
    {
        var y = new double[images * s.OutPixels, s.Filters];
        foreach ((long n, int row, int column) in Pixels(images, s.Height, s.Width))
        {
            for (int place = 0; place < s.FilterHeight * s.FilterWidth; place++)
            {
                (int down, int right) = (row + s.Padding.Rows - place / s.FilterWidth, column + s.Padding.Columns - place % s.FilterWidth);
                (int i, int j) = (down / s.Stride.Rows, right / s.Stride.Columns);
                if (down < 0 || right < 0 || down % s.Stride.Rows != 0 || right % s.Stride.Columns != 0 || i >= s.OutHeight || j >= s.OutWidth)
                {
                    continue;
                }

                for (int f = 0; f < s.Filters; f++)
                {
                    for (int c = 0; c < s.GroupChannels; c++)
                    {
                        y[(n * s.OutHeight + i) * s.OutWidth + j, f] +=
                            (double)x[(n * s.Height + row) * s.Width + column, f / s.GroupFilters * s.GroupChannels + c] * w[place * s.GroupChannels + c, f];
                    }
                }
            }
        }

        return y;
    }

    private static float GradientOfWeight(ConvolutionShape s, long images, Strided<float> x, Strided<float> dy, int r, int q, int c, int filter)
    {
        float total = 0;
        int block = Convolution.BlockImages(s);
        for (long first = 0; first < images; first += block)
        {
            float chain = 0;
            foreach ((long n, int i, int j) in Pixels(Math.Min(block, images - first), s.OutHeight, s.OutWidth))
            {
                (int row, int column) = (i * s.Stride.Rows + r - s.Padding.Rows, j * s.Stride.Columns + q - s.Padding.Columns);
                if (Inside(s, row, column))
                {
                    chain = MathF.FusedMultiplyAdd(
                        x[Pixel(first + n, row, column, s.Height, s.Width), Channel(s, filter, c)],
                        dy[Pixel(first + n, i, j, s.OutHeight, s.OutWidth), filter],
                        chain);
                }
            }

            total = first == 0 ? chain : total + chain;
        }

        return total;
    }

    private static IEnumerable<(long Image, int Row, int Column)> Pixels(long images, int height, int width)
    {
        for (long n = 0; n < images; n++)
        {
            for (int i = 0; i < height; i++)
            {
                for (int j = 0; j < width; j++)
                {
                    yield return (n, i, j);
                }
            }
        }
    }

    private static bool Inside(ConvolutionShape s, int row, int column) => row >= 0 && row < s.Height && column >= 0 && column < s.Width;

    private static long Pixel(long image, int row, int column, int height, int width) => (image * height + row) * width + column;

    private static long Weight(ConvolutionShape s, int r, int q, int c) => ((long)r * s.FilterWidth + q) * s.GroupChannels + c;

    private static int Channel(ConvolutionShape s, int filter, int c) => filter / s.GroupFilters * s.GroupChannels + c;
}
