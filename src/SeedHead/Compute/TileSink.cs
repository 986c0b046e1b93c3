using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

/// <summary>What becomes of the tiles of a product: each holds the chains of one block of k for some rows and columns.</summary>
internal unsafe interface ITileSink<T>
    where T : unmanaged
{
    /// <summary>The part of the matrix that is wanted.</summary>
    Part Part { get; }

    /// <summary>Where the first block's whole tile at (row, column) may be written instead of being taken, or null.</summary>
    T* Place(long row, long column);

    nint PlaceStride { get; }

    /// <summary>Asks the memory for what <see cref="Take"/> will touch, so that it comes while the tile is computed.</summary>
    void Prefetch(long row, long column, int rows, int columns);

    /// <summary>Takes tile[rows × columns], whose rows lie <paramref name="stride"/> apart, for the element (row, column) and on.</summary>
    void Take(T* tile, nint stride, long row, long column, int rows, int columns, bool first);

    /// <summary>Called once for each part of the matrix, by the thread that has just completed it.</summary>
    void Finish(long row, long column, long rows, long columns);
}

/// <summary>What is done in place to a part of a product, from its column <paramref name="firstColumn"/> on, as soon as it is complete and while it is near.</summary>
internal delegate void Epilogue<T>(Strided<T> part, long firstColumn)
    where T : unmanaged;

/// <summary>Which elements of a product are wanted; the others are neither read nor written.</summary>
internal enum Part
{
    Whole,

    /// <summary>Columns up to the row's own.</summary>
    Lower,

    /// <summary>Columns from the row's own.</summary>
    Upper,
}

internal static class PartColumns
{
    /// <summary>The first column that any row from <paramref name="row"/> on wants.</summary>
    public static long From(this Part part, long row) => part == Part.Upper ? row : 0;

    /// <summary>The end of the columns that any row below <paramref name="rowEnd"/> wants.</summary>
    public static long To(this Part part, long rowEnd, long columns) => part == Part.Lower ? Math.Min(rowEnd, columns) : columns;
}

internal enum Into
{
    /// <summary>C = A·B.</summary>
    Store,

    /// <summary>C += A·B.</summary>
    Add,

    /// <summary>C −= A·B: every block's chain is subtracted.</summary>
    Subtract,
}

internal static unsafe class Prefetching
{
    /// <summary>Rows of <paramref name="rowBytes"/> bytes that lie <paramref name="stride"/> bytes apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(byte* start, nint stride, int rows, int rowBytes)
    {
        for (int i = 0; Sse.IsSupported && i < rows; i++, start += stride)
        {
            for (int at = 0; at < rowBytes; at += 64)
            {
                Sse.Prefetch0(start + at);
            }
        }
    }
}

/// <summary>C of the type of the factors: all of it, or a triangle.</summary>
internal readonly unsafe struct MatrixSink<T>(Strided<T> c, Into into, Part part = Part.Whole, Epilogue<T>? epilogue = null) : ITileSink<T>
    where T : unmanaged, INumberBase<T>
{
    public nint PlaceStride => (nint)c.RowStride;

    public Part Part => part;

    public T* Place(long row, long column) =>
        into == Into.Store && part == Part.Whole && c.ColumnStride == 1 ? c.Pointer + row * c.RowStride + column : null;

    public void Prefetch(long row, long column, int rows, int columns)
    {
        if (c.ColumnStride == 1)
        {
            byte* start = (byte*)(c.Pointer + row * c.RowStride + column);
            Prefetching.Rows(start, (nint)c.RowStride * sizeof(T), rows, columns * sizeof(T));
        }
    }

    public void Finish(long row, long column, long rows, long columns) => epilogue?.Invoke(c.Block(row, column, rows, columns), column);

    public void Take(T* tile, nint stride, long row, long column, int rows, int columns, bool first)
    {
        if (into == Into.Store && first)
        {
            Combine<Stored<T>>(tile, stride, row, column, rows, columns);
        }
        else if (into == Into.Subtract)
        {
            Combine<Subtracted<T>>(tile, stride, row, column, rows, columns);
        }
        else
        {
            Combine<Added<T>>(tile, stride, row, column, rows, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine<TWay>(T* tile, nint stride, long row, long column, int rows, int columns)
        where TWay : struct, ICombination<T>
    {
        for (int i = 0; i < rows; i++, tile += stride)
        {
            int j = (int)Math.Max(0, part.From(row + i) - column);
            int end = (int)part.To(row + i + 1 - column, columns);
            T* to = c.Pointer + (row + i) * c.RowStride + column * c.ColumnStride;
            if (c.ColumnStride == 1)
            {
                for (; Avx512F.IsSupported && j + Vector512<T>.Count <= end; j += Vector512<T>.Count)
                {
                    TWay.Of(Vector512.Load(to + j), Vector512.Load(tile + j)).Store(to + j);
                }

                for (; j + Vector256<T>.Count <= end; j += Vector256<T>.Count)
                {
                    TWay.Of(Vector256.Load(to + j), Vector256.Load(tile + j)).Store(to + j);
                }
            }

            for (; j < end; j++)
            {
                to[j * c.ColumnStride] = TWay.Of(to[j * c.ColumnStride], tile[j]);
            }
        }
    }
}

/// <summary>What an element of C becomes when a tile's element comes to it.</summary>
internal interface ICombination<T>
{
    static abstract T Of(T c, T tile);

    static abstract Vector256<T> Of(Vector256<T> c, Vector256<T> tile);

    static abstract Vector512<T> Of(Vector512<T> c, Vector512<T> tile);
}

internal readonly struct Stored<T> : ICombination<T>
{
    public static T Of(T c, T tile) => tile;

    public static Vector256<T> Of(Vector256<T> c, Vector256<T> tile) => tile;

    public static Vector512<T> Of(Vector512<T> c, Vector512<T> tile) => tile;
}

internal readonly struct Added<T> : ICombination<T>
    where T : INumberBase<T>
{
    public static T Of(T c, T tile) => c + tile;

    public static Vector256<T> Of(Vector256<T> c, Vector256<T> tile) => c + tile;

    public static Vector512<T> Of(Vector512<T> c, Vector512<T> tile) => c + tile;
}

internal readonly struct Subtracted<T> : ICombination<T>
    where T : INumberBase<T>
{
    public static T Of(T c, T tile) => c - tile;

    public static Vector256<T> Of(Vector256<T> c, Vector256<T> tile) => c - tile;

    public static Vector512<T> Of(Vector512<T> c, Vector512<T> tile) => c - tile;
}
