using System.Diagnostics;

namespace SeedHead.Compute;

/// <summary>C = A·B (or C += A·B) for strided matrices of any shape, transposes by strides.</summary>
/// <remarks>
/// Element (i, j) is defined as: for every block of <see cref="BlockLength"/> consecutive k, one chain of fused multiply-adds in k order that
/// starts at 0; the chains are added to C in block order (the first one stored, unless C is added to). Tile shapes, instruction sets and threads
/// cannot change a bit of it, except which of several NaNs a NaN is. C must not overlap A or B.
/// </remarks>
internal static unsafe class MatrixProduct
{
    public static int BlockLength<T>() where T : unmanaged => sizeof(T) == 4 ? 1024 : 256;

    public static void Multiply(Team team, Strided<float> a, Strided<float> b, Strided<float> c, bool add = false)
    {
        if (a.Rows == 1 && a.Columns > 0 && b.ColumnStride == 1 && c.ColumnStride == 1)
        {
            RequireShapes(a, b, c);
            MatrixVector.Multiply(a.Pointer, (nint)a.ColumnStride, b, c.Pointer, add);
        }
        else
        {
            Multiply(team, TileSets.Float, a, b, c, add ? Into.Add : Into.Store);
        }
    }

    /// <summary>C = A·B, and then <paramref name="epilogue"/> for each part of C. The columns of C lie side by side.</summary>
    public static void Multiply(Team team, Strided<float> a, Strided<float> b, Strided<float> c, Epilogue<float> epilogue)
    {
        Debug.Assert(c.ColumnStride == 1);
        if (a.Rows == 1 || a.Columns == 0)
        {
            Multiply(team, a, b, c);
            epilogue(c, 0);
        }
        else
        {
            RequireShapes(a, b, c);
            TiledProduct.Run(team, TileSets.Float, a, b, BlockLength<float>(), new MatrixSink<float>(c, Into.Store, epilogue: epilogue));
        }
    }

    /// <summary>C = A·B for a B [k × n] that is generated where it is packed; the bits of the product with a B in memory.</summary>
    public static void Multiply(Team team, Strided<float> a, PanelGenerator<float> b, Strided<float> c, Epilogue<float>? epilogue = null) =>
        Multiply(team, TileSets.Float, a, b, c, epilogue);

    /// <summary>The same by given tiles.</summary>
    public static unsafe void Multiply(Team team, TileSet<float> tiles, Strided<float> a, PanelGenerator<float> b, Strided<float> c, Epilogue<float>? epilogue = null)
    {
        var shape = new Strided<float>(null, a.Columns, c.Columns, c.Columns, 1);
        RequireShapes(a, shape, c);
        if (a.Columns == 0)
        {
            ClearUnlessAdding(c, Into.Store);
            epilogue?.Invoke(c, 0);
        }
        else
        {
            TiledProduct.Run(team, tiles, a, shape, BlockLength<float>(), new MatrixSink<float>(c, Into.Store, epilogue: epilogue), b);
        }
    }

    public static void Multiply(Team team, Strided<double> a, Strided<double> b, Strided<double> c, bool add = false) =>
        Multiply(team, TileSets.Double, a, b, c, add ? Into.Add : Into.Store);

    public static void Multiply<T>(Team team, TileSet<T> tiles, Strided<T> a, Strided<T> b, Strided<T> c, Into into)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        RequireShapes(a, b, c);
        if (a.Columns == 0)
        {
            ClearUnlessAdding(c, into);
        }
        else if (into == Into.Store && a.Columns <= BlockLength<T>() && SmallProduct.Suits(tiles, a, b, c))
        {
            SmallProduct.Run(tiles, a, b, c);
        }
        else if (c.ColumnStride != 1 && c.RowStride == 1)
        {
            // Cᵀ = Bᵀ·Aᵀ has the same chains, and its columns lie side by side.
            TiledProduct.Run(team, tiles, b.Transpose, a.Transpose, BlockLength<T>(), new MatrixSink<T>(c.Transpose, into));
        }
        else
        {
            TiledProduct.Run(team, tiles, a, b, BlockLength<T>(), new MatrixSink<T>(c, into));
        }
    }

    /// <summary>As Multiply, for the elements of C on and below the diagonal; the others are neither read nor written.</summary>
    public static void MultiplyLower(Team team, Strided<double> a, Strided<double> b, Strided<double> c, Into into)
    {
        RequireShapes(a, b, c);
        int block = BlockLength<double>();
        if (c.ColumnStride != 1 && c.RowStride == 1)
        {
            TiledProduct.Run(team, TileSets.Double, b.Transpose, a.Transpose, block, new MatrixSink<double>(c.Transpose, into, Part.Upper));
        }
        else
        {
            TiledProduct.Run(team, TileSets.Double, a, b, block, new MatrixSink<double>(c, into, Part.Lower));
        }
    }

    private static void ClearUnlessAdding<T>(Strided<T> c, Into into)
        where T : unmanaged
    {
        for (long i = 0; into == Into.Store && i < c.Rows; i++)
        {
            for (long j = 0; j < c.Columns; j++)
            {
                c[i, j] = default;
            }
        }
    }

    private static void RequireShapes<T>(Strided<T> a, Strided<T> b, Strided<T> c)
        where T : unmanaged
    {
        if (a.Columns != b.Rows || c.Rows != a.Rows || c.Columns != b.Columns)
        {
            throw new ArgumentException(
                $"A[{a.Rows} × {a.Columns}]·B[{b.Rows} × {b.Columns}] has no place in C[{c.Rows} × {c.Columns}].");
        }
    }
}
