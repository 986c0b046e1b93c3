namespace SeedHead.Tests.Reference;

/// <summary>Lempel-Ziv parsings as their definitions say.</summary>
internal static class LempelZivReference
{
    public static int Phrases76(int[] sequence)
    {
        int count = 0;
        for (int start = 0; start < sequence.Length; count++)
        {
            int length = 1;
            while (start + length <= sequence.Length && BeginsEarlier(sequence, start, length))
            {
                length++;
            }

            start += length;
        }

        return count;
    }

    /// <summary>The codes as numbers of dictionary entries, and their bits.</summary>
    public static (List<int> Codes, long Bits) Encode(int[] sequence)
    {
        var known = new List<int[]>(sequence.Distinct().Select(symbol => new[] { symbol }));
        (List<int> codes, long bits, int at) = ([], 0, 0);
        while (at < sequence.Length)
        {
            int longest = Enumerable.Range(0, known.Count).Where(i => sequence.AsSpan(at).StartsWith(known[i])).MaxBy(i => known[i].Length);
            codes.Add(longest);
            bits += Enumerable.Range(0, 31).First(width => 1L << width >= known.Count);
            at += known[longest].Length;
            if (at < sequence.Length)
            {
                known.Add([.. known[longest], sequence[at]]);
            }
        }

        return (codes, bits);
    }

    public static List<int> Decode(List<int> codes, int[] symbols)
    {
        var known = new List<int[]>(symbols.Select(symbol => new[] { symbol }));
        var sequence = new List<int>();
        int[] before = [];
        foreach (int code in codes)
        {
            int first = code < known.Count ? known[code][0] : before[0]; // a code may name the entry that it completes
            if (before.Length > 0)
            {
                known.Add([.. before, first]);
            }

            before = known[code];
            sequence.AddRange(before);
        }

        return sequence;
    }

    private static bool BeginsEarlier(int[] sequence, int start, int length) =>
        Enumerable.Range(0, start).Any(from => sequence.AsSpan(from, length).SequenceEqual(sequence.AsSpan(start, length)));
}
