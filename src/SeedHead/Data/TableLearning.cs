namespace SeedHead.Data;

/// <summary>Learns what each column of a table becomes.</summary>
internal static class TableLearning
{
    private const int MostLevels = 100;

    public static TableField[] Learn(Table train, List<string> notes)
    {
        var fields = new TableField[train.Columns];
        var constant = new List<string>();
        var clipped = new List<string>();
        var incomplete = new List<string>();
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = train.Fields[i] switch
            {
                NumberColumn numbers => Numbers(numbers, clipped, incomplete),
                CategoryColumn categories => Categories(categories, notes),
                Column other => throw new ArgumentException($"{other.GetType().Name} is no kind of column."),
            } ?? Drop(train.Fields[i].Name, constant);
        }

        if (constant.Count > 0)
        {
            notes.Add($"dropped, because constant in the training rows: {Listed(constant)}");
        }

        if (incomplete.Count > 0)
        {
            notes.Add($"missing values read as the mean and are told apart by a further column: {Listed(incomplete)}");
        }

        if (clipped.Count > 0)
        {
            notes.Add($"values more than {InputPlan.Limit} standard deviations from the mean are clipped there: {Listed(clipped)}");
        }

        return fields;
    }

    private static string Listed(List<string> names) => string.Join(", ", names.Take(5)) + (names.Count > 5 ? $", … ({names.Count} in all)" : "");

    private static DroppedField Drop(string name, List<string> constant)
    {
        constant.Add(name);
        return new DroppedField(name);
    }

    /// <summary>Null when the column is constant.</summary>
    private static NumberField? Numbers(NumberColumn column, List<string> clipped, List<string> incomplete)
    {
        double sum = 0;
        int present = 0;
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        foreach (double value in column.Values)
        {
            if (!double.IsNaN(value))
            {
                sum += value;
                present++;
                least = Math.Min(least, value);
                most = Math.Max(most, value);
            }
        }

        int missing = column.Count - present;
        if (present == 0 || (least == most && missing == 0))
        {
            return null;
        }

        double mean = Math.Clamp(sum / present, least, most); // a sum that overflows is beyond what a column of data may hold
        double squares = 0;
        foreach (double value in column.Values)
        {
            double difference = double.IsNaN(value) ? 0 : value - mean;
            squares += difference * difference;
        }

        double scale = least < most ? 1 / Math.Sqrt(squares / present) : 0;
        if (!double.IsFinite(sum) || !double.IsFinite(scale) || (least < most && scale == 0))
        {
            throw new DataException(
                $"Column '{column.Name}' holds values from {least} to {most}: too far apart, or too close together, to standardise. Rescale or remove the column.");
        }

        double? share = missing > 0 ? (double)missing / column.Count : null;
        if (share is not null)
        {
            incomplete.Add($"{column.Name} ({missing} of {column.Count})");
        }

        var field = new NumberField(column.Name, mean, scale, least, most, share);
        if (InputPlan.Standard(least, mean, scale) == -InputPlan.Limit || InputPlan.Standard(most, mean, scale) == InputPlan.Limit)
        {
            clipped.Add(column.Name);
        }

        return field;
    }

    /// <summary>Null when the column is constant.</summary>
    private static TableField? Categories(CategoryColumn column, List<string> notes)
    {
        var counts = new int[column.Levels.Count];
        int missing = 0;
        foreach (int code in column.Codes)
        {
            if (code < 0)
            {
                missing++;
            }
            else
            {
                counts[code]++;
            }
        }

        int[] seen = [.. Enumerable.Range(0, counts.Length).Where(level => counts[level] > 0)];
        if (seen.Length == 0 || (seen.Length == 1 && missing == 0))
        {
            return null;
        }

        if (seen.Length > MostLevels && Array.TrueForAll(seen, level => counts[level] == 1))
        {
            notes.Add($"column '{column.Name}' dropped: its {seen.Length} texts are all different, like names or numbers of the rows");
            return new DroppedField(column.Name);
        }

        int[] kept = [.. seen.OrderByDescending(level => counts[level]).ThenBy(level => column.Levels[level], StringComparer.Ordinal).Take(MostLevels)];
        Array.Sort(kept, (a, b) => string.CompareOrdinal(column.Levels[a], column.Levels[b]));
        int others = column.Count - missing - kept.Sum(level => counts[level]);
        if (others > 0)
        {
            notes.Add($"column '{column.Name}': the {MostLevels} most frequent of {seen.Length} categories are kept, the others ({others} rows) read as one");
        }

        double Share(int count) => (double)count / column.Count;
        return new CategoryField(column.Name, [.. kept.Select(level => column.Levels[level])], [.. kept.Select(level => Share(counts[level]))],
            others > 0 ? Share(others) : null, missing > 0 ? Share(missing) : null);
    }
}
