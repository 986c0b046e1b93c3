using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>The largest or the mean of every window of images, channel by channel, with gradients. Images lie as for <see cref="Convolution"/>.</summary>
/// <remarks>
/// Only pixels of the image count; places of a window beyond it do not. The largest is the first one in (row, column) order that no other
/// exceeds; a NaN exceeds every number. A mean is the sum of the window's pixels, added up from the first in (row, column) order, divided by their
/// number. A gradient to a pixel is the sum from 0, in index order, over the windows that hold it. Same bits on any threads and processor.
/// </remarks>
internal static unsafe class Pooling
{
    private const long TaskNumbers = 1 << 15; // of the rows of one task: worth handing to another thread

    /// <summary>
    /// y [images·OutHeight·OutWidth × Channels] from x; <paramref name="places"/>, one a number of y and side by side, receives where in its window
    /// each was found, row·FilterWidth + column.
    /// </summary>
    public static void Max(Team team, PoolingShape shape, long images, Strided<float> x, Strided<float> y, int* places)
    {
        Require(shape, images, x, y);
        ForWindows(team, shape, images, (source, pixel, rows, columns) => Largest(
            shape, x.Pointer + source * x.RowStride, (nint)x.RowStride, rows, columns, y.Pointer + pixel * y.RowStride,
            places + pixel * shape.Channels));
    }

    /// <summary>dx [images·Height·Width × Channels]: every number of dy goes to where <see cref="Max"/> found its value.</summary>
    public static void GradientOfMax(Team team, PoolingShape shape, long images, Strided<float> dy, int* places, Strided<float> dx)
    {
        Require(shape, images, dx, dy);
        ForPixels(team, shape, images, dx, (window, place, pixel) =>
            AddWhere(dy.Pointer + window * dy.RowStride, places + window * shape.Channels, place, dx.Pointer + pixel * dx.RowStride, shape.Channels));
    }

    /// <summary>y [images·OutHeight·OutWidth × Channels]: the means of the windows of x.</summary>
    public static void Average(Team team, PoolingShape shape, long images, Strided<float> x, Strided<float> y)
    {
        Require(shape, images, x, y);
        ForWindows(team, shape, images, (source, pixel, rows, columns) =>
            Mean(shape, x.Pointer + source * x.RowStride, (nint)x.RowStride, rows, columns, y.Pointer + pixel * y.RowStride));
    }

    /// <summary>dx [images·Height·Width × Channels]: every pixel's part in the windows' means, dy divided by the number of a window's pixels.</summary>
    public static void GradientOfAverage(Team team, PoolingShape shape, long images, Strided<float> dy, Strided<float> dx)
    {
        Require(shape, images, dx, dy);
        TapAxis rowAxis = shape.RowAxis, columnAxis = shape.ColumnAxis;
        ForPixels(team, shape, images, dx, (window, _, pixel) =>
        {
            (long row, long column) = Math.DivRem(window % shape.OutPixels, shape.OutWidth);
            (int fromRow, int toRow) = rowAxis.TapsAt((int)row);
            (int from, int to) = columnAxis.TapsAt((int)column);
            float count = (float)((long)(toRow - fromRow) * (to - from));
            AddQuotient(dy.Pointer + window * dy.RowStride, count, dx.Pointer + pixel * dx.RowStride, shape.Channels);
        });
    }

    /// <summary>Calls body(source pixel of the window's corner, pixel of y, rows and columns of the window inside) for every window.</summary>
    private static void ForWindows(Team team, PoolingShape shape, long images, Action<nint, nint, (int From, int To), (int From, int To)> body)
    {
        TapAxis rowAxis = shape.RowAxis, columnAxis = shape.ColumnAxis;
        ForRows(team, images * rowAxis.Positions, (long)shape.Channels * shape.Width * shape.FilterHeight, row =>
        {
            (long image, long i) = Math.DivRem(row, rowAxis.Positions);
            (int From, int To) rows = rowAxis.TapsAt((int)i);
            nint corner = (nint)(image * shape.Pixels + (i * rowAxis.Step + rowAxis.First) * shape.Width);
            for (int j = 0; j < columnAxis.Positions; j++)
            {
                body(
                    corner + (nint)j * columnAxis.Step + columnAxis.First, (nint)row * columnAxis.Positions + j, rows, columnAxis.TapsAt(j));
            }
        });
    }

    /// <summary>Clears dx, then calls body(pixel of dy, place in its window, pixel of dx) for every window that holds a pixel, in order.</summary>
    private static void ForPixels(Team team, PoolingShape shape, long images, Strided<float> dx, Action<nint, int, nint> body)
    {
        TapAxis rowAxis = shape.RowAxis, columnAxis = shape.ColumnAxis;
        ForRows(team, images * shape.Height, (long)shape.Channels * shape.Width, row =>
        {
            (long image, long y) = Math.DivRem(row, shape.Height);
            (int From, int To) windowRows = Holding(rowAxis, (int)y);
            for (int x = 0; x < shape.Width; x++)
            {
                nint pixel = (nint)row * shape.Width + x;
                dx.Row(pixel).Clear();
                (int From, int To) windowColumns = Holding(columnAxis, x);
                for (int i = windowRows.From; i < windowRows.To; i++)
                {
                    int placeRow = (int)y - i * rowAxis.Step - rowAxis.First;
                    for (int j = windowColumns.From; j < windowColumns.To; j++)
                    {
                        int place = placeRow * columnAxis.Taps + x - j * columnAxis.Step - columnAxis.First;
                        body((nint)(image * shape.OutPixels) + (nint)i * columnAxis.Positions + j, place, pixel);
                    }
                }
            }
        });
    }

    /// <summary>The positions whose windows hold a pixel.</summary>
    private static (int From, int To) Holding(TapAxis axis, int pixel)
    {
        int last = (pixel - axis.First) / axis.Step; // First is not positive
        int from = Math.Max(0, (pixel - axis.First - axis.Taps + axis.Step) / axis.Step);
        return (from, Math.Min(last + 1, axis.Positions));
    }

    private static void ForRows(Team team, long rows, long rowNumbers, Action<long> body)
    {
        long each = Math.Max(1, TaskNumbers / rowNumbers);
        team.For(checked((int)((rows + each - 1) / each)), block =>
        {
            for (long row = block * each; row < Math.Min(rows, (block + 1) * each); row++)
            {
                body(row);
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Largest(PoolingShape shape, float* x, nint stride, (int From, int To) rows, (int From, int To) columns, float* y, int* places)
    {
        int c = 0;
        for (; c + 8 <= shape.Channels; c += 8)
        {
            var best = Vector256<float>.Zero;
            var found = Vector256.Create(-1);
            for (int r = rows.From; r < rows.To; r++)
            {
                for (int s = columns.From; s < columns.To; s++)
                {
                    var value = Vector256.Load(x + ((nint)r * shape.Width + s) * stride + c);
                    var exceeds = ~Vector256.LessThanOrEqual(value, best) & Vector256.Equals(best, best); // a NaN that was found stays
                    exceeds |= Vector256.LessThan(found, Vector256<int>.Zero).AsSingle();
                    best = Vector256.ConditionalSelect(exceeds, value, best);
                    found = Vector256.ConditionalSelect(exceeds.AsInt32(), Vector256.Create(r * shape.FilterWidth + s), found);
                }
            }

            best.Store(y + c);
            found.Store(places + c);
        }

        for (; c < shape.Channels; c++)
        {
            (float best, int found) = (0, -1);
            for (int r = rows.From; r < rows.To; r++)
            {
                for (int s = columns.From; s < columns.To; s++)
                {
                    float value = x[((nint)r * shape.Width + s) * stride + c];
                    if (found < 0 || (!(value <= best) && !float.IsNaN(best)))
                    {
                        (best, found) = (value, r * shape.FilterWidth + s);
                    }
                }
            }

            (y[c], places[c]) = (best, found);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mean(PoolingShape shape, float* x, nint stride, (int From, int To) rows, (int From, int To) columns, float* y)
    {
        float count = (float)((long)(rows.To - rows.From) * (columns.To - columns.From));
        int c = 0;
        for (; c + 8 <= shape.Channels; c += 8)
        {
            var sum = -Vector256<float>.Zero; // −0 + x is x
            for (int r = rows.From; r < rows.To; r++)
            {
                for (int s = columns.From; s < columns.To; s++)
                {
                    sum += Vector256.Load(x + ((nint)r * shape.Width + s) * stride + c);
                }
            }

            (sum / Vector256.Create(count)).Store(y + c);
        }

        for (; c < shape.Channels; c++)
        {
            float sum = -0f;
            for (int r = rows.From; r < rows.To; r++)
            {
                for (int s = columns.From; s < columns.To; s++)
                {
                    sum += x[((nint)r * shape.Width + s) * stride + c];
                }
            }

            y[c] = sum / count;
        }
    }

    /// <summary>to += from where the places are the one given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWhere(float* from, int* places, int place, float* to, int count)
    {
        var here = Vector256.Create(place);
        int c = 0;
        for (; c + 8 <= count; c += 8)
        {
            var old = Vector256.Load(to + c);
            var found = Vector256.Equals(Vector256.Load(places + c), here).AsSingle();
            Vector256.ConditionalSelect(found, old + Vector256.Load(from + c), old).Store(to + c);
        }

        for (; c < count; c++)
        {
            to[c] = places[c] == place ? to[c] + from[c] : to[c];
        }
    }

    /// <summary>to += from / count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddQuotient(float* from, float divisor, float* to, int count)
    {
        int c = 0;
        for (; c + 8 <= count; c += 8)
        {
            (Vector256.Load(to + c) + Vector256.Load(from + c) / Vector256.Create(divisor)).Store(to + c);
        }

        for (; c < count; c++)
        {
            to[c] += from[c] / divisor;
        }
    }

    private static void Require(PoolingShape shape, long images, Strided<float> x, Strided<float> y)
    {
        shape.Require();
        if (x.Rows != images * shape.Pixels || y.Rows != images * shape.OutPixels || x.Columns != shape.Channels || y.Columns != shape.Channels
            || x.ColumnStride != 1 || y.ColumnStride != 1)
        {
            throw new ArgumentException(
                $"Pooling reads [{images * shape.Pixels} × {shape.Channels}] and gives [{images * shape.OutPixels} × {shape.Channels}], columns side"
                + $" by side, but came with [{x.Rows} × {x.Columns}] and [{y.Rows} × {y.Columns}].");
        }
    }
}
