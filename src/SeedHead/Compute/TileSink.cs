using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>What becomes of the tiles of a product: each holds the chains of one block of k for some rows and columns.</summary>
internal unsafe interface ITileSink<T>
    where T : unmanaged
{
    /// <summary>Only columns below this are wanted of the rows below <paramref name="rowEnd"/>.</summary>
    long ColumnsWanted(long rowEnd);

    /// <summary>Where the first block's whole tile at (row, column) may be written instead of being taken, or null.</summary>
    T* Place(long row, long column);

    nint PlaceStride { get; }

    /// <summary>Takes tile[rows × columns], whose rows lie <paramref name="stride"/> apart, for the element (row, column) and on.</summary>
    void Take(T* tile, nint stride, long row, long column, int rows, int columns, bool first);
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

/// <summary>C of the type of the factors: all of it, or its lower triangle.</summary>
internal readonly unsafe struct MatrixSink<T>(Strided<T> c, Into into, bool lower = false) : ITileSink<T>
    where T : unmanaged, INumberBase<T>
{
    public nint PlaceStride => (nint)c.RowStride;

    public long ColumnsWanted(long rowEnd) => lower ? Math.Min(rowEnd, c.Columns) : c.Columns;

    public T* Place(long row, long column) =>
        into == Into.Store && !lower && c.ColumnStride == 1 ? c.Pointer + row * c.RowStride + column : null;

    public void Take(T* tile, nint stride, long row, long column, int rows, int columns, bool first)
    {
        for (int i = 0; i < rows; i++, tile += stride)
        {
            int count = lower ? (int)Math.Min(columns, row + i + 1 - column) : columns;
            T* to = c.Pointer + (row + i) * c.RowStride + column * c.ColumnStride;
            if (into == Into.Store && first)
            {
                Store(tile, to, count);
            }
            else if (into == Into.Subtract)
            {
                Subtract(tile, to, count);
            }
            else
            {
                Add(tile, to, count);
            }
        }
    }

    private void Store(T* from, T* to, int count)
    {
        for (int j = 0; j < count; j++, to += c.ColumnStride)
        {
            *to = from[j];
        }
    }

    private void Add(T* from, T* to, int count)
    {
        int j = 0;
        for (; c.ColumnStride == 1 && j + Vector256<T>.Count <= count; j += Vector256<T>.Count, to += Vector256<T>.Count)
        {
            (Vector256.Load(to) + Vector256.Load(from + j)).Store(to);
        }

        for (; j < count; j++, to += c.ColumnStride)
        {
            *to += from[j];
        }
    }

    private void Subtract(T* from, T* to, int count)
    {
        int j = 0;
        for (; c.ColumnStride == 1 && j + Vector256<T>.Count <= count; j += Vector256<T>.Count, to += Vector256<T>.Count)
        {
            (Vector256.Load(to) - Vector256.Load(from + j)).Store(to);
        }

        for (; j < count; j++, to += c.ColumnStride)
        {
            *to -= from[j];
        }
    }
}
