using System.Globalization;
using SeedHead.Compute;

namespace SeedHead.Cli.Options;

/// <summary>Lists of numbers on the command line: "0.1,1,10", or ends and a count.</summary>
internal static class Ranges
{
    private const int Most = 10_000;

    /// <summary>"from:to:count", evenly spaced on the logarithm, or a list.</summary>
    public static double[] Scales(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length == 1)
        {
            return [.. text.Split(',').Select(part => Positive(part, text))];
        }

        if (parts.Length != 3 || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 2 or > Most)
        {
            throw new FormatException($"'{text}' is not allowed. Give smallest:largest:count as in 0.1:100:15, or a list as in 0.1,1,10.");
        }

        double from = Positive(parts[0], text), to = Positive(parts[1], text);
        double step = (Elementary.Log(to) - Elementary.Log(from)) / (count - 1);
        return [.. Enumerable.Range(0, count).Select(i => i == 0 ? from : i == count - 1 ? to : Elementary.Exp(Elementary.Log(from) + (i * step)))];
    }

    /// <summary>"from:to", or a list, of whole numbers.</summary>
    public static int[] Depths(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length == 1)
        {
            return [.. text.Split(',').Select(part => Whole(part, text))];
        }

        int from = Whole(parts[0], text), to = Whole(parts[^1], text);
        return parts.Length == 2 && from <= to && to - from < Most ? [.. Enumerable.Range(from, to - from + 1)] : throw NoDepths(text);
    }

    private static double Positive(string part, string text) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{part}' in '{text}' is no scale. Give numbers above 0, such as 0.1:100:15 or 0.1,1,10.");

    private static int Whole(string part, string text) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value : throw NoDepths(text);

    private static FormatException NoDepths(string text) => new($"'{text}' is not allowed. Give first:last as in 1:7, or a list as in 1,3,5, of whole numbers above 0.");
}
