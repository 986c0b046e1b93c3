using System.Diagnostics;

namespace SeedHead.Compute;

/// <summary>A matrix [rows × columns] in memory that somebody else owns; element (i, j) lies at i·RowStride + j·ColumnStride.</summary>
internal readonly unsafe struct Strided<T>(T* pointer, long rows, long columns, long rowStride, long columnStride)
    where T : unmanaged
{
    public readonly T* Pointer = pointer;
    public readonly long Rows = rows;
    public readonly long Columns = columns;
    public readonly long RowStride = rowStride;
    public readonly long ColumnStride = columnStride;

    public static Strided<T> RowMajor(T* pointer, long rows, long columns) => new(pointer, rows, columns, columns, 1);

    public static Strided<T> RowMajor(NativeBuffer<T> buffer, long rows, long columns)
    {
        Debug.Assert(rows * columns <= buffer.Length);
        return new(buffer.Pointer, rows, columns, columns, 1);
    }

    public Strided<T> Transpose => new(Pointer, Columns, Rows, ColumnStride, RowStride);

    public ref T this[long row, long column] => ref Pointer[row * RowStride + column * ColumnStride];

    public Strided<T> Block(long row, long column, long rows, long columns)
    {
        Debug.Assert(row >= 0 && column >= 0 && row + rows <= Rows && column + columns <= Columns);
        return new(Pointer + row * RowStride + column * ColumnStride, rows, columns, RowStride, ColumnStride);
    }

    /// <summary>Row <paramref name="row"/> as a span; the columns must lie side by side.</summary>
    public Span<T> Row(long row)
    {
        Debug.Assert(ColumnStride == 1);
        return new(Pointer + row * RowStride, checked((int)Columns));
    }
}
