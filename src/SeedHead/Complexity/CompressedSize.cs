namespace SeedHead.Complexity;

/// <summary>Bits per value of the quantised values in Lempel-Ziv-Welch code of growing width (<see cref="LempelZivWelch.CodeBits"/>).</summary>
/// <remarks>An own code, because the sizes that the framework's deflate and Brotli give change with their versions.</remarks>
public sealed class CompressedSize : SequenceMeasure
{
    /// <summary>The measure on quantised values.</summary>
    /// <param name="levels">q.</param>
    /// <param name="traversal">The order of the values.</param>
    public CompressedSize(int levels = UsualLevels, Traversal traversal = Traversal.RowMajor)
        : base(levels, traversal)
    {
    }

    /// <inheritdoc/>
    public override string Meaning => $"bits per value after Lempel-Ziv-Welch compression, {Levels} levels";

    private protected override string Word => "compressed";

    private protected override double Count(ReadOnlySpan<int> sequence) => (double)LempelZivWelch.CodeBits(sequence) / sequence.Length;
}
