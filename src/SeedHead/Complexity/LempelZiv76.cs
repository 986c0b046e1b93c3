namespace SeedHead.Complexity;

/// <summary>Phrases of the Lempel-Ziv parsing of 1976: each is the shortest piece that does not begin anywhere earlier. The last may be unfinished and is counted.</summary>
/// <remarks>
/// <para>Source: Lempel &amp; Ziv, IEEE Trans. Inform. Theory 22 (1976); Kaspar &amp; Schuster, Phys. Rev. A 36 (1987) count the same phrases, in L² steps. Here a suffix
/// automaton whose states know where they end first finds them in about L steps.</para>
/// <para>With <c>scaled</c> it is log₂ L·(c(s) + c(reverse s))/2 of Dingle, Camargo &amp; Louis, Nature Communications 9 (2018).</para>
/// </remarks>
public sealed class LempelZiv76 : SequenceMeasure
{
    private readonly bool scaled;

    /// <summary>The measure on quantised values.</summary>
    /// <param name="levels">q.</param>
    /// <param name="traversal">The order of the values.</param>
    /// <param name="scaled">Whether both directions are averaged and multiplied by log₂ L.</param>
    public LempelZiv76(int levels = UsualLevels, Traversal traversal = Traversal.RowMajor, bool scaled = false)
        : base(levels, traversal) => this.scaled = scaled;

    /// <inheritdoc/>
    public override string Meaning => scaled
        ? $"Lempel-Ziv phrases of 1976 of both directions, times log2 of the length, {Levels} levels"
        : $"phrases of the Lempel-Ziv parsing of 1976, {Levels} levels";

    private protected override string Word => scaled ? "lz76-scaled" : "lz76";

    /// <summary>The number of phrases of a sequence of any integers.</summary>
    /// <param name="sequence">The sequence.</param>
    public static int Phrases(ReadOnlySpan<int> sequence)
    {
        var automaton = new SuffixAutomaton(sequence);
        (int state, int count) = (0, 0);
        for (int i = 0; i < sequence.Length; i++)
        {
            state = automaton.Next(state, sequence[i]);
            if (automaton.FirstEnd(state) == i)
            {
                (state, count) = (0, count + 1); // what was read since the last phrase ends here for the first time
            }
        }

        return count + (state == 0 ? 0 : 1);
    }

    /// <summary>log₂ L·(c(s) + c(reverse s))/2.</summary>
    /// <param name="sequence">At least one symbol.</param>
    public static double Scaled(ReadOnlySpan<int> sequence)
    {
        int[] reverse = sequence.ToArray();
        Array.Reverse(reverse);
        double bits = Compute.Elementary.Log(sequence.Length) / Compute.Elementary.Log(2);
        return bits * (Phrases(sequence) + Phrases(reverse)) / 2;
    }

    private protected override double Count(ReadOnlySpan<int> sequence) => scaled ? Scaled(sequence) : Phrases(sequence);
}
