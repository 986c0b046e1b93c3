using System.Globalization;
using SeedHead.Data;

namespace SeedHead.Explorer.Work;

/// <summary>What a client asked for, as names and values. Each name is given at most once and must be used; a value out of range is refused with a sentence.</summary>
internal sealed class Asked(IEnumerable<KeyValuePair<string, string?[]>> values)
{
    private const int LongestValue = 40;

    private readonly Dictionary<string, string> given = Once(values);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Whole(string name, int least, int most, int usual) => Take(name) is not { } text ? usual
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? value
        : throw new RefusedException($"{name} is '{text}'. Give a whole number from {least} to {most}.");

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public double Number(string name, double least, double most, double usual) => Take(name) is not { } text ? usual
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most ? value
        : throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'. Give a number from {least} to {most}."));

    /// <summary>0 or 1; 0 where nothing is said.</summary>
    public bool Flag(string name) => Whole(name, 0, 1, 0) == 1;

    /// <summary>One of some words.</summary>
    public string OneOf(string name, IReadOnlyList<string> words, string usual) => Take(name) is not { } text ? usual
        : words.Contains(text) ? text
        : throw new RefusedException($"{name} is '{text}'. {(Nearest.Find(text, words) is { } near ? $"Did you mean {near}? " : "")}There are {string.Join(", ", words)}.");

    /// <summary>A seed.</summary>
    public ulong Seed(string name, ulong usual) => Take(name) is not { } text ? usual
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value
        : throw new RefusedException($"{name} is '{text}'. Give a whole number from 0 to {ulong.MaxValue}.");

    /// <summary>Refuses names that nobody has looked for.</summary>
    public void RequireNoMore()
    {
        if (given.Keys.FirstOrDefault(name => !known.Contains(name)) is { } stray)
        {
            throw new RefusedException($"Nothing here is called '{stray}'. There are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }
    }

    private string? Take(string name)
    {
        known.Add(name);
        return given.GetValueOrDefault(name);
    }

    private static Dictionary<string, string> Once(IEnumerable<KeyValuePair<string, string?[]>> values)
    {
        var once = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string?[] texts) in values)
        {
            if (texts is not [{ } text])
            {
                throw new RefusedException($"'{Short(name)}' is given {texts.Length} times. Give each name once.");
            }

            once[Short(name)] = Short(text);
        }

        return once;
    }

    private static string Short(string text) => text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
}

/// <summary>A request that is answered with 400 and this sentence.</summary>
internal sealed class RefusedException(string message) : Exception(message);
