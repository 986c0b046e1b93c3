using System.Numerics;

namespace SeedHead.Complexity;

/// <summary>Final size of the dictionary of the Lempel-Ziv-Welch code: it starts with the distinct symbols that occur and grows by one with every code but the last.</summary>
/// <remarks>Source: Welch, "A technique for high-performance data compression", Computer 17 (1984); the published code of "Neural Redshift".</remarks>
public sealed class LempelZivWelch : SequenceMeasure
{
    /// <summary>The measure on quantised values.</summary>
    /// <param name="levels">q.</param>
    /// <param name="traversal">The order of the values.</param>
    public LempelZivWelch(int levels = UsualLevels, Traversal traversal = Traversal.RowMajor)
        : base(levels, traversal)
    {
    }

    /// <inheritdoc/>
    public override string Meaning => $"size of the Lempel-Ziv-Welch dictionary, {Levels} levels";

    private protected override string Word => "lzw";

    /// <summary>The final size of the dictionary for a sequence of any integers.</summary>
    /// <param name="sequence">The sequence.</param>
    public static int DictionarySize(ReadOnlySpan<int> sequence) => Run(sequence).Size;

    /// <summary>
    /// The bits of the code: each code is written with as many bits as the dictionary of its moment needs, ⌈log₂ size⌉. A reader that knows the symbols
    /// and the length can undo it.
    /// </summary>
    /// <param name="sequence">The sequence.</param>
    public static long CodeBits(ReadOnlySpan<int> sequence) => Run(sequence).Bits;

    private protected override double Count(ReadOnlySpan<int> sequence) => DictionarySize(sequence);

    private static (int Size, long Bits) Run(ReadOnlySpan<int> sequence)
    {
        var known = new PhraseTable(2 * sequence.Length);
        int size = 0;
        foreach (int symbol in sequence)
        {
            if (known.Find(0, symbol) == 0)
            {
                known.Add(0, symbol, ++size);
            }
        }

        (int phrase, long bits) = (0, 0);
        foreach (int symbol in sequence)
        {
            int longer = known.Find(phrase, symbol);
            if (longer == 0)
            {
                bits += Width(size);
                known.Add(phrase, symbol, ++size);
                longer = known.Find(0, symbol);
            }

            phrase = longer;
        }

        return (size, bits + (sequence.Length > 0 ? Width(size) : 0));
    }

    private static int Width(int size) => size <= 1 ? 0 : BitOperations.Log2((uint)(size - 1)) + 1;
}
