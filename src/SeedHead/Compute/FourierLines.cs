namespace SeedHead.Compute;

/// <summary>Columns of a matrix to lines side by side, one column a lane, and back.</summary>
internal static unsafe class FourierLines
{
    private const int Near = 8; // elements of a line that are copied together where they lie side by side: about a cache line

    /// <summary>to[i·stride + l] ← columns[i, l].</summary>
    public static void Gather<T>(Strided<T> columns, T* to, int stride)
        where T : unmanaged
    {
        nint rowStride = (nint)columns.RowStride, columnStride = (nint)columns.ColumnStride;
        int rows = (int)columns.Rows, count = (int)columns.Columns;
        for (int first = 0; first < rows; first += columnStride == 1 ? 1 : Near)
        {
            T* from = columns.Pointer + first * rowStride, target = to + (nint)first * stride;
            if (columnStride == 1)
            {
                new Span<T>(from, count).CopyTo(new(target, count));
                continue;
            }

            int end = Math.Min(Near, rows - first);
            for (int l = 0; l < count; l++, from += columnStride, target++)
            {
                for (int i = 0; i < end; i++)
                {
                    target[i * (nint)stride] = from[i * rowStride];
                }
            }
        }
    }

    /// <summary>columns[i, l] ← from[i·stride + l].</summary>
    public static void Scatter<T>(T* from, int stride, Strided<T> columns)
        where T : unmanaged
    {
        nint rowStride = (nint)columns.RowStride, columnStride = (nint)columns.ColumnStride;
        int rows = (int)columns.Rows, count = (int)columns.Columns;
        for (int first = 0; first < rows; first += columnStride == 1 ? 1 : Near)
        {
            T* to = columns.Pointer + first * rowStride, source = from + (nint)first * stride;
            if (columnStride == 1)
            {
                new Span<T>(source, count).CopyTo(new(to, count));
                continue;
            }

            int end = Math.Min(Near, rows - first);
            for (int l = 0; l < count; l++, to += columnStride, source++)
            {
                for (int i = 0; i < end; i++)
                {
                    to[i * rowStride] = source[i * (nint)stride];
                }
            }
        }
    }

    /// <summary>The first half of the columns (the larger) to <paramref name="re"/>, the second to <paramref name="im"/>, filled up with zeros.</summary>
    public static void GatherPairs<T>(Strided<T> columns, T* re, T* im, int lanes)
        where T : unmanaged
    {
        (Strided<T> first, Strided<T> second) = Halves(columns);
        for (long i = 0; second.Columns < lanes && i < columns.Rows; i++)
        {
            im[i * lanes + lanes - 1] = default;
        }

        Gather(first, re, lanes);
        Gather(second, im, lanes);
    }

    /// <summary>The inverse of <see cref="GatherPairs"/>.</summary>
    public static void ScatterPairs<T>(T* re, T* im, int lanes, Strided<T> columns)
        where T : unmanaged
    {
        (Strided<T> first, Strided<T> second) = Halves(columns);
        Scatter(re, lanes, first);
        Scatter(im, lanes, second);
    }

    private static (Strided<T> First, Strided<T> Second) Halves<T>(Strided<T> columns)
        where T : unmanaged
    {
        long half = (columns.Columns + 1) / 2;
        return (columns.Block(0, 0, columns.Rows, half), columns.Block(0, half, columns.Rows, columns.Columns - half));
    }
}
