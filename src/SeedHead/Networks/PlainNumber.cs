using System.Globalization;

namespace SeedHead.Networks;

/// <summary>Positive numbers in text forms, where "-" separates parts: digits and a point, never an exponent.</summary>
internal static class PlainNumber
{
    /// <summary>The shortest digits that give the same number back, without an exponent.</summary>
    public static string Format(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E', StringComparison.Ordinal);
        if (e < 0)
        {
            return text;
        }

        int exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = text[..e].Replace(".", "", StringComparison.Ordinal);
        return exponent < 0
            ? "0." + new string('0', -exponent - 1) + digits
            : digits.PadRight(exponent + 1, '0'); // "R" has an exponent only from 1E+15 on, past the last digit but one
    }

    /// <summary>Reads digits with at most one point inside; anything else is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        return text.Length > 0 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1])
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }
}
