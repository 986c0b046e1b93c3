using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>Sums over a batch for every channel: float64, blocks of <see cref="BlockRows"/> rows from 0 in row order, the blocks added in order.</summary>
internal static unsafe class ChannelSums
{
    public const int BlockRows = 1024;

    /// <summary>a[c] = Σ x[r, c] and b[c] = Σ x[r, c]·y[r, c].</summary>
    public static void Of(Team team, Strided<float> x, Strided<float> y, Span<double> a, Span<double> b)
    {
        int channels = (int)x.Columns, blocks = (int)((x.Rows + BlockRows - 1) / BlockRows);
        using var parts = new NativeBuffer<double>(2L * channels * blocks);
        double* start = parts.Pointer;
        team.For(blocks, block =>
        {
            double* sums = start + (2L * channels * block);
            long first = (long)block * BlockRows;
            for (long row = first; row < Math.Min(first + BlockRows, x.Rows); row++)
            {
                AddRow(x.Pointer + (row * x.RowStride), y.Pointer + (row * y.RowStride), sums, sums + channels, channels);
            }
        });
        a.Clear();
        b.Clear();
        for (int block = 0; block < blocks; block++)
        {
            double* sums = start + (2L * channels * block);
            for (int c = 0; c < channels; c++)
            {
                a[c] += sums[c];
                b[c] += sums[channels + c];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(float* x, float* y, double* a, double* b, int count)
    {
        int c = 0;
        for (; Vector256.IsHardwareAccelerated && c + 8 <= count; c += 8)
        {
            (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.Load(x + c));
            (Vector256<double> y0, Vector256<double> y1) = Vector256.Widen(Vector256.Load(y + c));
            (Vector256.Load(a + c) + x0).Store(a + c);
            (Vector256.Load(a + c + 4) + x1).Store(a + c + 4);
            (Vector256.Load(b + c) + (x0 * y0)).Store(b + c); // products of floats are exact in float64
            (Vector256.Load(b + c + 4) + (x1 * y1)).Store(b + c + 4);
        }

        for (; c < count; c++)
        {
            a[c] += x[c];
            b[c] += (double)x[c] * y[c];
        }
    }
}
