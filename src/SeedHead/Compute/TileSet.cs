using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

/// <summary>
/// The innermost loops of the matrix product for one vector width: C[rows × columns] = A·B over k steps, one chain of fused multiply-adds an
/// element, starting at 0. Tiles of three heights, one or two vectors wide; A, B and C lie anywhere, B and C with columns side by side.
/// </summary>
internal sealed unsafe class TileSet<T>
    where T : unmanaged
{
    /// <summary>Elements in a vector.</summary>
    public required int Lanes { get; init; }

    /// <summary>Rows of the tallest tile.</summary>
    public required int Tall { get; init; }

    public required int Middle { get; init; }

    public int Width => 2 * Lanes;

    // (k, a, aRow, aColumn, b, bRow, c, cRow, next, nextStep): strides in elements
    public delegate*<nint, T*, nint, nint, T*, nint, T*, nint, T*, nint, void> Tall1, Tall2, Middle1, Middle2, Row1, Row2;

    // (step, end, a, aColumn, b, bRow, c, cRow), two vectors wide; float alone
    public delegate*<nint*, nint*, T*, nint, T*, nint, T*, nint, void> TallChosen, MiddleChosen, RowChosen;

    /// <summary>Columns that a tile must compute to hold <paramref name="columns"/> of them: one vector or two.</summary>
    public int Padded(int columns) => columns <= Lanes ? Lanes : Width;

    /// <summary>C[rows × Padded(columns)] = A[rows × k]·B[k × Padded(columns)] for rows ≤ Tall and columns ≤ Width.</summary>
    /// <remarks>
    /// Meanwhile the second-level cache is asked for a line at <paramref name="next"/>, which moves by <paramref name="nextStep"/> with each step:
    /// the panel of B that comes after this one.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int rows, int columns, nint k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, T* next, nint nextStep)
    {
        Debug.Assert(rows <= Tall && columns <= Width);
        bool narrow = columns <= Lanes;
        if (rows == Tall)
        {
            (narrow ? Tall1 : Tall2)(k, a, aRow, aColumn, b, bRow, c, cRow, next, nextStep);
            return;
        }

        for (; rows >= Middle; rows -= Middle, a += Middle * aRow, c += Middle * cRow)
        {
            (narrow ? Middle1 : Middle2)(k, a, aRow, aColumn, b, bRow, c, cRow, next, nextStep);
        }

        for (; rows > 0; rows--, a += aRow, c += cRow)
        {
            (narrow ? Row1 : Row2)(k, a, aRow, aColumn, b, bRow, c, cRow, next, nextStep);
        }
    }

    /// <summary>C[rows × Width] = A·B over the steps from <paramref name="step"/> to <paramref name="end"/> alone, for any number of rows, which lie side by side in A.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RunChosen(int rows, nint* step, nint* end, T* a, nint aColumn, T* b, nint bRow, T* c, nint cRow)
    {
        for (; rows >= Tall; rows -= Tall, a += Tall, c += Tall * cRow)
        {
            TallChosen(step, end, a, aColumn, b, bRow, c, cRow);
        }

        for (; rows >= Middle; rows -= Middle, a += Middle, c += Middle * cRow)
        {
            MiddleChosen(step, end, a, aColumn, b, bRow, c, cRow);
        }

        for (; rows > 0; rows--, a++, c += cRow)
        {
            RowChosen(step, end, a, aColumn, b, bRow, c, cRow);
        }
    }
}

/// <summary>The tiles this processor runs fastest; all give the same bits.</summary>
internal static class TileSets
{
    // Avx512F.IsSupported, not Vector512.IsHardwareAccelerated: the latter is false on processors that only prefer narrower vectors
    public static readonly TileSet<float> Float =
        Avx512F.IsSupported ? FloatTiles512.Set : Fma.IsSupported ? FloatTiles256.Set : FloatTiles128.Set;

    public static readonly TileSet<double> Double =
        Avx512F.IsSupported ? DoubleTiles512.Set : Fma.IsSupported ? DoubleTiles256.Set : DoubleTiles128.Set;
}
