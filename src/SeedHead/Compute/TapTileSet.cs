using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

/// <summary>Steps of a tile that follow each other at even distances.</summary>
/// <param name="A">Where the first step lies in A, in elements from a row's address.</param>
/// <param name="B">The row of B that the first step meets.</param>
/// <param name="Steps">How many there are.</param>
internal readonly record struct TapRun(nint A, nint B, nint Steps);

/// <summary>
/// The innermost loops of the convolution for one vector width: C[rows × columns] continues one chain of fused multiply-adds an element over all
/// steps of some runs. A row of A begins at a + aRows[i], one of C at c + cRows[i]. The chains start at start[column], or where it is null at C.
/// </summary>
internal sealed unsafe class TapTileSet
{
    /// <summary>Elements in a vector.</summary>
    public required int Lanes { get; init; }

    /// <summary>Rows of the tallest tile.</summary>
    public required int Tall { get; init; }

    public int Width => 2 * Lanes;

    /// <summary>Columns of a tile whose lanes are images.</summary>
    public required int ImageColumns { get; init; }

    // (a, aRows, aStep, b, bStep, runs, count, c, cRows, start): strides in elements
    public delegate*<float*, nint*, nint, float*, nint, TapRun*, nint, float*, nint*, float*, void>
        SharedTall1, SharedHalf1, SharedTall2, SharedHalf2, LanesTall1, LanesHalf1, Images;

    /// <summary>The tiles this processor runs fastest; all give the same bits.</summary>
    public static readonly TapTileSet Best = Avx512F.IsSupported ? TapTiles512.Set : Fma.IsSupported ? TapTiles256.Set : TapTiles128.Set;

    /// <summary>Columns that a tile must compute to hold <paramref name="columns"/> of them: one vector or two.</summary>
    public int Padded(int columns) => columns <= Lanes ? Lanes : Width;

    /// <summary>A multiplies every column of B by the same number: the sums over channels of an ordinary convolution.</summary>
    /// <remarks>aRows and cRows hold <see cref="Tall"/> rows; from <paramref name="rows"/> on they repeat one of the rows before.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RunShared(
        int rows, int columns, float* a, nint* aRows, nint aStep, float* b, nint bStep, TapRun* runs, nint count, float* c, nint* cRows, float* start)
    {
        if (columns > Lanes)
        {
            (2 * rows > Tall ? SharedTall2 : SharedHalf2)(a, aRows, aStep, b, bStep, runs, count, c, cRows, start);
        }
        else
        {
            (2 * rows > Tall ? SharedTall1 : SharedHalf1)(a, aRows, aStep, b, bStep, runs, count, c, cRows, start);
        }
    }

    /// <summary>A has a number of its own for each of the <see cref="Lanes"/> columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RunLanes(
        int rows, float* a, nint* aRows, nint aStep, float* b, nint bStep, TapRun* runs, nint count, float* c, nint* cRows, float* start) =>
        (2 * rows > Tall ? LanesTall1 : LanesHalf1)(a, aRows, aStep, b, bStep, runs, count, c, cRows, start);

    /// <summary>
    /// A and C have a number for each of <see cref="Lanes"/> images, B one for each of <see cref="ImageColumns"/> columns, whose vectors lie side by
    /// side in C. A tile is <see cref="Tall"/> rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RunImages(float* a, nint* aRows, float* b, nint bStep, TapRun* runs, nint count, float* c, nint* cRows, float* start) =>
        Images(a, aRows, Lanes, b, bStep, runs, count, c, cRows, start);
}
