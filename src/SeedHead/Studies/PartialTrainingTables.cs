namespace SeedHead.Studies;

/// <summary>Fills planned tables with what cells found.</summary>
internal sealed class PartialTrainingTables(PartialTrainingResults results)
{
    private const string Missing = "–";

    /// <summary>The table of finished cells.</summary>
    public ResultTable Of(PlannedTable plan) => plan.Kind switch
    {
        PlannedKind.Accuracy => Accuracy(plan),
        PlannedKind.Ensembles => Ensembles(plan),
        PlannedKind.Robustness => Robustness(plan),
        PlannedKind.Magnitudes => Magnitudes(plan),
        _ => Frontier(plan),
    };

    /// <summary>Mean ± standard deviation of percents.</summary>
    public static string Spread(IReadOnlyList<double>? values) => values is null ? Missing
        : values.Count == 1 ? $"{values[0]:0.00}" : $"{Statistics.Mean(values):0.00} ± {Statistics.Deviation(values):0.00}";

    private ResultTable Accuracy(PlannedTable plan)
    {
        bool paired = plan.CellHeads.Count >= 2;
        string[] heads =
        [
            plan.RowHead, "learned", "of all (%)", .. plan.CellHeads.SelectMany(head => (string[])[$"{head} (%)", $"{head}, best epoch (%)"]),
            .. paired ? (string[])[$"{plan.CellHeads[0]} − {plan.CellHeads[1]} (points)", "p (paired t)"] : [], .. plan.PublishedHeads.Select(head => $"published: {head}"),
        ];
        return new(plan.Name, $"{plan.Caption} Test accuracy after the last epoch, mean ± standard deviation over seeds.", heads, [.. plan.Rows.Select(row => AccuracyRow(row, paired))]);
    }

    private string[] AccuracyRow(PlannedRow row, bool paired)
    {
        var first = row.Cells[0] is { } cell ? results.Of(cell)?[0] : null;
        IReadOnlyList<double>?[] values = [.. row.Cells.Select(c => c is null ? null : results.Percents(c))];
        return
        [
            row.Label, first is null ? Missing : $"{first.Learned:N0}", first is null ? Missing : $"{100 * first.Share:0.00}",
            .. row.Cells.Zip(values, (c, v) => (string[])[c is null ? Missing : Told(c, v), c is null ? Missing : Spread(results.BestPercents(c))]).SelectMany(both => both),
            .. paired ? Difference(values[0], values[1]) : [], .. row.Published,
        ];
    }

    private string Told(PartialTrainingCell cell, IReadOnlyList<double>? values) =>
        values is null && results.Of(cell) is { } found ? $"the loss ran away in {found.Count(outcome => outcome.Diverged is not null)} of {found.Count}" : Spread(values);

    private static string[] Difference(IReadOnlyList<double>? first, IReadOnlyList<double>? second)
    {
        if (first is null || second is null)
        {
            return [Missing, Missing];
        }

        PairedTest test = Statistics.Paired(first, second);
        return [$"{test.Mean:+0.00;−0.00} ± {test.Deviation:0.00}", test.Count < 2 ? Missing : $"{test.P:0.0000}"];
    }

    private ResultTable Ensembles(PlannedTable plan) => new(
        plan.Name, $"{plan.Caption} Stored: one network and every further member's learned part.",
        [plan.RowHead, "numbers stored", "of five networks", "mean single (%)", "ensemble (%)", "gain (points)", .. plan.PublishedHeads.Select(head => $"published: {head}, single → ensemble")],
        [.. plan.Rows.Select(row => EnsembleRow(row, row.Cells[0]!))]);

    private string[] EnsembleRow(PlannedRow row, PartialTrainingCell cell)
    {
        if (results.Of(cell) is not { } found || found.Any(outcome => outcome.Ensemble is null))
        {
            return [row.Label, .. Enumerable.Repeat(Missing, 5), .. row.Published];
        }

        long stored = PartialTrainingChecks.Stored(found[0], cell.Members);
        return
        [
            row.Label, $"{stored:N0}", $"{(double)stored / (cell.Members * found[0].Total):0.00}", Spread([.. found.Select(o => 100 * Statistics.Mean(o.Ensemble!.Singles))]),
            Spread([.. found.Select(o => 100 * o.Ensemble!.Clean)]), Spread([.. found.Select(PartialTrainingChecks.GainOf)]), .. row.Published,
        ];
    }

    private ResultTable Robustness(PlannedTable plan)
    {
        var found = plan.Rows[0].Cells.Select(cell => results.Of(cell!) is { } all && all.All(outcome => outcome.Ensemble is not null) ? all : null).ToArray();
        return new(
            plan.Name, $"{plan.Caption} Accuracy in percent, mean ± standard deviation over seeds. Noise: standard deviation in parts of full brightness; blur: pixels; occlusion: side of the square in parts of the height.",
            [plan.RowHead, "level", .. plan.CellHeads.SelectMany(head => (string[])[$"{head}: member", $"{head}: ensemble", $"{head}: gain"])],
            [.. Corruption.All.Select((corruption, i) => (string[])[corruption.Name, $"{corruption.Level}", .. found.SelectMany(all => RobustnessCells(all, i))])]);
    }

    private static string[] RobustnessCells(IReadOnlyList<PartialTrainingOutcome>? found, int i)
    {
        if (found is null)
        {
            return [Missing, Missing, Missing];
        }

        CorruptionOutcome[] all = [.. found.Select(outcome => outcome.Ensemble!.Corruptions[i])];
        return [Spread([.. all.Select(c => 100 * c.Single)]), Spread([.. all.Select(c => 100 * c.Ensemble)]), Spread([.. all.Select(c => 100 * (c.Ensemble - c.Single))])];
    }

    private ResultTable Magnitudes(PlannedTable plan)
    {
        var found = plan.Rows[0].Cells.Select(cell => results.Of(cell!)).ToArray();
        string[] layers = [.. found.FirstOrDefault(all => all is not null)?[0].Magnitudes.Select(layer => layer.Layer) ?? []];
        return new(
            plan.Name, plan.Caption, [plan.RowHead, .. plan.CellHeads.SelectMany(head => (string[])[$"fixed, {head}", $"learned, {head}"])],
            [
                .. layers.Select((layer, i) => (string[])
                [
                    layer, .. found.SelectMany(all => (string[])[Size(all?.Select(outcome => outcome.Magnitudes[i].Fixed)), Size(all?.Select(outcome => outcome.Magnitudes[i].Learned))]),
                ]),
            ]);
    }

    private static string Size(IEnumerable<double>? values) => values is null || !double.IsFinite(Statistics.Mean([.. values])) ? Missing : $"{Statistics.Mean([.. values]):0.0000}";

    private ResultTable Frontier(PlannedTable plan) => new(
        plan.Name, $"{plan.Caption} Test accuracy after the last epoch.", [plan.RowHead, "numbers", "of all (%)", "log₁₀ of the share", "accuracy (%)", "best epoch (%)"],
        [.. plan.Rows.Select(row => FrontierRow(row.Label, row.Cells[0]!))]);

    private string[] FrontierRow(string label, PartialTrainingCell cell) => results.Of(cell) is { } found
        ? [label, $"{found[0].Learned:N0}", $"{100 * found[0].Share:0.000}", $"{PartialTrainingChecks.Log10(found[0].Share):0.000}".Replace('-', '−'), Told(cell, results.Percents(cell)), Spread(results.BestPercents(cell))]
        : [label, Missing, Missing, Missing, Missing, Missing];
}
