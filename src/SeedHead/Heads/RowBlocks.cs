using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>What is done to a block of rows between the large products. Sums run down the rows in order, whatever the threads.</summary>
internal static unsafe class RowBlocks
{
    private const int ColumnChunk = 256;

    /// <summary>features ← features − shift, in float32.</summary>
    public static void SubtractShift(Team team, Strided<float> features, float[] shift) =>
        team.For(Chunks(features.Rows, 64), chunk =>
        {
            for (long r = chunk * 64L; r < Math.Min((chunk + 1) * 64L, features.Rows); r++)
            {
                fixed (float* less = shift)
                {
                    SubtractRow(features.Pointer + (r * features.RowStride), less, (int)features.Columns);
                }
            }
        });

    /// <summary>sums[j] += Σ over rows of values[row, j] − shift[j], in float64, row after row; no shift is a shift of 0.</summary>
    public static void AddColumns(Team team, Strided<float> values, float[]? shift, double[] sums) =>
        team.For(Chunks(values.Columns, ColumnChunk), chunk =>
        {
            int first = chunk * ColumnChunk, count = (int)Math.Min(ColumnChunk, values.Columns - first);
            fixed (float* less = shift ?? new float[sums.Length])
            fixed (double* to = sums)
            {
                for (long r = 0; r < values.Rows; r++)
                {
                    AddRow(values.Pointer + (r * values.RowStride) + first, less + first, to + first, count);
                }
            }
        });

    /// <summary>As <see cref="SubtractShift"/>, and then <see cref="AddColumns"/> without a shift, while the numbers are there.</summary>
    public static void ShiftAndAddColumns(Team team, Strided<float> features, float[] shift, double[] sums) =>
        team.For(Chunks(features.Columns, ColumnChunk), chunk =>
        {
            int first = chunk * ColumnChunk, count = (int)Math.Min(ColumnChunk, features.Columns - first);
            fixed (float* less = shift)
            fixed (double* to = sums)
            {
                for (long r = 0; r < features.Rows; r++)
                {
                    ShiftAndAddRow(features.Pointer + (r * features.RowStride) + first, less + first, to + first, count);
                }
            }
        });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ShiftAndAddRow(float* row, float* less, double* sums, int count)
    {
        int j = 0;
        for (; Vector256.IsHardwareAccelerated && j + 8 <= count; j += 8)
        {
            Vector256<float> shifted = Vector256.Load(row + j) - Vector256.Load(less + j);
            shifted.Store(row + j);
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(shifted);
            (Vector256.Load(sums + j) + low).Store(sums + j);
            (Vector256.Load(sums + j + 4) + high).Store(sums + j + 4);
        }

        for (; j < count; j++)
        {
            row[j] -= less[j];
            sums[j] += row[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractRow(float* row, float* less, int count)
    {
        int j = 0;
        for (; Vector256.IsHardwareAccelerated && j + 8 <= count; j += 8)
        {
            (Vector256.Load(row + j) - Vector256.Load(less + j)).Store(row + j);
        }

        for (; j < count; j++)
        {
            row[j] -= less[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(float* row, float* less, double* sums, int count)
    {
        int j = 0;
        for (; Vector256.IsHardwareAccelerated && j + 8 <= count; j += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(row + j));
            (Vector256<double> lowLess, Vector256<double> highLess) = Vector256.Widen(Vector256.Load(less + j));
            (Vector256.Load(sums + j) + (low - lowLess)).Store(sums + j);
            (Vector256.Load(sums + j + 4) + (high - highLess)).Store(sums + j + 4);
        }

        for (; j < count; j++)
        {
            sums[j] += (double)row[j] - less[j];
        }
    }

    /// <summary>squares[k] += Σ over rows of values[row, k]², in float64.</summary>
    public static void AddSquares(Strided<float> values, double[] squares)
    {
        for (long r = 0; r < values.Rows; r++)
        {
            for (int k = 0; k < squares.Length; k++)
            {
                squares[k] += (double)values[r, k] * values[r, k];
            }
        }
    }

    /// <summary>columns [D × b] ← scale_j · (rows[r, j] − mean_j), the block of rows turned on its side, in float64.</summary>
    public static void CentredColumns(Team team, Strided<float> rows, double[] means, double[] scales, Strided<double> columns)
    {
        const int Tile = 32; // a tile of both sides fits the first cache
        team.For(Chunks(columns.Rows, Tile), chunk =>
        {
            long end = Math.Min((chunk + 1L) * Tile, columns.Rows);
            for (long r0 = 0; r0 < rows.Rows; r0 += Tile)
            {
                for (long j = (long)chunk * Tile; j < end; j++)
                {
                    for (long r = r0; r < Math.Min(r0 + Tile, rows.Rows); r++)
                    {
                        columns[j, r] = (rows[r, j] - means[j]) * scales[j];
                    }
                }
            }
        });
    }

    /// <summary>sums[c] += Σ over rows of values[row, c]², row after row.</summary>
    public static void AddColumnSquares(Team team, Strided<double> values, double* sums) =>
        team.For(Chunks(values.Columns, ColumnChunk), chunk =>
        {
            long first = (long)chunk * ColumnChunk;
            long end = Math.Min(first + ColumnChunk, values.Columns);
            for (long r = 0; r < values.Rows; r++)
            {
                for (long c = first; c < end; c++)
                {
                    double z = values[r, c];
                    sums[c] = double.FusedMultiplyAdd(z, z, sums[c]);
                }
            }
        });

    public static int Chunks(long length, int size) => checked((int)((length + size - 1) / size));
}
