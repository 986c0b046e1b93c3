using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>y = x·B for one row x [k] and a matrix B [k × n] whose rows lie side by side: the bits of <see cref="MatrixProduct"/> at the speed of memory.</summary>
/// <remarks>Rows of B are read eight at a time from left to right, once; nothing is allocated and no other thread is used.</remarks>
internal static unsafe class MatrixVector
{
    private const int Together = 8;
    private const int Strip = 4096; // columns whose sums stay in the first-level cache

    /// <summary>y[n] = x·B, or y += x·B.</summary>
    public static void Multiply(float* x, nint xStride, Strided<float> b, float* y, bool add = false)
    {
        int block = MatrixProduct.BlockLength<float>();
        float* chain = Scratch.Get<float>(Scratch.Slot.Row, Strip);
        for (long from = 0; from < b.Columns; from += Strip)
        {
            int columns = (int)Math.Min(Strip, b.Columns - from);
            for (long k = 0; k < b.Rows; k += block)
            {
                int steps = (int)Math.Min(block, b.Rows - k);
                bool stored = k == 0 && !add;
                Chain(steps, x + (nint)k * xStride, xStride, b.Block(k, from, steps, columns), stored ? y + from : chain);
                if (!stored)
                {
                    Add(chain, y + from, columns);
                }
            }
        }
    }

    /// <summary>sums[n] = x·B as one chain a column, starting at 0.</summary>
    private static void Chain(int steps, float* x, nint xStride, Strided<float> b, float* sums)
    {
        int columns = (int)b.Columns;
        new Span<float>(sums, columns).Clear();
        float* row = b.Pointer;
        nint stride = (nint)b.RowStride;
        int k = 0;
        for (; k + Together <= steps; k += Together, x += Together * xStride, row += Together * stride)
        {
            AddEight(x, xStride, row, stride, columns, sums);
        }

        for (; k < steps; k++, x += xStride, row += stride)
        {
            AddOne(*x, row, columns, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddEight(float* x, nint xStride, float* r0, nint stride, int columns, float* sums)
    {
        float* r1 = r0 + stride, r2 = r1 + stride, r3 = r2 + stride, r4 = r3 + stride, r5 = r4 + stride, r6 = r5 + stride, r7 = r6 + stride;
        var x0 = Vector256.Create(x[0]);
        var x1 = Vector256.Create(x[xStride]);
        var x2 = Vector256.Create(x[2 * xStride]);
        var x3 = Vector256.Create(x[3 * xStride]);
        var x4 = Vector256.Create(x[4 * xStride]);
        var x5 = Vector256.Create(x[5 * xStride]);
        var x6 = Vector256.Create(x[6 * xStride]);
        var x7 = Vector256.Create(x[7 * xStride]);
        nint j = 0;
        for (; j + 8 <= columns; j += 8)
        {
            var sum = Vector256.Load(sums + j);
            sum = Vector256.FusedMultiplyAdd(x0, Vector256.Load(r0 + j), sum);
            sum = Vector256.FusedMultiplyAdd(x1, Vector256.Load(r1 + j), sum);
            sum = Vector256.FusedMultiplyAdd(x2, Vector256.Load(r2 + j), sum);
            sum = Vector256.FusedMultiplyAdd(x3, Vector256.Load(r3 + j), sum);
            sum = Vector256.FusedMultiplyAdd(x4, Vector256.Load(r4 + j), sum);
            sum = Vector256.FusedMultiplyAdd(x5, Vector256.Load(r5 + j), sum);
            sum = Vector256.FusedMultiplyAdd(x6, Vector256.Load(r6 + j), sum);
            sum = Vector256.FusedMultiplyAdd(x7, Vector256.Load(r7 + j), sum);
            sum.Store(sums + j);
        }

        for (; j < columns; j++)
        {
            float* r = r0 + j;
            float sum = sums[j];
            for (int k = 0; k < Together; k++, r += stride)
            {
                sum = float.FusedMultiplyAdd(x[k * xStride], *r, sum);
            }

            sums[j] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOne(float x, float* row, int columns, float* sums)
    {
        var factor = Vector256.Create(x);
        nint j = 0;
        for (; j + 8 <= columns; j += 8)
        {
            Vector256.FusedMultiplyAdd(factor, Vector256.Load(row + j), Vector256.Load(sums + j)).Store(sums + j);
        }

        for (; j < columns; j++)
        {
            sums[j] = float.FusedMultiplyAdd(x, row[j], sums[j]);
        }
    }

    private static void Add(float* from, float* to, int count)
    {
        int j = 0;
        for (; j + 8 <= count; j += 8)
        {
            (Vector256.Load(to + j) + Vector256.Load(from + j)).Store(to + j);
        }

        for (; j < count; j++)
        {
            to[j] += from[j];
        }
    }
}
