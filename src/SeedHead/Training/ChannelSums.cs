using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SeedHead.Compute;

namespace SeedHead.Training;

/// <summary>Sums over a batch for every channel: float64, blocks of <see cref="BlockRows"/> rows from 0 in row order, the blocks added in order.</summary>
/// <remarks>Products of two floats are exact in float64.</remarks>
internal static unsafe class ChannelSums
{
    public const int BlockRows = 1024;
    private const int NearNumbers = 4096; // 16 KiB of rows, gone through channel after channel while they are in the first-level cache

    private delegate void AddRows(long first, int rows, double* a, double* b);

    /// <summary>sums[c] = Σ x[r, c] and squares[c] = Σ x[r, c]².</summary>
    public static void OfSquares(Team team, Strided<float> x, Span<double> sums, Span<double> squares) => Run(team, x, sums, squares, (first, rows, a, b) =>
        AddSquares(x.Pointer + (first * x.RowStride), (nint)x.RowStride, rows, (int)x.Columns, a, b));

    /// <summary>sums[c] = Σ g[r, c] and products[c] = Σ g[r, c]·x[r, c], where g is dy where the line reaches its floor and else 0.</summary>
    public static void OfGradient(Team team, ChannelLine line, Strided<float> dy, Strided<float> x, Span<double> sums, Span<double> products) =>
        Run(team, x, sums, products, (first, rows, a, b) =>
        {
            fixed (float* factors = line.A, terms = line.B)
            {
                AddProducts(
                    dy.Pointer + (first * dy.RowStride), (nint)dy.RowStride, x.Pointer + (first * x.RowStride), (nint)x.RowStride, rows, (int)x.Columns,
                    factors, terms, line.Floor, a, b);
            }
        });

    private static void Run(Team team, Strided<float> x, Span<double> a, Span<double> b, AddRows add)
    {
        int channels = (int)x.Columns, blocks = (int)((x.Rows + BlockRows - 1) / BlockRows), near = Math.Clamp(NearNumbers / channels, 4, BlockRows);
        using var parts = new NativeBuffer<double>(2L * channels * blocks);
        double* start = parts.Pointer;
        team.For(blocks, block =>
        {
            double* sums = start + (2L * channels * block);
            long first = (long)block * BlockRows, end = Math.Min(first + BlockRows, x.Rows);
            for (long row = first; row < end; row += near)
            {
                add(row, (int)Math.Min(near, end - row), sums, sums + channels);
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
    private static void AddSquares(float* x, nint stride, int rows, int channels, double* a, double* b)
    {
        int c = 0;
        for (; Vector256.IsHardwareAccelerated && c + 8 <= channels; c += 8)
        {
            Vector256<double> a0 = Vector256.Load(a + c), a1 = Vector256.Load(a + c + 4), b0 = Vector256.Load(b + c), b1 = Vector256.Load(b + c + 4);
            float* from = x + c;
            for (int row = 0; row < rows; row++, from += stride)
            {
                Fetch.Line(from + (rows * stride)); // the next rows
                Vector256<double> x0 = Vector256.WidenLower(Vector256.Load(from)), x1 = Vector256.WidenUpper(Vector256.Load(from));
                a0 += x0;
                a1 += x1;
                b0 += x0 * x0;
                b1 += x1 * x1;
            }

            a0.Store(a + c);
            a1.Store(a + c + 4);
            b0.Store(b + c);
            b1.Store(b + c + 4);
        }

        for (; c < channels; c++)
        {
            for (int row = 0; row < rows; row++)
            {
                double value = x[(row * stride) + c];
                a[c] += value;
                b[c] += value * value;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProducts(
        float* dy, nint dyStride, float* x, nint stride, int rows, int channels, float* factors, float* terms, float floor, double* a, double* b)
    {
        int c = 0;
        var floors = Vector256.Create(floor);
        for (; Vector256.IsHardwareAccelerated && c + 8 <= channels; c += 8)
        {
            Vector256<double> a0 = Vector256.Load(a + c), a1 = Vector256.Load(a + c + 4), b0 = Vector256.Load(b + c), b1 = Vector256.Load(b + c + 4);
            Vector256<float> factor = Vector256.Load(factors + c), term = Vector256.Load(terms + c);
            float* value = x + c, slope = dy + c;
            for (int row = 0; row < rows; row++, value += stride, slope += dyStride)
            {
                Fetch.Line(value + (rows * stride)); // the next rows
                Fetch.Line(slope + (rows * dyStride));
                var of = Vector256.Load(value);
                var g = Vector256.Load(slope) & Vector256.GreaterThanOrEqual(Vector256.FusedMultiplyAdd(factor, of, term), floors);
                Vector256<double> g0 = Vector256.WidenLower(g), g1 = Vector256.WidenUpper(g);
                a0 += g0;
                a1 += g1;
                b0 += g0 * Vector256.WidenLower(of);
                b1 += g1 * Vector256.WidenUpper(of);
            }

            a0.Store(a + c);
            a1.Store(a + c + 4);
            b0.Store(b + c);
            b1.Store(b + c + 4);
        }

        for (; c < channels; c++)
        {
            for (int row = 0; row < rows; row++)
            {
                float value = x[(row * stride) + c];
                double g = float.FusedMultiplyAdd(factors[c], value, terms[c]) >= floor ? dy[(row * dyStride) + c] : 0;
                a[c] += g;
                b[c] += g * value;
            }
        }
    }
}
