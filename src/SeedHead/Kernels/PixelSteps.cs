using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Kernels;

/// <summary>A convolution: K of two output pixels ← σ_b² + σ_w²/k²·Σ K of the pixels at the same place of their windows, 0 beyond the border; Θ like it.</summary>
/// <remarks>The sum over a window goes along rows first, then along columns. Source: Novak et al., "Bayesian Deep Convolutional Networks with Many Channels are Gaussian Processes", ICLR 2019.</remarks>
internal sealed unsafe class ConvolutionStep(Data.ImageShape image, Data.ImageShape result, ConvolutionLayer layer, bool all, double weightVariance, double biasVariance) : KernelStep
{
    private readonly Window window = new(layer.Kernel, layer.Stride, layer.Padding);

    public override void Run(KernelTile tile)
    {
        (int height, int width, int high, int wide, int count) = (image.Height, image.Width, result.Height, result.Width, tile.Count);
        if (tile.Plane is { } plane)
        {
            (height, width, high, wide) = (plane.Height, plane.Width, plane.Height, plane.Width); // beyond it one of the two pixels is beyond the border
        }

        if (all)
        {
            tile.Replace((long)high * width * high * width * count, (from, to) => window.SumPairs((double*)from, (double*)to, 1, height, high, width, (long)width * count));
            tile.Replace((long)high * wide * high * wide * count, (from, to) => window.SumPairs((double*)from, (double*)to, high, width, wide, high, count));
        }
        else
        {
            tile.Replace((long)high * width * count, (from, to) => window.Sum((double*)from, (double*)to, 1, height, high, (long)width * count));
            tile.Replace((long)high * wide * count, (from, to) => window.Sum((double*)from, (double*)to, high, width, wide, count));
        }

        new WeightStep(new(high * wide, all), weightVariance / (layer.Kernel * layer.Kernel), biasVariance).Run(tile);
    }
}

/// <summary>Average pooling: the mean over both windows of two output pixels.</summary>
internal sealed unsafe class AveragePoolStep(Data.ImageShape image, Data.ImageShape result, int size, int stride) : KernelStep
{
    private readonly Window window = new(size, stride, 0);

    public override void Run(KernelTile tile)
    {
        (long height, long width, long high, long wide, long count) = (image.Height, image.Width, result.Height, result.Width, tile.Count);
        tile.Replace(high * width * height * width * count, (from, to) => window.Sum((double*)from, (double*)to, 1, height, high, width * height * width * count));
        tile.Replace(high * wide * height * width * count, (from, to) => window.Sum((double*)from, (double*)to, high, width, wide, height * width * count));
        tile.Replace(high * wide * high * width * count, (from, to) => window.Sum((double*)from, (double*)to, high * wide, height, high, width * count));
        tile.Replace(high * wide * high * wide * count, (from, to) => window.Sum((double*)from, (double*)to, high * wide * high, width, wide, count));
        new FactorStep(new((int)(high * wide), true), 1.0 / ((double)size * size * size * size)).Run(tile);
    }
}

/// <summary>The mean over pairs of pixels: all of them for global average pooling, each pixel with itself for a flattened image.</summary>
internal sealed unsafe class MeanStep(PixelPairs pairs, bool everyPair) : KernelStep
{
    public override void Run(KernelTile tile)
    {
        tile.Replace(tile.Count, (from, to) =>
        {
            var sum = new Span<double>((double*)to, tile.Count);
            sum.Clear();
            long terms = everyPair ? pairs.Count : pairs.Pixels;
            for (long q = 0; q < terms; q++)
            {
                Vectors.Add(1, (double*)from + ((everyPair ? q : pairs.Diagonal((int)q)) * tile.Count), (double*)to, tile.Count);
            }

            Elementwise.Affine(sum, 1.0 / terms, 0);
        });
    }
}

/// <summary>Windows along one axis of an image.</summary>
internal readonly unsafe record struct Window(int Size, int Stride, int Padding)
{
    /// <summary>[outer × length × inner] → [outer × results × inner]: the sum of each window.</summary>
    public void Sum(double* from, double* to, long outer, long length, long results, long inner)
    {
        for (long a = 0; a < outer; a++, from += length * inner)
        {
            for (long i = 0; i < results; i++, to += inner)
            {
                Clear(to, inner);
                for (long place = 0; place < Size; place++)
                {
                    long at = (i * Stride) + place - Padding;
                    if (at >= 0 && at < length)
                    {
                        Vectors.Add(1, from + (at * inner), to, (nint)inner);
                    }
                }
            }
        }
    }

    /// <summary>[outer × length × middle × length × inner] → [outer × results × middle × results × inner]: the sum over equal places of two windows.</summary>
    public void SumPairs(double* from, double* to, long outer, long length, long results, long middle, long inner)
    {
        for (long a = 0; a < outer; a++, from += length * middle * length * inner)
        {
            for (long i = 0; i < results; i++)
            {
                for (long m = 0; m < middle; m++, to += results * inner)
                {
                    Clear(to, results * inner);
                    for (long place = 0; place < Size; place++)
                    {
                        long at = (i * Stride) + place - Padding;
                        if (at >= 0 && at < length)
                        {
                            AddPlace(from + (((at * middle) + m) * length * inner), to, place, length, results, inner);
                        }
                    }
                }
            }
        }
    }

    private void AddPlace(double* from, double* to, long place, long length, long results, long inner)
    {
        if (Stride == 1)
        {
            long first = Math.Max(0, Padding - place), end = Math.Min(results, length + Padding - place);
            if (end > first)
            {
                Vectors.Add(1, from + ((first + place - Padding) * inner), to + (first * inner), (nint)((end - first) * inner));
            }

            return;
        }

        for (long j = 0; j < results; j++)
        {
            long at = (j * Stride) + place - Padding;
            if (at >= 0 && at < length)
            {
                Vectors.Add(1, from + (at * inner), to + (j * inner), (nint)inner);
            }
        }
    }

    private static void Clear(double* to, long length)
    {
        for (long i = 0; i < length; i += int.MaxValue)
        {
            new Span<double>(to + i, (int)Math.Min(int.MaxValue, length - i)).Clear();
        }
    }
}
