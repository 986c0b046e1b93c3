namespace SeedHead.Data;

/// <summary>Chooses the column to be predicted and reads it as classes or numbers.</summary>
internal static class TargetColumn
{
    private const int MostNumberedClasses = 50;
    private const int RowsPerNumberedClass = 5;
    private static readonly string[] UsualNames = ["target", "class", "label"];

    /// <summary>The index of the target column, or −1 when there is none and none is required.</summary>
    /// <exception cref="DataException">The named column is not there, or there is only one column.</exception>
    public static int Find(IReadOnlyList<string> names, string file, DataOptions options)
    {
        if (!options.RequireTarget && names.Count == options.ExpectColumns.Count && names[0] == "column 1")
        {
            return -1; // unnamed columns, as many as inputs are expected
        }

        if (options.Target is string wanted)
        {
            int named = IndexOf(names, wanted);
            return named >= 0 || !options.RequireTarget
                ? named
                : throw new DataException($"{file}: there is no column '{wanted}' to predict. {Nearest.Hint(wanted, names, "columns")}");
        }

        if (!options.RequireTarget)
        {
            return -1;
        }

        foreach (string usual in UsualNames)
        {
            for (int i = names.Count - 1; i >= 0; i--)
            {
                if (string.Equals(names[i], usual, StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }
        }

        return names.Count - 1;
    }

    /// <summary>Takes the target out of the table; rows whose target is missing are left out, with a note.</summary>
    public static Dataset Split(string name, string file, DelimitedTable table, DataOptions options)
    {
        int index = Find([.. table.Columns.Select(column => column.Name)], file, options);
        var notes = new List<string>(table.Notes);
        if (index < 0)
        {
            return new Dataset(name, new Table(table.Columns), null, table.Sha256) { Notes = notes };
        }

        if (table.Columns.Count == 1)
        {
            throw new DataException(
                $"{file}: only one column, '{table.Columns[0].Name}', so nothing to predict it from. Separate fields by commas, semicolons or tabs.");
        }

        Column column = table.Columns[index];
        var inputs = new Table([.. table.Columns.Where((_, i) => i != index)]);
        int[] kept = PresentRows(column);
        if (kept.Length == column.Count)
        {
            return new Dataset(name, inputs, Read(column, file, options.Task, notes), table.Sha256) { Notes = notes };
        }

        if (!options.RequireTarget)
        {
            notes.Add($"the target '{column.Name}' is missing in {column.Count - kept.Length} of {column.Count} rows: it is not read");
            return new Dataset(name, inputs, null, table.Sha256) { Notes = notes };
        }

        if (kept.Length == 0)
        {
            throw new DataException($"{file}: the target column '{column.Name}' is empty in every row.");
        }

        notes.Add($"{column.Count - kept.Length} rows without a value in the target '{column.Name}' were left out");
        return new Dataset(name, inputs.Select(kept), Read(column.Select(kept), file, options.Task, notes), table.Sha256) { Notes = notes };
    }

    /// <summary>Reads numbers as classes or as numbers.</summary>
    /// <param name="name">The target's name.</param>
    /// <param name="values">Finite values.</param>
    /// <param name="task">What was asked for.</param>
    /// <param name="notes">Receives a remark when the choice could have gone the other way.</param>
    public static Target FromNumbers(string name, double[] values, LearningTask task, List<string> notes)
    {
        if (task == LearningTask.Regression)
        {
            return new NumberTarget(name, values);
        }

        double[] distinct = Distinct(values, task == LearningTask.Classification ? int.MaxValue : MostNumberedClasses);
        bool few = distinct.Length > 0 && Array.TrueForAll(distinct, double.IsInteger) && distinct.Length <= Math.Max(2, values.Length / RowsPerNumberedClass);
        if (task == LearningTask.Auto && !few)
        {
            return new NumberTarget(name, values);
        }

        if (task == LearningTask.Auto && distinct.Length > 2)
        {
            notes.Add($"the target '{name}' holds {distinct.Length} distinct whole numbers: read as classes (--task regression reads them as numbers)");
        }

        var codes = new int[values.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = Array.BinarySearch(distinct, values[i]);
        }

        return new ClassTarget(name, codes, [.. distinct.Select(NumberText.Write)]);
    }

    private static int IndexOf(IReadOnlyList<string> names, string wanted)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == wanted)
            {
                return i;
            }
        }

        int[] alike = [.. Enumerable.Range(0, names.Count).Where(i => string.Equals(names[i], wanted, StringComparison.OrdinalIgnoreCase))];
        if (alike.Length == 1)
        {
            return alike[0];
        }

        bool numbered = names.Count > 0 && names[0] == "column 1" && int.TryParse(wanted, out int number) && names.Contains($"column {number}");
        return numbered ? int.Parse(wanted) - 1 : -1;
    }

    private static int[] PresentRows(Column column) => column switch
    {
        NumberColumn numbers => [.. Enumerable.Range(0, column.Count).Where(i => !double.IsNaN(numbers.Values[i]))],
        CategoryColumn categories => [.. Enumerable.Range(0, column.Count).Where(i => categories.Codes[i] >= 0)],
        _ => throw new InvalidOperationException($"{column.GetType().Name} is no column of a table."),
    };

    private static Target Read(Column column, string file, LearningTask task, List<string> notes)
    {
        if (column is NumberColumn numbers)
        {
            return FromNumbers(column.Name, numbers.Values, task, notes);
        }

        var categories = (CategoryColumn)column;
        return task == LearningTask.Regression
            ? throw new DataException($"{file}: the target '{column.Name}' holds texts such as '{categories.Levels[categories.Codes[0]]}', not numbers. " +
                "Leave out --task regression to read them as classes.")
            : new ClassTarget(column.Name, categories.Codes, WithoutFullStops(categories.Levels));
    }

    /// <summary>C4.5 test files end every class with a full stop, which their training files leave out.</summary>
    private static IReadOnlyList<string> WithoutFullStops(IReadOnlyList<string> classes) =>
        classes.All(name => name.Length > 1 && name[^1] == '.') ? [.. classes.Select(name => name[..^1])] : classes;

    /// <summary>The distinct values, ascending, or none when there are more than <paramref name="most"/>.</summary>
    private static double[] Distinct(double[] values, int most)
    {
        var seen = new HashSet<double>();
        foreach (double value in values)
        {
            seen.Add(value == 0 ? 0.0 : value);
            if (seen.Count > most)
            {
                return [];
            }
        }

        double[] sorted = [.. seen];
        Array.Sort(sorted);
        return sorted;
    }
}
