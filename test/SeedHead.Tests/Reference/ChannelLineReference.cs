using SeedHead.Compute;

namespace SeedHead.Tests.Reference;

/// <summary>The definition of <see cref="ChannelLine"/>, number by number.</summary>
internal static unsafe class ChannelLineReference
{
    public static float Value(ChannelLine line, int c, float x) => float.FusedMultiplyAdd(line.A[c], x, line.B[c]);

    public static float Forward(ChannelLine line, int c, float x) => Value(line, c, x) < line.Floor ? line.Floor : Value(line, c, x);

    public static float Backward(ChannelLine line, int c, float x, float dy, ChannelSlope slope) => float.FusedMultiplyAdd(
        slope.P[c], Value(line, c, x) >= line.Floor ? dy : 0, float.FusedMultiplyAdd(slope.Q[c], x, slope.T[c]));

    /// <summary>Σ a and Σ a·b of a channel: blocks of so many rows, the blocks added in order.</summary>
    public static (double Sum, double Product) Sums(long rows, int block, Func<long, float> a, Func<long, float> b)
    {
        (double Sum, double Product) total = (0, 0);
        for (long first = 0; first < rows; first += block)
        {
            (double Sum, double Product) part = (0, 0);
            for (long row = first; row < Math.Min(first + block, rows); row++)
            {
                part = (part.Sum + a(row), part.Product + ((double)a(row) * b(row)));
            }

            total = (total.Sum + part.Sum, total.Product + part.Product);
        }

        return total;
    }
}
