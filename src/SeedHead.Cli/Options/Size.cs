using System.Globalization;

namespace SeedHead.Cli.Options;

/// <summary>Byte counts as users write them: 2GiB, 500MB, 1024.</summary>
internal static class Size
{
    private static readonly (string Unit, double Bytes)[] Units =
    [
        ("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024.0 * 1024 * 1024), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1),
    ];

    public static long Parse(string text)
    {
        foreach ((string unit, double bytes) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                return Parse(text, text[..^unit.Length].TrimEnd(), bytes);
            }
        }

        return Parse(text, text, 1);
    }

    public static string Text(long bytes) => bytes switch
    {
        >= 1_000_000_000 => $"{bytes / 1e9:0.00} GB",
        >= 1_000_000 => $"{bytes / 1e6:0} MB",
        _ => $"{bytes / 1e3:0} kB",
    };

    private static long Parse(string text, string number, double unit)
    {
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !(value > 0) || value * unit >= long.MaxValue)
        {
            throw new FormatException($"'{text}' is not a size. Write a number with B, KB, MB, GB, KiB, MiB or GiB, e.g. 2GiB.");
        }

        return (long)(value * unit);
    }
}
