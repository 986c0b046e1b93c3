namespace SeedHead.Studies;

/// <summary>Finished cells, looked up by what they are.</summary>
internal sealed class RedshiftResults(IReadOnlyDictionary<string, RedshiftOutcome> outcomes)
{
    /// <summary>A cell's numbers, or null where it is not finished.</summary>
    public IReadOnlyDictionary<string, double>? Of(RedshiftCell cell) => outcomes.GetValueOrDefault(cell.Key)?.Numbers;

    /// <summary>Whether all are finished.</summary>
    public bool Have(IEnumerable<RedshiftCell> cells) => cells.All(cell => outcomes.ContainsKey(cell.Key));

    /// <summary>One number of a cell; NaN where there is none.</summary>
    public double Number(RedshiftCell cell, string name) => Of(cell) is { } numbers ? numbers.GetValueOrDefault(name, double.NaN) : double.NaN;

    /// <summary>One measure of a cell's functions, or null.</summary>
    public RedshiftSummary? Summary(RedshiftFunctions cell, string measure) => Of(cell) is { } numbers ? RedshiftSummary.From(numbers, measure) : null;

    /// <summary>Its mean; NaN where there is none.</summary>
    public double Mean(RedshiftFunctions cell, string measure) => Summary(cell, measure)?.Mean ?? double.NaN;
}
