using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>Sums of the columns of a matrix: for each block of rows a sum from 0, row after row; the blocks are added in order.</summary>
internal static unsafe class ColumnSums
{
    /// <summary>sums[j] = Σ rows[i, columns[j]].</summary>
    public static void Of(Team team, Strided<float> rows, long blockRows, int[] columns, Span<float> sums)
    {
        int blocks = checked((int)((rows.Rows + blockRows - 1) / blockRows)), padded = (columns.Length + 15) / 16 * 16;
        float* ofBlocks = Scratch.Get<float>(Scratch.Slot.TapPartials, (long)blocks * padded);
        team.For(blocks, block =>
        {
            long first = block * blockRows;
            SumBlock(rows.Block(first, 0, Math.Min(blockRows, rows.Rows - first), rows.Columns), columns, ofBlocks + (nint)block * padded);
        });
        sums.Clear();
        for (int block = 0; block < blocks; block++)
        {
            var ofBlock = new ReadOnlySpan<float>(ofBlocks + (nint)block * padded, columns.Length);
            if (block == 0)
            {
                ofBlock.CopyTo(sums);
            }
            else
            {
                Elementwise.Add(sums, ofBlock);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumBlock(Strided<float> rows, int[] columns, float* sums)
    {
        int j = 0;
        while (j < columns.Length)
        {
            float* from = rows.Pointer + columns[j];
            if (j + 8 <= columns.Length && columns[j + 7] - columns[j] == 7)
            {
                var sum = Vector256<float>.Zero;
                for (long i = 0; i < rows.Rows; i++, from += rows.RowStride)
                {
                    sum += Vector256.Load(from);
                }

                sum.Store(sums + j);
                j += 8;
            }
            else
            {
                float sum = 0;
                for (long i = 0; i < rows.Rows; i++, from += rows.RowStride)
                {
                    sum += *from;
                }

                sums[j++] = sum;
            }
        }
    }
}
