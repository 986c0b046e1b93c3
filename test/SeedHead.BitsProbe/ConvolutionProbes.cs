using SeedHead.Compute;
using SeedHead.Training;

namespace SeedHead.BitsProbe;

/// <summary>Forward pass and gradients of convolutions: ordinary, strided, with narrow groups.</summary>
internal static unsafe class ConvolutionProbes
{
    public static void Passes(Team team, BitsHash hash)
    {
        All(team, hash, new ConvolutionShape(7, 9, 5, 35, 3, 3) { Padding = (1, 1) });
        All(team, hash, new ConvolutionShape(6, 9, 1, 19, 3, 3) { Padding = (1, 1) });
        All(team, hash, new ConvolutionShape(7, 8, 2, 35, 3, 2) { Stride = (2, 1), Padding = (1, 0) });
        All(team, hash, new ConvolutionShape(8, 7, 6, 10, 3, 2) { Stride = (2, 3), Padding = (1, 0), Groups = 2 });
        All(team, hash, new ConvolutionShape(5, 6, 18, 18, 3, 3) { Padding = (1, 1), Groups = 18 });
    }

    public static void Pools(Team team, BitsHash hash)
    {
        var shape = new PoolingShape(7, 8, 19, 3, 3) { Stride = (2, 2), Padding = (1, 1) };
        int pixels = 2 * (int)shape.Pixels, windows = 2 * (int)shape.OutPixels;
        using NativeBuffer<float> x = Probes.Floats(pixels * shape.Channels, 1), y = Probes.Floats(windows * shape.Channels, 2);
        using var places = new NativeBuffer<int>(windows * shape.Channels);
        Strided<float> inputs = Strided<float>.RowMajor(x, pixels, shape.Channels), results = Strided<float>.RowMajor(y, windows, shape.Channels);
        Pooling.Max(team, shape, 2, inputs, results, places.Pointer);
        hash.Add(y);
        hash.Add(places);
        Pooling.GradientOfMax(team, shape, 2, results, places.Pointer, inputs);
        hash.Add(x);
        Pooling.Average(team, shape, 2, inputs, results);
        hash.Add(y);
        Pooling.GradientOfAverage(team, shape, 2, results, inputs);
        hash.Add(x);
    }

    public static void Lines(Team team, BitsHash hash)
    {
        const int channels = 19, pixels = 2 * 5 * 7, windows = 2 * 2 * 3;
        using NativeBuffer<float> x = Probes.Floats(pixels * channels, 1), y = Probes.Floats(pixels * channels, 2), peaks = Probes.Floats(windows * channels, 3);
        float[] Line(ulong seed)
        {
            using NativeBuffer<float> numbers = Probes.Floats(channels, seed);
            return numbers.Span(0, channels).ToArray();
        }

        var line = new ChannelLine(Line(4), Line(5), 0);
        var slope = new ChannelSlope(Line(6), Line(7), Line(8));
        Strided<float> inputs = Strided<float>.RowMajor(x, pixels, channels), results = Strided<float>.RowMajor(y, pixels, channels);
        line.Forward(team, inputs, results);
        hash.Add(y);
        PooledLine.Forward(team, line, 5, 7, 2, inputs, Strided<float>.RowMajor(y, windows, channels), peaks.Pointer);
        hash.Add(y);
        hash.Add(peaks);
        double[] sums = new double[channels], products = new double[channels];
        ChannelSums.OfSquares(team, inputs, sums, products);
        hash.Add<double>(sums);
        hash.Add<double>(products);
        ChannelSums.OfGradient(team, line, results, inputs, sums, products);
        hash.Add<double>(sums);
        hash.Add<double>(products);
        PooledLine.Backward(team, line, 5, 7, 2, Strided<float>.RowMajor(peaks, windows, channels), inputs, slope, results);
        hash.Add(y);
        line.Backward(team, inputs, results, slope, results);
        hash.Add(y);
    }

    private static void All(Team team, BitsHash hash, ConvolutionShape shape)
    {
        const int images = 3;
        int pixels = images * (int)shape.Pixels, outPixels = images * (int)shape.OutPixels, taps = (int)shape.Taps;
        using NativeBuffer<float> x = Probes.Floats(pixels * shape.Channels, 1), w = Probes.Floats(taps * shape.Filters, 2);
        using NativeBuffer<float> y = Probes.Floats(outPixels * shape.Filters, 3), bias = Probes.Floats(shape.Filters, 4);
        using NativeBuffer<float> dx = Probes.Floats(pixels * shape.Channels, 5), dw = Probes.Floats(taps * shape.Filters, 6);
        Strided<float> results = Strided<float>.RowMajor(y, outPixels, shape.Filters), weights = Strided<float>.RowMajor(w, taps, shape.Filters);
        Strided<float> inputs = Strided<float>.RowMajor(x, pixels, shape.Channels);
        Convolution.Forward(team, shape, images, inputs, weights, bias.Pointer, results);
        Convolution.GradientOfInput(team, shape, images, results, weights, Strided<float>.RowMajor(dx, pixels, shape.Channels));
        Convolution.GradientOfWeights(team, shape, images, inputs, results, Strided<float>.RowMajor(dw, taps, shape.Filters));
        hash.Add(y);
        hash.Add(dx);
        hash.Add(dw);
    }
}
