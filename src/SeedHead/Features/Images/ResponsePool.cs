using System.Runtime.Intrinsics;

namespace SeedHead.Features;

/// <summary>Sums of max(r − high, 0) and of max(low − r, 0) over the positions of a cell, 16 filters a vector.</summary>
/// <remarks>A sum is one chain of additions over the positions, row after row; it goes on where an earlier call left it.</remarks>
internal static unsafe class ResponsePool
{
    private const int Lanes = PatchMatrix.Lanes;

    /// <summary>The positions of a cell that lie in a matrix of responses [positions × filters].</summary>
    /// <param name="First">Its first position.</param>
    /// <param name="Rows">Rows of positions.</param>
    /// <param name="Columns">Positions in a row.</param>
    /// <param name="RowLength">Positions from one row to the next.</param>
    public readonly record struct Window(int First, int Rows, int Columns, int RowLength);

    /// <summary>above[f] += Σ max(r − high[f], 0) and below[f] += Σ max(low[f] − r, 0) for <paramref name="filters"/> filters, a multiple of 16.</summary>
    public static void Add(float* responses, int stride, Window window, int filters, float* high, float* low, float* above, float* below)
    {
        int f = 0;
        for (; f + 4 * Lanes <= filters; f += 4 * Lanes)
        {
            AddFour(responses + f, stride, window, high + f, low + f, above + f, below + f);
        }

        for (; f < filters; f += Lanes)
        {
            AddOne(responses + f, stride, window, high + f, low + f, above + f, below + f);
        }
    }

    private static void AddOne(float* responses, int stride, Window window, float* high, float* low, float* above, float* below)
    {
        var (h, l) = (Vector512.Load(high), Vector512.Load(low));
        var (a, b) = (Vector512.Load(above), Vector512.Load(below));
        for (int y = 0; y < window.Rows; y++)
        {
            float* r = responses + (long)(window.First + y * window.RowLength) * stride;
            for (int x = 0; x < window.Columns; x++, r += stride)
            {
                var response = Vector512.Load(r);
                a += Vector512.MaxNative(response - h, Vector512<float>.Zero);
                b += Vector512.MaxNative(l - response, Vector512<float>.Zero);
            }
        }

        a.Store(above);
        b.Store(below);
    }

    // Four vectors at a time: a position's numbers are then four neighbouring cache lines.
    private static void AddFour(float* responses, int stride, Window window, float* high, float* low, float* above, float* below)
    {
        var (h0, l0, a0, b0) = (Vector512.Load(high), Vector512.Load(low), Vector512.Load(above), Vector512.Load(below));
        var (h1, l1, a1, b1) = (Vector512.Load(high + 16), Vector512.Load(low + 16), Vector512.Load(above + 16), Vector512.Load(below + 16));
        var (h2, l2, a2, b2) = (Vector512.Load(high + 32), Vector512.Load(low + 32), Vector512.Load(above + 32), Vector512.Load(below + 32));
        var (h3, l3, a3, b3) = (Vector512.Load(high + 48), Vector512.Load(low + 48), Vector512.Load(above + 48), Vector512.Load(below + 48));
        var zero = Vector512<float>.Zero;
        for (int y = 0; y < window.Rows; y++)
        {
            float* r = responses + (long)(window.First + y * window.RowLength) * stride;
            for (int x = 0; x < window.Columns; x++, r += stride)
            {
                var (r0, r1, r2, r3) = (Vector512.Load(r), Vector512.Load(r + 16), Vector512.Load(r + 32), Vector512.Load(r + 48));
                a0 += Vector512.MaxNative(r0 - h0, zero);
                b0 += Vector512.MaxNative(l0 - r0, zero);
                a1 += Vector512.MaxNative(r1 - h1, zero);
                b1 += Vector512.MaxNative(l1 - r1, zero);
                a2 += Vector512.MaxNative(r2 - h2, zero);
                b2 += Vector512.MaxNative(l2 - r2, zero);
                a3 += Vector512.MaxNative(r3 - h3, zero);
                b3 += Vector512.MaxNative(l3 - r3, zero);
            }
        }

        a0.Store(above);
        b0.Store(below);
        a1.Store(above + 16);
        b1.Store(below + 16);
        a2.Store(above + 32);
        b2.Store(below + 32);
        a3.Store(above + 48);
        b3.Store(below + 48);
    }
}
