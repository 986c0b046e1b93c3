namespace SeedHead.Studies;

/// <summary>Finished cells, looked up by what they are, over all seeds.</summary>
internal sealed class PartialTrainingResults(IReadOnlyDictionary<string, PartialTrainingOutcome> outcomes, int seeds)
{
    /// <summary>The outcomes of a cell for seeds 1 and on; null unless all are there.</summary>
    public IReadOnlyList<PartialTrainingOutcome>? Of(PartialTrainingCell cell)
    {
        PartialTrainingOutcome?[] found = [.. Enumerable.Range(1, seeds).Select(seed => outcomes.GetValueOrDefault(cell.With(seed).Key))];
        return found.Contains(null) ? null : [.. found.OfType<PartialTrainingOutcome>()];
    }

    /// <summary>Last-epoch test accuracies in percent, by seed; null unless all are there and none ran away.</summary>
    public IReadOnlyList<double>? Percents(PartialTrainingCell cell) =>
        Of(cell) is { } found && found.All(outcome => outcome.Diverged is null) ? [.. found.Select(outcome => 100 * outcome.Last)] : null;

    /// <summary>Those of the best epoch.</summary>
    public IReadOnlyList<double>? BestPercents(PartialTrainingCell cell) =>
        Of(cell) is { } found && found.All(outcome => outcome.Accuracies.Count > 0) ? [.. found.Select(outcome => 100 * outcome.Best)] : null;
}
