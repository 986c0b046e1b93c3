using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>A float32 tile A [rows × columns] of a symmetric matrix times a few float64 vectors, from both sides in one pass.</summary>
/// <remarks>
/// (A·x)ᵢ: element j below the last multiple of 4 joins, fused, partial sum j mod 4; the four are folded in halves, and the rest follow in one chain.
/// (Aᵀ·y)ⱼ: one chain of fused multiply-adds over i. Vectors are the rows of [K × …] matrices, elements side by side.
/// </remarks>
internal static unsafe class TileVectors
{
    /// <summary>Columns a tile may have.</summary>
    public const int MostColumns = 1024;

    private const int Together = 4;

    /// <summary>forward ← A·right.</summary>
    public static void Multiply(float* tile, nint stride, Strided<double> right, Strided<double> forward) => Run(tile, stride, right, forward, default, default);

    /// <summary>forward ← A·right and backward += Aᵀ·left.</summary>
    /// <param name="tile">A, row after row.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="right">[K × columns].</param>
    /// <param name="forward">[K × rows].</param>
    /// <param name="left">[K × rows].</param>
    /// <param name="backward">[K × columns].</param>
    public static void MultiplyBoth(float* tile, nint stride, Strided<double> right, Strided<double> forward, Strided<double> left, Strided<double> backward) =>
        Run(tile, stride, right, forward, left, backward);

    private static void Run(float* tile, nint stride, Strided<double> right, Strided<double> forward, Strided<double> left, Strided<double> backward)
    {
        if (right.Columns > MostColumns)
        {
            throw new ArgumentException($"A tile has at most {MostColumns} columns, not {right.Columns}.", nameof(right));
        }

        int rows = (int)forward.Columns, columns = (int)right.Columns;
        double* wide = stackalloc double[Together * MostColumns];
        for (int i = 0; i < rows; i += Together)
        {
            int present = Math.Min(Together, rows - i);
            for (int r = 0; r < present; r++)
            {
                Widen(tile + ((i + r) * stride), wide + (r * MostColumns), columns);
            }

            for (long k = 0; k < right.Rows; k++)
            {
                double* x = right.Pointer + (k * right.RowStride), to = forward.Pointer + (k * forward.RowStride) + i;
                double* y = left.Pointer == null ? null : left.Pointer + (k * left.RowStride) + i;
                double* back = left.Pointer == null ? null : backward.Pointer + (k * backward.RowStride);
                if (present == Together)
                {
                    Four(wide, columns, x, to, y, back);
                }
                else
                {
                    for (int r = 0; r < present; r++)
                    {
                        One(wide + (r * MostColumns), columns, x, to + r, y + r, back);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(float* from, double* to, int count)
    {
        int j = 0;
        for (; j + 8 <= count; j += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(from + j));
            low.Store(to + j);
            high.Store(to + j + 4);
        }

        for (; j < count; j++)
        {
            to[j] = from[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(double* wide, int columns, double* x, double* to, double* y, double* back)
    {
        double* a0 = wide, a1 = a0 + MostColumns, a2 = a1 + MostColumns, a3 = a2 + MostColumns;
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int j = 0;
        if (back == null)
        {
            for (; j + 4 <= columns; j += 4)
            {
                var v = Vector256.Load(x + j);
                s0 = Vector256.FusedMultiplyAdd(Vector256.Load(a0 + j), v, s0);
                s1 = Vector256.FusedMultiplyAdd(Vector256.Load(a1 + j), v, s1);
                s2 = Vector256.FusedMultiplyAdd(Vector256.Load(a2 + j), v, s2);
                s3 = Vector256.FusedMultiplyAdd(Vector256.Load(a3 + j), v, s3);
            }
        }
        else
        {
            Vector256<double> y0 = Vector256.Create(y[0]), y1 = Vector256.Create(y[1]), y2 = Vector256.Create(y[2]), y3 = Vector256.Create(y[3]);
            for (; j + 4 <= columns; j += 4)
            {
                Vector256<double> v = Vector256.Load(x + j), b = Vector256.Load(back + j);
                Vector256<double> v0 = Vector256.Load(a0 + j), v1 = Vector256.Load(a1 + j), v2 = Vector256.Load(a2 + j), v3 = Vector256.Load(a3 + j);
                s0 = Vector256.FusedMultiplyAdd(v0, v, s0);
                s1 = Vector256.FusedMultiplyAdd(v1, v, s1);
                s2 = Vector256.FusedMultiplyAdd(v2, v, s2);
                s3 = Vector256.FusedMultiplyAdd(v3, v, s3);
                b = Vector256.FusedMultiplyAdd(v0, y0, b);
                b = Vector256.FusedMultiplyAdd(v1, y1, b);
                b = Vector256.FusedMultiplyAdd(v2, y2, b);
                Vector256.FusedMultiplyAdd(v3, y3, b).Store(back + j);
            }
        }

        (to[0], to[1], to[2], to[3]) = (Vectors.Fold(s0), Vectors.Fold(s1), Vectors.Fold(s2), Vectors.Fold(s3));
        for (; j < columns; j++)
        {
            for (int r = 0; r < Together; r++)
            {
                double a = wide[(r * MostColumns) + j];
                to[r] = double.FusedMultiplyAdd(a, x[j], to[r]);
                if (back != null)
                {
                    back[j] = double.FusedMultiplyAdd(a, y[r], back[j]);
                }
            }
        }
    }

    private static void One(double* row, int columns, double* x, double* to, double* y, double* back)
    {
        Vector256<double> sum = default;
        int j = 0;
        for (; j + 4 <= columns; j += 4)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.Load(row + j), Vector256.Load(x + j), sum);
        }

        *to = Vectors.Fold(sum);
        for (; j < columns; j++)
        {
            *to = double.FusedMultiplyAdd(row[j], x[j], *to);
        }

        for (j = 0; back != null && j < columns; j++)
        {
            back[j] = double.FusedMultiplyAdd(row[j], *y, back[j]);
        }
    }
}
