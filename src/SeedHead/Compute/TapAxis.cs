namespace SeedHead.Compute;

/// <summary>
/// One axis of windows that slide over a source: tap t at position m meets the source at m·Step + First + t, unless that is outside of
/// [0, Length).
/// </summary>
internal readonly record struct TapAxis(int Positions, int Taps, int Step, int First, int Length)
{
    /// <summary>The taps that meet the source at a position; From = To where there is none.</summary>
    public (int From, int To) TapsAt(int position)
    {
        long start = (long)position * Step + First;
        int from = (int)Math.Clamp(-start, 0, Taps);
        return (from, (int)Math.Clamp(Length - start, from, Taps));
    }

    /// <summary>The positions at which a tap meets the source.</summary>
    public (int From, int To) PositionsOf(int tap)
    {
        long offset = (long)First + tap;
        int from = (int)Math.Clamp(CeilingOfQuotient(-offset, Step), 0, Positions);
        return (from, (int)Math.Clamp(CeilingOfQuotient(Length - offset, Step), from, Positions));
    }

    /// <summary>The positions cut into stretches over which the same taps meet the source, in order.</summary>
    public List<Stretch> Stretches()
    {
        var stretches = new List<Stretch>();
        for (int position = 0; position < Positions; position++)
        {
            (int from, int to) = TapsAt(position);
            if (stretches.Count > 0 && stretches[^1] is var last && last.TapFrom == from && last.TapTo == to)
            {
                stretches[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                stretches.Add(new(position, 1, from, to));
            }
        }

        return stretches;
    }

    private static long CeilingOfQuotient(long dividend, long divisor) =>
        dividend > 0 ? (dividend + divisor - 1) / divisor : -(-dividend / divisor);

    internal readonly record struct Stretch(int First, int Count, int TapFrom, int TapTo);
}
