using System.Numerics;

namespace SeedHead.Complexity;

/// <summary>Phrases as (a shorter phrase, one symbol more) → number, all numbers above 0: open addressing, never more than half full.</summary>
internal readonly struct PhraseTable
{
    private readonly (ulong Key, int Phrase)[] places;
    private readonly int shift;

    /// <param name="most">The most phrases that will be added.</param>
    public PhraseTable(int most)
    {
        int bits = BitOperations.Log2((uint)Math.Max(most, 8)) + 2;
        (places, shift) = (new (ulong, int)[1 << bits], 64 - bits);
    }

    /// <summary>The number of the phrase, or 0.</summary>
    public int Find(int shorter, int symbol)
    {
        ulong key = Key(shorter, symbol);
        for (int place = First(key); ; place = (place + 1) & (places.Length - 1))
        {
            (ulong found, int phrase) = places[place];
            if (phrase == 0 || found == key)
            {
                return phrase;
            }
        }
    }

    /// <summary>Adds a phrase that is not there yet.</summary>
    public void Add(int shorter, int symbol, int phrase)
    {
        ulong key = Key(shorter, symbol);
        int place = First(key);
        while (places[place].Phrase != 0)
        {
            place = (place + 1) & (places.Length - 1);
        }

        places[place] = (key, phrase);
    }

    private static ulong Key(int shorter, int symbol) => (ulong)(uint)shorter << 32 | (uint)symbol;

    private int First(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> shift);
}
