using System.Globalization;

namespace SeedHead.Report.Markup;

/// <summary>Numbers as a reader wants them, invariant: "1,797", "98.27 %", "3.2·10⁻⁴", "2 min 05 s", "171 MB". What is not finite becomes "n/a".</summary>
internal static class Words
{
    /// <summary>Stands for a number that is not there or not finite.</summary>
    public const string None = "n/a";

    private const string Space = "\u00a0"; // keeps number and unit on one line

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double? share, int decimals = 2) =>
        share is { } value && double.IsFinite(value) ? $"{Fixed(100 * value, decimals)}{Space}%" : None;

    /// <summary>A fixed number of decimals, with the minus sign of typography.</summary>
    public static string Fixed(double value, int decimals)
    {
        if (!double.IsFinite(value))
        {
            return None;
        }

        string text = Math.Abs(value).ToString($"N{decimals}", CultureInfo.InvariantCulture);
        bool zero = text.AsSpan().IndexOfAnyInRange('1', '9') < 0;
        return value < 0 && !zero ? $"−{text}" : text;
    }

    /// <summary>Some significant digits, in powers of ten where a plain number would be long.</summary>
    public static string General(double? number, int digits = 4)
    {
        if (number is not { } value || !double.IsFinite(value))
        {
            return None;
        }

        if (value == 0)
        {
            return "0";
        }

        int exponent = Exponent(value, digits);
        return exponent is >= -4 and < 7 ? Fixed(value, Math.Clamp(digits - 1 - exponent, 0, 12)) : Scientific(value, digits);
    }

    /// <summary>Some significant digits without the zeros at the end: for numbers that were chosen, not measured.</summary>
    public static string Trimmed(double value, int digits = 4)
    {
        string text = General(value, digits);
        bool isDecimal = text.Contains('.', StringComparison.Ordinal) && !text.Contains('·', StringComparison.Ordinal);
        return isDecimal ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>"3.16·10⁻⁴"; a power of ten alone has no factor.</summary>
    public static string Scientific(double value, int digits)
    {
        string[] parts = Math.Abs(value).ToString($"E{digits - 1}", CultureInfo.InvariantCulture).Split('E');
        string factor = parts[0].Contains('.', StringComparison.Ordinal) ? parts[0].TrimEnd('0').TrimEnd('.') : parts[0];
        string power = $"10{Superscript(int.Parse(parts[1], CultureInfo.InvariantCulture))}";
        return (value < 0 ? "−" : "") + (factor == "1" ? power : $"{factor}·{power}");
    }

    /// <summary>Decimal exponent of a value once rounded to some digits: 1 for 12.3, −3 for 0.004.</summary>
    public static int Exponent(double value, int digits = 15) =>
        int.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture).Split('E')[1], CultureInfo.InvariantCulture);

    /// <summary>factor · 10^exponent, correctly rounded.</summary>
    public static double Power(int exponent, int factor = 1) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{factor}e{exponent}"), CultureInfo.InvariantCulture);

    public static string Duration(double seconds) => seconds switch
    {
        not (>= 0 and < 1e12) => None,
        0 => $"0{Space}s",
        < 0.0995 => $"{General(1000 * seconds, 2)}{Space}ms",
        < 99.95 => $"{General(seconds, 3)}{Space}s",
        < 3600 => $"{(int)(seconds / 60)}{Space}min{Space}{(int)(seconds % 60):00}{Space}s",
        _ => $"{Count((long)(seconds / 3600))}{Space}h{Space}{(int)(seconds % 3600 / 60):00}{Space}min",
    };

    public static string Bytes(long bytes) => bytes switch
    {
        <= 0 => None,
        < 1_000_000 => $"{General(bytes / 1e3, 3)}{Space}kB",
        < 1_000_000_000 => $"{General(bytes / 1e6, 3)}{Space}MB",
        _ => $"{General(bytes / 1e9, 3)}{Space}GB",
    };

    /// <summary>At most so many characters, the rest an ellipsis; no character is cut in two.</summary>
    public static string Shorten(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        int end = most - 1;
        return $"{text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)}…";
    }

    public static string Superscript(int number)
    {
        Span<char> digits = stackalloc char[12];
        number.TryFormat(digits, out int length, provider: CultureInfo.InvariantCulture);
        for (int i = 0; i < length; i++)
        {
            digits[i] = digits[i] == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digits[i] - '0'];
        }

        return digits[..length].ToString();
    }
}
