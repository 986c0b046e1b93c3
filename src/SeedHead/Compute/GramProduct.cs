using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SeedHead.Compute;

/// <summary>Products of float32 rows summed in float64: the lower triangle of G += ΦᵀΦ, and C += ΦᵀY.</summary>
/// <remarks>
/// Rows are taken in blocks of <see cref="RowBlock"/> counted from the first row given; inside a block element (i, j) is one chain of float32 fused
/// multiply-adds in row order, starting at 0; each block's value is widened and added to the float64 element in block order.
/// </remarks>
internal static unsafe class GramProduct
{
    public const int RowBlock = 512;

    /// <summary>gram (lower triangle, [D × D]) += ΦᵀΦ for Φ = features [rows × D].</summary>
    public static void Add(Team team, Strided<float> features, Strided<double> gram) => Add(team, TileSets.Float, features, gram);

    public static void Add(Team team, TileSet<float> tiles, Strided<float> features, Strided<double> gram)
    {
        Require(gram.Rows == features.Columns && gram.Columns == features.Columns, features, features, gram);
        TiledProduct.Run(team, tiles, features.Transpose, features, RowBlock, new WideningSink(gram, Part.Lower));
    }

    /// <summary>cross [D × K] += ΦᵀY for Φ = features [rows × D] and Y = targets [rows × K].</summary>
    public static void AddCross(Team team, Strided<float> features, Strided<float> targets, Strided<double> cross)
    {
        if (targets.Columns <= NarrowCross.MostTargets && features.ColumnStride == 1)
        {
            RequireCross(features, targets, cross);
            NarrowCross.Add(team, features, targets, cross);
        }
        else
        {
            AddCross(team, TileSets.Float, features, targets, cross);
        }
    }

    public static void AddCross(Team team, TileSet<float> tiles, Strided<float> features, Strided<float> targets, Strided<double> cross)
    {
        RequireCross(features, targets, cross);
        TiledProduct.Run(team, tiles, features.Transpose, targets, RowBlock, new WideningSink(cross, Part.Whole));
    }

    private static void RequireCross(Strided<float> features, Strided<float> targets, Strided<double> cross)
    {
        bool fits = targets.Rows == features.Rows && cross.Rows == features.Columns && cross.Columns == targets.Columns;
        Require(fits, features, targets, cross);
    }

    private static void Require(bool fits, Strided<float> x, Strided<float> y, Strided<double> sum)
    {
        if (!fits)
        {
            throw new ArgumentException(
                $"[{x.Rows} × {x.Columns}]ᵀ·[{y.Rows} × {y.Columns}] has no place in [{sum.Rows} × {sum.Columns}].");
        }
    }

    /// <summary>Adds float32 tiles to a float64 matrix, or to its lower triangle.</summary>
    private readonly struct WideningSink(Strided<double> sum, Part part) : ITileSink<float>
    {
        public nint PlaceStride => 0;

        public Part Part => part;

        public float* Place(long row, long column) => null; // sums are of another type than tiles

        public void Finish(long row, long column, long rows, long columns)
        {
        }

        public void Prefetch(long row, long column, int rows, int columns)
        {
            if (sum.ColumnStride == 1)
            {
                byte* start = (byte*)(sum.Pointer + row * sum.RowStride + column);
                Prefetching.Rows(start, (nint)sum.RowStride * sizeof(double), rows, columns * sizeof(double));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Take(float* tile, nint stride, long row, long column, int rows, int columns, bool first)
        {
            for (int i = 0; i < rows; i++, tile += stride)
            {
                int count = (int)part.To(row + i + 1 - column, columns);
                AddRow(tile, sum.Pointer + (row + i) * sum.RowStride + column * sum.ColumnStride, count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void AddRow(float* from, double* to, int count)
        {
            int j = 0;
            for (; Avx512F.IsSupported && sum.ColumnStride == 1 && j + 8 <= count; j += 8, to += 8)
            {
                (Vector512.Load(to) + Avx512F.ConvertToVector512Double(Vector256.Load(from + j))).Store(to);
            }

            for (; sum.ColumnStride == 1 && j + 8 <= count; j += 8, to += 8)
            {
                (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(from + j));
                (Vector256.Load(to) + low).Store(to);
                (Vector256.Load(to + 4) + high).Store(to + 4);
            }

            for (; j < count; j++, to += sum.ColumnStride)
            {
                *to += from[j];
            }
        }
    }
}
