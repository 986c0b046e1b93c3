using SeedHead.Complexity;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>What the complexity of sequences lies between.</summary>
internal static class TransformerBounds
{
    private const int Draws = 100;

    /// <summary>Of equal tokens: ⌊(√(8L + 1) − 1)/2⌋/L.</summary>
    public static double Constant(int length) => TokenSequences.Complexity(new int[length]).Value;

    /// <summary>Mean over sequences of independent tokens, evenly distributed.</summary>
    public static double Random(int length, int vocabulary, ulong seed) => Enumerable.Range(0, Draws).Average(i =>
        TokenSequences.Complexity([.. Enumerable.Range(0, length).Select(t => (int)((ulong)new WeightStream(seed).Word(new(i, 1, 0, t, WeightKind.Prompt)) * (ulong)vocabulary >> 32))]).Value);
}
