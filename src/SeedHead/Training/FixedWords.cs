namespace SeedHead.Training;

/// <summary>The words for what fixed numbers are: random, zero, signed-constant.</summary>
internal static class FixedWords
{
    /// <summary>All of them.</summary>
    public static string[] All { get; } = [.. Enum.GetValues<FixedNumbers>().Select(Text)];

    /// <summary>The word.</summary>
    public static string Text(this FixedNumbers numbers) =>
        string.Concat(numbers.ToString().Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary>Reads a word.</summary>
    /// <exception cref="FormatException">Not one of <see cref="All"/>.</exception>
    public static FixedNumbers Parse(string text) => Array.IndexOf(All, text) is >= 0 and var i
        ? Enum.GetValues<FixedNumbers>()[i]
        : throw new FormatException($"'{text}' is not one of {string.Join(", ", All)}.");
}
