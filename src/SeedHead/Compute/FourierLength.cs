using System.Numerics;

namespace SeedHead.Compute;

/// <summary>What lengths are made of.</summary>
internal static class FourierLength
{
    /// <summary>No prime factor beyond 5.</summary>
    public static bool IsSmooth(int length) => length <= 1 || Radices(length).Aggregate(1, (product, radix) => product * radix) == length;

    /// <summary>The radices of the passes: fours first, so that vectors are full from the second pass on.</summary>
    public static int[] Radices(int length)
    {
        var radices = new List<int>();
        foreach (int radix in new[] { 4, 5, 3, 2 })
        {
            for (; length > 1 && length % radix == 0; length /= radix)
            {
                radices.Add(radix);
            }
        }

        return [.. radices];
    }

    /// <summary>The smallest 2^a, 3·2^a or 5·2^a that is at least so long.</summary>
    public static int Above(int length) =>
        new[] { 1, 3, 5 }.Min(odd => checked(odd * (int)BitOperations.RoundUpToPowerOf2((uint)((length + odd - 1) / odd))));
}
