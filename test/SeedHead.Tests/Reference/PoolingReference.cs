using SeedHead.Compute;

namespace SeedHead.Tests.Reference;

/// <summary>The definition of <see cref="Pooling"/>, window by window; gradients are scattered instead of gathered.</summary>
internal static unsafe class PoolingReference
{
    public static void Max(PoolingShape s, long images, Strided<float> x, Strided<float> y, int[] places)
    {
        foreach ((long window, int c, List<(long Pixel, int Place)> inside) in Windows(s, images))
        {
            (long Pixel, int Place) best = inside[0];
            foreach ((long Pixel, int Place) other in inside)
            {
                float now = x[best.Pixel, c], value = x[other.Pixel, c];
                best = value > now || (float.IsNaN(value) && !float.IsNaN(now)) ? other : best;
            }

            y[window, c] = x[best.Pixel, c];
            places[window * s.Channels + c] = best.Place;
        }
    }

    public static void GradientOfMax(PoolingShape s, long images, Strided<float> dy, int[] places, Strided<float> dx)
    {
        Clear(dx);
        foreach ((long window, int c, List<(long Pixel, int Place)> inside) in Windows(s, images))
        {
            dx[inside.Single(p => p.Place == places[window * s.Channels + c]).Pixel, c] += dy[window, c];
        }
    }

    public static void Average(PoolingShape s, long images, Strided<float> x, Strided<float> y)
    {
        foreach ((long window, int c, List<(long Pixel, int Place)> inside) in Windows(s, images))
        {
            float sum = x[inside[0].Pixel, c];
            foreach ((long pixel, _) in inside.Skip(1))
            {
                sum += x[pixel, c];
            }

            y[window, c] = sum / inside.Count;
        }
    }

    public static void GradientOfAverage(PoolingShape s, long images, Strided<float> dy, Strided<float> dx)
    {
        Clear(dx);
        foreach ((long window, int c, List<(long Pixel, int Place)> inside) in Windows(s, images))
        {
            foreach ((long pixel, _) in inside)
            {
                dx[pixel, c] += dy[window, c] / inside.Count;
            }
        }
    }

    private static IEnumerable<(long Window, int Channel, List<(long Pixel, int Place)> Inside)> Windows(PoolingShape s, long images)
    {
        for (long window = 0; window < images * s.OutPixels; window++)
        {
            (long image, long at) = Math.DivRem(window, s.OutPixels);
            var inside = new List<(long, int)>();
            for (int place = 0; place < s.FilterHeight * s.FilterWidth; place++)
            {
                long row = at / s.OutWidth * s.Stride.Rows - s.Padding.Rows + place / s.FilterWidth;
                long column = at % s.OutWidth * s.Stride.Columns - s.Padding.Columns + place % s.FilterWidth;
                if (row >= 0 && row < s.Height && column >= 0 && column < s.Width)
                {
                    inside.Add(((image * s.Height + row) * s.Width + column, place));
                }
            }

            for (int c = 0; c < s.Channels; c++)
            {
                yield return (window, c, inside);
            }
        }
    }

    private static void Clear(Strided<float> matrix)
    {
        for (long i = 0; i < matrix.Rows; i++)
        {
            matrix.Row(i).Clear();
        }
    }
}
