using System.Buffers;
using System.Text.Unicode;

namespace SeedHead.Data;

/// <summary>Collects one column of a text table, as numbers while it can, as categories from the first row when that is a text or when told to.</summary>
internal sealed class ColumnBuilder(string name, bool category)
{
    private const double TypoShare = 0.95;
    private const int TypoRows = 100;
    private readonly Dictionary<string, int> levels = new(StringComparer.Ordinal);
    private double[] numbers = category ? [] : new double[256];
    private int[] codes = category ? new int[256] : [];
    private readonly bool forced = category;
    private bool asCategory = category;
    private int count;
    private int numberCount;
    private Oddity comma;
    private Oddity infinite;
    private Oddity text;

    public string Name => name;

    /// <summary>Whether what is no number came after numbers: the rows must be read again, as categories.</summary>
    public bool NeedsSecondPass => !asCategory && comma.Count + infinite.Count + text.Count > 0;

    public void Add(ReadOnlySpan<byte> field, int line)
    {
        FieldKind kind = NumberText.Classify(field, out double value);
        switch (kind)
        {
            case FieldKind.Number:
                numberCount++;
                break;
            case FieldKind.DecimalComma:
                comma.See(field, line);
                break;
            case FieldKind.Infinite:
                infinite.See(field, line);
                break;
            case FieldKind.Text:
                text.See(field, line);
                break;
            default:
                break;
        }

        if (!asCategory && kind == FieldKind.Text && numberCount + comma.Count + infinite.Count == 0 && text.Count == 1)
        {
            BecomeCategory();
        }

        if (asCategory)
        {
            AddCode(kind == FieldKind.Missing ? -1 : Code(field));
        }
        else
        {
            AddNumber(value);
        }
    }

    /// <summary>Throws when the column is one of numbers with a slip in it.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="anyText">Whether texts among numbers are meant.</param>
    public void Check(string file, bool anyText)
    {
        int present = numberCount + comma.Count + infinite.Count + text.Count;
        bool almostNumbers = text.Count == 0 || (present > TypoRows && text.Count <= (1 - TypoShare) * present);
        if (forced || anyText || !almostNumbers)
        {
            return;
        }

        if (comma.Count > 0)
        {
            throw new DataException($"{file} line {comma.Line}, column '{name}': '{comma.Value}' is a number with a comma. " +
                $"Write numbers with a point and nothing between thousands (3.5, 1234.5), or read the column as texts with --category \"{name}\".");
        }

        if (infinite.Count > 0)
        {
            throw new DataException($"{file} line {infinite.Line}, column '{name}': '{infinite.Value}' is not a finite number. " +
                "Give a finite number, or leave the field empty where the value is missing.");
        }

        if (text.Count > 0)
        {
            throw new DataException($"{file} line {text.Line}, column '{name}': '{text.Value}' is a text in a column of numbers ({numberCount} of {present} values). " +
                $"Correct it, leave it empty where the value is missing, or read the column as texts with --category \"{name}\".");
        }
    }

    public Column Build()
    {
        if (!asCategory)
        {
            return new NumberColumn(name, numbers[..count]);
        }

        string[] sorted = [.. levels.Keys];
        Array.Sort(sorted, StringComparer.Ordinal);
        var rank = new int[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            rank[levels[sorted[i]]] = i;
        }

        int[] ranked = codes[..count];
        for (int i = 0; i < ranked.Length; i++)
        {
            ranked[i] = ranked[i] < 0 ? -1 : rank[ranked[i]];
        }

        return new CategoryColumn(name, ranked, sorted);
    }

    private void BecomeCategory()
    {
        asCategory = true; // all rows before were missing
        codes = new int[numbers.Length];
        Array.Fill(codes, -1);
        numbers = [];
    }

    private int Code(ReadOnlySpan<byte> field)
    {
        Span<char> chars = stackalloc char[128];
        if (field.Length <= chars.Length
            && Utf8.ToUtf16(field, chars, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = levels.GetAlternateLookup<ReadOnlySpan<char>>();
            ReadOnlySpan<char> key = chars[..written];
            if (!lookup.TryGetValue(key, out int known))
            {
                known = levels.Count;
                lookup[key] = known;
            }

            return known;
        }

        string level = NumberText.Decode(field);
        if (!levels.TryGetValue(level, out int code))
        {
            code = levels.Count;
            levels.Add(level, code);
        }

        return code;
    }

    private void AddCode(int code)
    {
        if (count == codes.Length)
        {
            Array.Resize(ref codes, 2 * count);
        }

        codes[count++] = code;
    }

    private void AddNumber(double value)
    {
        if (count == numbers.Length)
        {
            Array.Resize(ref numbers, 2 * count);
        }

        numbers[count++] = value;
    }

    /// <summary>How often something odd came, and where first.</summary>
    private struct Oddity
    {
        public int Count;
        public int Line;
        public string Value;

        public void See(ReadOnlySpan<byte> field, int line)
        {
            if (Count++ == 0)
            {
                string whole = NumberText.Decode(field);
                (Line, Value) = (line, whole.Length <= 60 ? whole : whole[..60] + "…");
            }
        }
    }
}
