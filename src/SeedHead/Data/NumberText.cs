using System.Globalization;
using System.Text;

namespace SeedHead.Data;

/// <summary>What a field of a text table is.</summary>
internal enum FieldKind
{
    Missing,
    Number,
    DecimalComma,
    Infinite,
    Text,
}

/// <summary>Reads the fields of text tables: numbers, missing values, texts. Culture is invariant.</summary>
internal static class NumberText
{
    private const int MaximumExactDigits = 15;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Tells what the field is; <paramref name="value"/> is its number, or NaN.</summary>
    public static FieldKind Classify(ReadOnlySpan<byte> field, out double value)
    {
        if (TryParseShort(field, out value))
        {
            return FieldKind.Number;
        }

        field = field.Trim((byte)' '); // quotes keep spaces
        value = double.NaN;
        if (IsMissing(field))
        {
            return FieldKind.Missing;
        }

        if (!MayBeNumber(field))
        {
            return FieldKind.Text;
        }

        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed))
        {
            value = double.IsFinite(parsed) ? parsed : double.NaN;
            return double.IsFinite(parsed) ? FieldKind.Number : FieldKind.Infinite;
        }

        return IsDecimalComma(field) ? FieldKind.DecimalComma : IsInfinity(field) ? FieldKind.Infinite : FieldKind.Text;
    }

    /// <summary>The shortest text that gives the number back, as class and level names are written.</summary>
    public static string Write(double value) => (value == 0 ? 0.0 : value).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A field's text: UTF-8, or Latin-1 where the bytes are not UTF-8.</summary>
    public static string Decode(ReadOnlySpan<byte> field) =>
        (System.Text.Unicode.Utf8.IsValid(field) ? Encoding.UTF8 : Encoding.Latin1).GetString(field);

    /// <summary>Empty, ?, NA, N/A, NaN and null, in any case.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> field) => field.Length switch
    {
        0 => true,
        1 => field[0] == '?',
        2 => Ascii.EqualsIgnoreCase(field, "na"u8),
        3 => Ascii.EqualsIgnoreCase(field, "nan"u8) || Ascii.EqualsIgnoreCase(field, "n/a"u8),
        4 => Ascii.EqualsIgnoreCase(field, "null"u8),
        _ => false,
    };

    /// <summary>[sign] digits [. digits], at most 15 of them: mantissa and power of ten are exact, so the one division rounds correctly.</summary>
    private static bool TryParseShort(ReadOnlySpan<byte> field, out double value)
    {
        value = 0;
        int i = field.Length > 0 && (field[0] == '-' || field[0] == '+') ? 1 : 0;
        if (field.Length - i is 0 or > MaximumExactDigits + 1)
        {
            return false;
        }

        long mantissa = 0;
        int digits = 0;
        int point = -1;
        for (; i < field.Length; i++)
        {
            int digit = field[i] - '0';
            if ((uint)digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                digits++;
            }
            else if (field[i] == '.' && point < 0)
            {
                point = digits;
            }
            else
            {
                return false;
            }
        }

        if (digits is 0 or > MaximumExactDigits)
        {
            return false;
        }

        value = point < 0 ? mantissa : mantissa / PowersOfTen[digits - point];
        value = field[0] == '-' ? -value : value;
        return true;
    }

    private static bool MayBeNumber(ReadOnlySpan<byte> field)
    {
        byte first = field[0];
        return first is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.' or (byte)',' or (byte)'i' or (byte)'I';
    }

    /// <summary>Digits with one or more commas among them, as in 3,5 or 1.234,5 or 1,234.</summary>
    private static bool IsDecimalComma(ReadOnlySpan<byte> field)
    {
        bool comma = false;
        bool digit = false;
        int i = field[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        for (; i < field.Length; i++)
        {
            byte value = field[i];
            comma |= value == ',';
            digit |= IsDigit(value);
            if (!IsDigit(value) && value != ',' && value != '.')
            {
                return false;
            }
        }

        return comma && digit;
    }

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';

    private static bool IsInfinity(ReadOnlySpan<byte> field)
    {
        ReadOnlySpan<byte> rest = field[0] is (byte)'-' or (byte)'+' ? field[1..] : field;
        return Ascii.EqualsIgnoreCase(rest, "inf"u8) || Ascii.EqualsIgnoreCase(rest, "infinity"u8);
    }
}
