namespace SeedHead.Complexity;

/// <summary>Distinct phrases of the Lempel-Ziv parsing of 1978: each phrase is the longest known one and one symbol more. An unfinished last one is not counted.</summary>
/// <remarks>Source: Ziv &amp; Lempel, IEEE Trans. Inform. Theory 24 (1978); the published code of "Neural Redshift". A constant sequence of length L has ⌊(√(8L + 1) − 1)/2⌋.</remarks>
public sealed class LempelZiv78 : SequenceMeasure
{
    /// <summary>The measure on quantised values.</summary>
    /// <param name="levels">q.</param>
    /// <param name="traversal">The order of the values.</param>
    public LempelZiv78(int levels = UsualLevels, Traversal traversal = Traversal.RowMajor)
        : base(levels, traversal)
    {
    }

    /// <inheritdoc/>
    public override string Meaning => $"distinct phrases of the Lempel-Ziv parsing of 1978, {Levels} levels";

    private protected override string Word => "lz78";

    /// <summary>The number of phrases of a sequence of any integers.</summary>
    /// <param name="sequence">The sequence.</param>
    public static int Phrases(ReadOnlySpan<int> sequence)
    {
        var known = new PhraseTable(sequence.Length);
        int phrase = 0, count = 0;
        foreach (int symbol in sequence)
        {
            int longer = known.Find(phrase, symbol);
            if (longer == 0)
            {
                known.Add(phrase, symbol, ++count);
            }

            phrase = longer;
        }

        return count;
    }

    private protected override double Count(ReadOnlySpan<int> sequence) => Phrases(sequence);
}
