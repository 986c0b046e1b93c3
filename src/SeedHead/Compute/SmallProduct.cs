using System.Runtime.CompilerServices;

namespace SeedHead.Compute;

/// <summary>C = A·B for factors that lie in the nearest caches as they are: tile after tile, without packing, parts or tasks.</summary>
internal static unsafe class SmallProduct
{
    private const long MostElements = 1 << 14; // of each matrix
    private const int Collision = 4096; // rows so many bytes apart fall into few lines of the first-level cache

    /// <summary>Whether a product is small, and whole vectors of B and C lie side by side. Its steps must fit one block.</summary>
    public static bool Suits<T>(TileSet<T> tiles, Strided<T> a, Strided<T> b, Strided<T> c)
        where T : unmanaged =>
        a.Rows * a.Columns <= MostElements && b.Rows * b.Columns <= MostElements && c.Rows * c.Columns <= MostElements
        && a.ColumnStride == 1 && b.ColumnStride == 1 && c.ColumnStride == 1 && b.Columns % tiles.Lanes == 0
        && a.RowStride * sizeof(T) % Collision != 0 && b.RowStride * sizeof(T) % Collision != 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(TileSet<T> tiles, Strided<T> a, Strided<T> b, Strided<T> c)
        where T : unmanaged
    {
        int rows = (int)a.Rows, columns = (int)b.Columns, tall = tiles.Tall, width = tiles.Width;
        nint steps = (nint)a.Columns, aRow = (nint)a.RowStride, bRow = (nint)b.RowStride, cRow = (nint)c.RowStride;
        for (int column = 0; column < columns; column += width)
        {
            for (int row = 0; row < rows; row += tall)
            {
                tiles.Run(
                    Math.Min(tall, rows - row), Math.Min(width, columns - column), steps, a.Pointer + row * aRow, aRow, 1, b.Pointer + column, bRow,
                    c.Pointer + row * cRow + column, cRow, null, 0);
            }
        }
    }
}
