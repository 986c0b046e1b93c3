using System.Globalization;

namespace SeedHead.Networks;

/// <summary>Reads the words of networks of tokens: tokens512x1024, embed128, pos, attn4, unembed.</summary>
internal static class TokenWords
{
    private const string Tokens = "tokens";
    private const string Embedding = "embed";
    private const string Attention = "attn";

    /// <summary>The words behind an input, for hints.</summary>
    public static string[] Names { get; } = [Embedding, "pos", Attention, "unembed"];

    /// <summary>The input of a word, or null for a word that does not begin with "tokens".</summary>
    /// <exception cref="FormatException">The numbers behind it are wrong.</exception>
    public static InputLayer? ReadInput(string word)
    {
        if (!word.StartsWith(Tokens, StringComparison.Ordinal))
        {
            return null;
        }

        string[] lengths = word[Tokens.Length..].Split('x');
        return lengths.Length == 2 && Number(lengths[0]) is { } vocabulary && Number(lengths[1]) is { } context
            ? new(new TokenShape(vocabulary, context))
            : throw new FormatException($"\"{word}\" is not understood: tokens are written tokens512x1024, the vocabulary and the longest sequence, both at least 1.");
    }

    /// <summary>The layer of a word, or null for a word that is not one of <see cref="Names"/>.</summary>
    /// <exception cref="FormatException">The number behind it is wrong.</exception>
    public static Layer? Read(string word) => word switch
    {
        "pos" => new PositionLayer(),
        "unembed" => new UnembeddingLayer(),
        _ when word.StartsWith(Embedding, StringComparison.Ordinal) => new EmbeddingLayer(Behind(word, Embedding, "an embedding is written embed128: the numbers of a token")),
        _ when word.StartsWith(Attention, StringComparison.Ordinal) => new AttentionLayer(Behind(word, Attention, "an attention is written attn4: its heads")),
        _ => null,
    };

    private static int Behind(string word, string name, string rule) =>
        Number(word[name.Length..]) ?? throw new FormatException($"\"{word}\" is not understood: {rule}.");

    private static int? Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 1 ? value : null;
}
