using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace SeedHead.Compute;

/// <summary>Cosines and sines of many angles, 16 and 16 in turn.</summary>
internal static class CosSin
{
    /// <summary>Angles in a block, and cosines (or sines) side by side.</summary>
    public const int Block = 16;

    /// <summary>The angles that <paramref name="count"/> numbers are made of.</summary>
    public static int Angles(int count) => count / (2 * Block) * Block + Math.Min(Block, count % (2 * Block));

    /// <summary>
    /// Replaces the angles a at the start of <paramref name="row"/> by f·cos(a + p) and f·sin(a + p): angle 16 j + i gives numbers 32 j + i and
    /// 32 j + 16 + i, so that a shorter row is the beginning of a longer one. What does not fit is left out.
    /// </summary>
    /// <param name="row">Angles(row.Length) angles, then room for the rest.</param>
    /// <param name="phases">p, one for each angle, padded with zeros to a multiple of 16.</param>
    /// <param name="factor">f.</param>
    public static void Expand(Span<float> row, ReadOnlySpan<float> phases, float factor)
    {
        Debug.Assert(phases.Length % Block == 0 && phases.Length >= Angles(row.Length));
        Span<float> ends = stackalloc float[2 * Block];
        for (int block = (Angles(row.Length) - 1) / Block; block >= 0; block--) // last first: a block is written behind the angles still to be read
        {
            int room = Math.Min(2 * Block, row.Length - block * 2 * Block);
            Span<float> to = room == 2 * Block ? row.Slice(block * 2 * Block, 2 * Block) : ends;
            ReadOnlySpan<float> angles = Whole(row, block, room, ends);
            Vector512<float> angle = Vector512.Create(angles) + Vector512.Create(phases[(block * Block)..]);
            Elementary.SinCos(angle, out Vector512<float> sin, out Vector512<float> cos);
            (factor * cos).CopyTo(to);
            (factor * sin).CopyTo(to[Block..]);
            if (room < 2 * Block)
            {
                ends[..room].CopyTo(row[(block * 2 * Block)..]);
            }
        }
    }

    /// <summary>The block's 16 angles; those of a last block that is cut short are copied and zeros put behind them.</summary>
    private static ReadOnlySpan<float> Whole(Span<float> row, int block, int room, Span<float> copy)
    {
        int count = Math.Min(Block, room);
        if (count == Block)
        {
            return row.Slice(block * Block, Block);
        }

        copy.Clear();
        row.Slice(block * Block, count).CopyTo(copy);
        return copy[..Block];
    }
}
