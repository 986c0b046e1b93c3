using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary>Takes tile[rows × columns], whose rows lie <paramref name="stride"/> apart, for the element (row, column) and on.</summary>
    void Take(T* tile, nint stride, long row, long column, int rows, int columns, bool first);
}

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

/// <summary>C of the type of the factors: all of it, or a triangle.</summary>
internal readonly unsafe struct MatrixSink<T>(Strided<T> c, Into into, Part part = Part.Whole) : ITileSink<T>
    where T : unmanaged, INumberBase<T>
{
    public nint PlaceStride => (nint)c.RowStride;

    public Part Part => part;

    public T* Place(long row, long column) =>
        into == Into.Store && part == Part.Whole && c.ColumnStride == 1 ? c.Pointer + row * c.RowStride + column : null;

    public void Take(T* tile, nint stride, long row, long column, int rows, int columns, bool first)
    {
        for (int i = 0; i < rows; i++, tile += stride)
        {
            int start = (int)Math.Max(0, part.From(row + i) - column);
            int count = (int)part.To(row + i + 1 - column, columns) - start;
            T* to = c.Pointer + (row + i) * c.RowStride + (column + start) * c.ColumnStride;
            if (into == Into.Store && first)
            {
                Store(tile + start, to, count);
            }
            else if (into == Into.Subtract)
            {
                Subtract(tile + start, to, count);
            }
            else
            {
                Add(tile + start, to, count);
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
