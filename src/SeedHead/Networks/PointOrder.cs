using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>
/// The order of points along the Z-curve (Morton 1966): their coordinates, cut into equal steps between least and largest, with bits interleaved. Points that follow one
/// another lie near each other, so that units which a rectifier makes 0 are so at whole panels of points.
/// </summary>
internal static class PointOrder
{
    private const int MostInputs = 8; // 8 bits a coordinate; with more of them hardly any point is near another

    /// <summary>Bytes that <see cref="Of"/> takes for a while.</summary>
    public static long Bytes(long points, long inputs) => IsMade(points, inputs) ? points * (sizeof(ulong) + sizeof(int)) : 0;

    /// <summary>The rows of points [n × d] in order; null, for their own order, where there are too many coordinates or points, or one is not finite.</summary>
    public static int[]? Of(Strided<float> points)
    {
        if (!IsMade(points.Rows, points.Columns))
        {
            return null;
        }

        var keys = new ulong[points.Rows];
        int inputs = (int)points.Columns;
        for (int input = 0; input < inputs; input++)
        {
            if (!Interleave(keys, points, input, inputs))
            {
                return null;
            }
        }

        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order);
        return order;
    }

    private static bool IsMade(long points, long inputs) => inputs is > 0 and <= MostInputs && points <= Array.MaxLength;

    /// <summary>Adds the bits of one coordinate to all keys, or returns false.</summary>
    private static bool Interleave(ulong[] keys, Strided<float> points, int input, int inputs)
    {
        (float least, float largest) = (float.PositiveInfinity, float.NegativeInfinity);
        for (long i = 0; i < keys.Length; i++)
        {
            if (!float.IsFinite(points[i, input]))
            {
                return false;
            }

            (least, largest) = (Math.Min(least, points[i, input]), Math.Max(largest, points[i, input]));
        }

        const int steps = 256;
        double scale = largest > least ? steps / ((double)largest - least) : 0;
        for (long i = 0; i < keys.Length; i++)
        {
            int step = Math.Min((int)((points[i, input] - (double)least) * scale), steps - 1);
            for (int bit = 0; 1 << bit < steps; bit++)
            {
                keys[i] |= (ulong)((step >> bit) & 1) << (bit * inputs + input);
            }
        }

        return true;
    }
}
