using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>Chosen columns of pixels, copied side by side as tiles read them.</summary>
internal static unsafe class TapStrips
{
    private const int Ahead = 32; // pixels

    /// <summary>The chosen filters as panels of a tile's width, each of one group.</summary>
    public static TapGradient.Panel[] Panels(TapTileSet tiles, ConvolutionShape shape, int[] filters)
    {
        var panels = new List<TapGradient.Panel>();
        for (int first = 0, count; first < filters.Length; first += count)
        {
            int group = filters[first] / shape.GroupFilters;
            for (count = 1; count < tiles.Width && first + count < filters.Length && filters[first + count] / shape.GroupFilters == group;)
            {
                count++;
            }

            panels.Add(new(group, first, count));
        }

        return [.. panels];
    }

    /// <summary>The filters of a panel, for some pixels of dy: [pixels × padded columns]; columns without a filter are left alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherFilters(Strided<float> dy, int[] filters, TapGradient.Panel columns, long firstPixel, nint pixels, float* to, int padded)
    {
        int first = filters[columns.First];
        float* from = dy.Pointer + firstPixel * dy.RowStride;
        if (filters[columns.First + columns.Count - 1] - first == columns.Count - 1)
        {
            CopyRows(from + first, (nint)dy.RowStride, pixels, columns.Count, to, padded);
            return;
        }

        for (int j = 0; j < columns.Count; j++)
        {
            CopyColumn(from + filters[columns.First + j], (nint)dy.RowStride, pixels, to + j, padded);
        }
    }

    /// <summary>Rows of so many columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyRows(float* from, nint stride, nint count, int columns, float* to, int toStride)
    {
        bool sparse = columns < stride; // lines between are left out, and the processor does not foresee the next ones
        for (nint i = 0; i < count; i++, from += stride, to += toStride)
        {
            if (sparse)
            {
                Fetch.Line(from + (Ahead * stride));
                Fetch.Line(from + (Ahead * stride) + columns - 1);
            }

            int j = 0;
            for (; j + 8 <= columns; j += 8)
            {
                Vector256.Store(Vector256.Load(from + j), to + j);
            }

            for (; j < columns; j++)
            {
                to[j] = from[j];
            }
        }
    }

    /// <summary>One column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyColumn(float* from, nint stride, nint count, float* to, int toStride)
    {
        for (nint i = 0; i < count; i++)
        {
            to[i * toStride] = from[i * stride];
        }
    }
}
