namespace SeedHead.Data;

/// <summary>Where the columns a preprocessing knows are found in one table.</summary>
internal sealed class TableBinding
{
    /// <exception cref="DataException">Columns are missing, unknown, or of another kind.</exception>
    public TableBinding(TableField[] fields, Table table)
    {
        Column?[] found = Match(fields, table);
        Numbers = new double[fields.Length][];
        Codes = new int[fields.Length][];
        Columns = new int[fields.Length][];
        var notes = new List<string>();
        for (int i = 0; i < fields.Length; i++)
        {
            switch (fields[i])
            {
                case NumberField field:
                    Numbers[i] = AsNumbers(field, found[i]!);
                    break;
                case CategoryField field:
                    BindCategories(i, field, AsCategories(found[i]!), notes);
                    break;
                default:
                    break;
            }
        }

        Notes = notes;
    }

    /// <summary>The values of each column of numbers.</summary>
    public double[][] Numbers { get; }

    /// <summary>The codes of each column of categories.</summary>
    public int[][] Codes { get; }

    /// <summary>The preprocessed column, within the field, of code − 1 … : entry 0 is for missing values; −1 for none.</summary>
    public int[][] Columns { get; }

    public IReadOnlyList<string> Notes { get; }

    private static Column?[] Match(TableField[] fields, Table table)
    {
        bool unnamed = fields.All(field => IsNumbered(field.Name)) && table.Fields.All(column => IsNumbered(column.Name));
        if (unnamed && table.Columns == fields.Length)
        {
            return [.. table.Fields]; // files without a header, with or without a target among the columns: by position
        }

        Dictionary<string, Column> given = table.Fields.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var found = new Column?[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            given.Remove(fields[i].Name, out found[i]);
        }

        string[] absent = [.. fields.Where((field, i) => found[i] is null && field is not DroppedField).Select(field => field.Name)];
        if (absent.Length > 0 || given.Count > 0)
        {
            string[] problems =
            [
                .. absent.Length > 0 ? [$"it lacks {Quoted(absent)}"] : Array.Empty<string>(),
                .. given.Count > 0 ? [$"it has {Quoted([.. given.Keys])}, unknown to the model"] : Array.Empty<string>(),
            ];
            throw new DataException($"The table does not have the columns the model was trained on: {string.Join("; ", problems)}. " +
                $"Give the {fields.Length} columns {Quoted([.. fields.Select(field => field.Name)])}, in any order.");
        }

        return found;
    }

    private static bool IsNumbered(string name) => name.StartsWith("column ", StringComparison.Ordinal) && int.TryParse(name.AsSpan(7), out _);

    private static string Quoted(string[] names) =>
        string.Join(", ", names.Take(8).Select(name => $"'{name}'")) + (names.Length > 8 ? $", … ({names.Length} in all)" : "");

    private static double[] AsNumbers(NumberField field, Column column) => column switch
    {
        NumberColumn numbers => numbers.Values,
        CategoryColumn categories when Array.TrueForAll(categories.Codes, code => code < 0) => [.. categories.Codes.Select(_ => double.NaN)],
        CategoryColumn categories => throw new DataException(
            $"Column '{field.Name}' held numbers in training but holds texts here, such as '{categories.Levels[categories.Codes.First(code => code >= 0)]}'. " +
            "Correct it, or leave missing values empty."),
        _ => throw new InvalidOperationException($"{column.GetType().Name} is no kind of column."),
    };

    /// <summary>Numbers where training had categories: each number's shortest text is its category.</summary>
    private static CategoryColumn AsCategories(Column column)
    {
        if (column is CategoryColumn categories)
        {
            return categories;
        }

        double[] values = ((NumberColumn)column).Values;
        double[] distinct = [.. values.Where(value => !double.IsNaN(value)).Distinct()];
        Array.Sort(distinct);
        int[] codes = [.. values.Select(value => double.IsNaN(value) ? -1 : Array.BinarySearch(distinct, value))];
        return new CategoryColumn(column.Name, codes, [.. distinct.Select(NumberText.Write)]);
    }

    private void BindCategories(int index, CategoryField field, CategoryColumn column, List<string> notes)
    {
        Dictionary<string, int> known = field.Levels.Select((level, i) => (level, i)).ToDictionary(pair => pair.level, pair => pair.i, StringComparer.Ordinal);
        int[] columns = [field.MissingColumn, .. column.Levels.Select(level => known.GetValueOrDefault(level, field.OthersColumn))];
        Codes[index] = column.Codes;
        Columns[index] = columns;
        if (field.Others is not null)
        {
            return; // rare levels were not stored, so what is new cannot be told
        }

        int[] unseen = [.. column.Codes.Where(code => code >= 0 && columns[code + 1] < 0)];
        if (unseen.Length > 0)
        {
            notes.Add(
                $"column '{field.Name}': {unseen.Length} rows hold a category never seen in training, such as '{column.Levels[unseen[0]]}'; they read as the average");
        }
    }
}
