namespace SeedHead.Data;

/// <summary>How a text table is written: what separates its fields, and whether its first line names the columns.</summary>
internal readonly record struct Dialect(byte Separator, bool Header)
{
    private const int SampleBytes = 1 << 16;
    private const int SampleRows = 50;

    /// <summary>Looks at the first rows.</summary>
    /// <param name="source">The text.</param>
    /// <param name="separator">The separator when known (a .tsv file), else null.</param>
    /// <param name="options">Tells whether there is a header, and which columns to expect, when known.</param>
    public static Dialect Detect(ByteSource source, byte? separator, DataOptions options)
    {
        byte[] start = source.ReadStart(SampleBytes);
        byte chosen = separator ?? BestSeparator(start, source.Name);
        List<string[]> rows = Sample(start, source.Name, chosen);
        bool expected = rows.Count > 0 && rows[0].Any(options.ExpectColumns.Contains);
        return new Dialect(chosen, options.Header ?? (expected || HasHeader(rows)));
    }

    /// <summary>
    /// Of tab, semicolon and comma the one that cuts every sampled row into the same number of fields, the most of them; failing that, the one that
    /// cuts the first row most. Where a cut yields numbers with a decimal comma, the comma is no separator.
    /// </summary>
    private static byte BestSeparator(byte[] start, string name)
    {
        ReadOnlySpan<byte> candidates = "\t;,"u8;
        (bool Regular, int Fields) most = (false, 1);
        byte best = (byte)',';
        foreach (byte candidate in candidates)
        {
            List<string[]> rows = Sample(start, name, candidate);
            int fields = rows.Count > 0 ? rows[0].Length : 0;
            bool regular = fields > 1 && rows.TrueForAll(row => row.Length == fields);
            if (regular && candidate != ',' && rows.Exists(row => Array.Exists(row, field => KindOf(field) == FieldKind.DecimalComma)))
            {
                return candidate;
            }

            if ((regular, fields).CompareTo(most) > 0)
            {
                (best, most) = (candidate, (regular, fields));
            }
        }

        return best;
    }

    private static List<string[]> Sample(byte[] start, string name, byte separator)
    {
        var rows = new List<string[]>();
        using var scanner = new DelimitedScanner(new MemoryStream(start), name, separator);
        try
        {
            while (rows.Count < SampleRows && scanner.Read())
            {
                var row = new string[scanner.FieldCount];
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = NumberText.Decode(scanner[i]);
                }

                rows.Add(row);
            }
        }
        catch (DataException)
        {
            return rows; // a quote that wrong cutting leaves open; a real fault is met again, and told, when the rows are read
        }

        if (start.Length == SampleBytes && rows.Count is > 1 and < SampleRows)
        {
            rows.RemoveAt(rows.Count - 1); // may be cut short
        }

        return rows;
    }

    /// <summary>
    /// The first row names the columns when a text stands over a column of numbers and no number in it could be a measurement
    /// (numbers as names are whole and distinct), or when all is text and the first row's distinct texts never come again.
    /// </summary>
    private static bool HasHeader(List<string[]> rows)
    {
        if (rows.Count < 2)
        {
            return rows.Count == 1 && Array.TrueForAll(rows[0], field => KindOf(field) is FieldKind.Text or FieldKind.Missing);
        }

        string[] first = rows[0];
        bool numbersBelow = false;
        bool overNumbers = false;
        var named = new HashSet<string>();
        bool distinct = true;
        bool distinctNumbers = true;
        for (int column = 0; column < first.Length; column++)
        {
            FieldKind kind = KindOf(first[column]);
            FieldKind[] below = [.. rows.Skip(1).Where(row => column < row.Length).Select(row => KindOf(row[column])).Where(k => k != FieldKind.Missing)];
            bool numeric = below.Length > 0 && Array.TrueForAll(below, k => k is FieldKind.Number or FieldKind.DecimalComma or FieldKind.Infinite);
            numbersBelow |= numeric;
            overNumbers |= numeric && kind == FieldKind.Text;
            bool isNew = named.Add(first[column]);
            distinct &= isNew;
            distinctNumbers &= isNew || kind != FieldKind.Number;
            if (kind is FieldKind.DecimalComma or FieldKind.Infinite || (kind == FieldKind.Number && !first[column].All(char.IsAsciiDigit)))
            {
                return false;
            }
        }

        return overNumbers ? distinctNumbers : !numbersBelow && distinct && NeverAgain(rows);
    }

    private static bool NeverAgain(List<string[]> rows) =>
        !rows.Skip(1).Any(row => row.Where((field, column) => column < rows[0].Length && field == rows[0][column]).Any());

    private static FieldKind KindOf(string field) => NumberText.Classify(System.Text.Encoding.UTF8.GetBytes(field), out _);
}
