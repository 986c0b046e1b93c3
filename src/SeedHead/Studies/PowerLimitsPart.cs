namespace SeedHead.Studies;

/// <summary>One study with its cells and findings.</summary>
/// <param name="Id">Its word.</param>
/// <param name="Cells">What has to be run; of cells that share points the first is believed.</param>
/// <param name="Checks">Its findings from its curves.</param>
internal sealed record PowerLimitsPart(string Id, IReadOnlyList<LimitsQuestion> Cells, Func<PowerLimitsCurves, IEnumerable<Check>> Checks)
{
    /// <summary>What it asks.</summary>
    public string Title => Id == PowerLimitsValues.Id ? "Values of closed forms" : LimitsStudy.Of(Id).Title;
}

/// <summary>Curves of finished cells, those of one label and dimension joined.</summary>
internal sealed class PowerLimitsCurves
{
    private readonly IReadOnlyList<PowerLimitsOutcome> outcomes;

    /// <param name="outcomes">Finished cells of a part, in the order of its plan.</param>
    public PowerLimitsCurves(IReadOnlyList<PowerLimitsOutcome> outcomes)
    {
        this.outcomes = outcomes;
        All = [.. outcomes.SelectMany(outcome => outcome.Curves).GroupBy(curve => (curve.Label, curve.Dimension)).Select(same => same.First() with
        {
            Points = [.. same.SelectMany(curve => curve.Points).DistinctBy(point => point.At).OrderBy(point => point.At)],
        })];
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<LimitsCurve> All { get; }

    /// <summary>Remarks of all cells.</summary>
    public IEnumerable<string> Notes => outcomes.SelectMany(outcome => outcome.Notes).Distinct();

    /// <summary>Points of a curve; none where it was not run.</summary>
    public IReadOnlyList<LimitsPoint> Points(string label, int dimension) => All.FirstOrDefault(curve => curve.Label == label && curve.Dimension == dimension)?.Points ?? [];

    /// <summary>One point, or null.</summary>
    public LimitsPoint? Point(string label, int dimension, double at) => Points(label, dimension).FirstOrDefault(point => point.At == at);

    /// <summary>Seconds of the cell whose key begins so, or null.</summary>
    public double? Seconds(string key) => outcomes.FirstOrDefault(outcome => outcome.Key.StartsWith(key, StringComparison.Ordinal))?.Seconds;

    /// <summary>Every point that has a bound, with its curve.</summary>
    public IEnumerable<(LimitsCurve Curve, LimitsPoint Point)> Bounded => from curve in All from point in curve.Points where point.Bound is not null select (curve, point);
}
