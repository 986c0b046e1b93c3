namespace SeedHead.Studies;

/// <summary>Tables of a repeated paper as CSV: commas, a first line of names, quotes where a text needs them.</summary>
internal static class ReproduceCsv
{
    /// <summary>The files of an answer: name and content. The checks first, then every table.</summary>
    public static IEnumerable<(string Name, string Content)> Files(ReproduceAnswer answer) =>
    [
        ("checks.csv", Text(["id", "finding", "statistic", "ours", "threshold", "holds", "published", "evidence"], [.. answer.Checks.Select(Row)])),
        .. answer.Studies.SelectMany(study => study.Tables).Select(table => ($"{table.Name}.csv", Text(table.Heads, table.Rows))),
    ];

    private static string[] Row(Check check) =>
        [check.Id, check.Finding, check.Statistic, check.Ours is { } ours ? $"{ours:0.#####}" : "", check.Threshold, Holds(check), check.Published, check.Evidence];

    /// <summary>"yes", "no", or "reported" where nothing is decided.</summary>
    public static string Holds(Check check) => check.Holds switch
    {
        true => "yes",
        false => "no",
        null => "reported",
    };

    /// <summary>A statistic for a reader: two decimals, four where it is small.</summary>
    public static string Ours(Check check) => check.Ours is { } ours ? ours.ToString(Math.Abs(ours) < 0.1 && ours != 0 ? "0.0000" : "0.00", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−') : "–";

    private static string Text(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows) =>
        string.Concat(rows.Prepend(heads).Select(row => string.Join(',', row.Select(Quoted)) + "\n"));

    /// <summary>A field, in quotes where it needs them.</summary>
    public static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
}
