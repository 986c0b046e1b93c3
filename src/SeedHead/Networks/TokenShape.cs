using System.Globalization;

namespace SeedHead.Networks;

/// <summary>What a network of tokens reads: numbers 0 to V − 1, at most T of them in a row. Text form "tokens50257x1024".</summary>
/// <param name="Vocabulary">V, the number of different tokens.</param>
/// <param name="Context">T, the longest sequence that can be read.</param>
public readonly record struct TokenShape(int Vocabulary, int Context)
{
    /// <summary>The text form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"tokens{Vocabulary}x{Context}");
}
