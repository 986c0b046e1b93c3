using System.Security.Cryptography;

namespace SeedHead.Data;

/// <summary>A text table as read, before a column of it becomes the target.</summary>
/// <param name="Columns">All columns, in file order.</param>
/// <param name="Sha256">Hash of the decoded bytes.</param>
/// <param name="Notes">Remarks for the user.</param>
internal sealed record DelimitedTable(IReadOnlyList<Column> Columns, string Sha256, IReadOnlyList<string> Notes)
{
    private const int RowsBetweenCancellationChecks = 4096;

    /// <summary>Reads CSV or TSV text; a second time where texts came after numbers in a column of categories.</summary>
    /// <param name="source">The text.</param>
    /// <param name="separator">The separator when known, else null.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="DataException">Empty, ragged, not text, or a slip in a column of numbers.</exception>
    public static DelimitedTable Read(ByteSource source, byte? separator, DataOptions options)
    {
        Dialect dialect = Dialect.Detect(source, separator, options);
        var notes = new List<string>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ColumnBuilder[] columns = ReadColumns(source, dialect, options, hash, _ => false, notes);
        int target = TargetColumn.Find([.. columns.Select(c => c.Name)], source.Name, options);
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i].Check(source.Name, i == target && options.Task == LearningTask.Classification);
        }

        if (columns.Any(column => column.NeedsSecondPass))
        {
            ColumnBuilder[] first = columns;
            columns = ReadColumns(source, dialect, options, null, i => first[i].NeedsSecondPass, []);
        }

        return new DelimitedTable([.. columns.Select(column => column.Build())], Convert.ToHexStringLower(hash.GetCurrentHash()), notes);
    }

    private static ColumnBuilder[] ReadColumns(
        ByteSource source, Dialect dialect, DataOptions options, IncrementalHash? hash, Func<int, bool> forced, List<string> notes)
    {
        using var scanner = new DelimitedScanner(source.Open(hash), source.Name, dialect.Separator);
        if (!scanner.Read())
        {
            throw new DataException($"{source.Name}: the file is empty. Give rows of values separated by commas, semicolons or tabs.");
        }

        int firstLine = scanner.Line;
        string[] names = dialect.Header ? HeaderNames(scanner, notes) : [.. Enumerable.Range(1, scanner.FieldCount).Select(i => $"column {i}")];
        CheckForced(names, options, source.Name);
        var columns = new ColumnBuilder[names.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = new ColumnBuilder(names[i], forced(i) || options.ForceCategory.Contains(names[i]) || options.ExpectCategory.Contains(names[i]));
        }

        long rows = 0;
        for (bool more = !dialect.Header || scanner.Read(); more; more = scanner.Read())
        {
            AddRow(scanner, columns, source.Name, firstLine, dialect);
            if (++rows % RowsBetweenCancellationChecks == 0)
            {
                options.Cancellation.ThrowIfCancellationRequested();
            }
        }

        return rows > 0 ? columns : throw new DataException($"{source.Name}: there is only a header line, no rows.");
    }

    private static void AddRow(DelimitedScanner scanner, ColumnBuilder[] columns, string file, int firstLine, Dialect dialect)
    {
        if (scanner.FieldCount != columns.Length)
        {
            string separator = dialect.Separator == '\t' ? "tab" : $"'{(char)dialect.Separator}'";
            string hint = dialect.Separator == ',' && scanner.FieldCount > columns.Length
                ? " Texts and numbers that hold a comma need quotes, and numbers need a point for decimals."
                : " Every line needs the same number of fields; leave a field empty where its value is missing.";
            throw new DataException(
                $"{file} line {scanner.Line}: {scanner.FieldCount} fields separated by {separator}, but line {firstLine} has {columns.Length}.{hint}");
        }

        for (int i = 0; i < columns.Length; i++)
        {
            columns[i].Add(scanner[i], scanner.Line);
        }
    }

    private static string[] HeaderNames(DelimitedScanner scanner, List<string> notes)
    {
        var names = new string[scanner.FieldCount];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            string given = NumberText.Decode(scanner[i]).Trim();
            string name = given.Length > 0 ? given : $"column {i + 1}";
            for (int copy = 2; !taken.Add(name); copy++)
            {
                name = $"{given} ({copy})";
            }

            if (given.Length > 0 && name != given)
            {
                notes.Add($"two columns are called '{given}': the later one is read as '{name}'");
            }

            names[i] = name;
        }

        return names;
    }

    private static void CheckForced(string[] names, DataOptions options, string file)
    {
        foreach (string forced in options.ForceCategory)
        {
            if (!names.Contains(forced))
            {
                throw new DataException($"{file}: there is no column '{forced}' to read as categories. {Nearest.Hint(forced, names, "columns")}");
            }
        }
    }
}
