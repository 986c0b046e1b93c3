namespace SeedHead.Studies;

/// <summary>Draws finished cells of the study.</summary>
internal sealed class PartialTrainingFigures(PartialTrainingSubject subject, PartialTrainingResults results)
{
    private const string Accuracy = "Test accuracy, last epoch (%)";
    private const string Share = "Share of all numbers that is learned (%, log scale)";

    /// <summary>The figures of a planned table; none where it has no shape to show.</summary>
    public IReadOnlyList<Figure> Of(PlannedTable plan) => [.. ((Figure?[])[plan.Kind switch
    {
        PlannedKind.Frontier => Frontier(plan),
        PlannedKind.Ensembles => Ensembles(plan),
        PlannedKind.Accuracy when plan.Study is "B1" or "B2" or "B3" or "B4" => Curves(plan),
        _ => null,
    }]).OfType<Figure>()];

    /// <summary>The comparisons of a planned table: parts, axes, widths, priors.</summary>
    public IReadOnlyList<Comparison> ComparisonsOf(PlannedTable plan)
    {
        if (plan.Study is not ("B5" or "B6" or "W" or "P" or "C"))
        {
            return [];
        }

        var rows = from row in plan.Rows
                   from column in Enumerable.Range(0, row.Cells.Count)
                   let values = row.Cells[column] is { } cell ? results.Percents(cell) : null
                   where values is not null
                   select (plan.CellHeads.Count == 1 ? row.Label : $"{row.Label}: {plan.CellHeads[column]}", values);
        return rows.Any() ? [new($"By {plan.RowHead}", Accuracy, [.. rows])] : [];
    }

    private Figure? Curves(PlannedTable plan)
    {
        Series[] series =
        [
            .. plan.CellHeads.Select((head, i) => new Series(head, SeriesKind.Line, Points(plan.Rows.Where(row => row.Label != "all" && row.Cells[i] is not null).Select(row => (row.Label, row.Cells[i]!)))))
                .Where(line => line.Points.Count > 0),
        ];
        if (series.Length == 0)
        {
            return null;
        }

        double[] shares = [.. series.SelectMany(line => line.Points).Select(point => point.X)];
        Series[] all = plan.Rows.FirstOrDefault(row => row.Label == "all")?.Cells[0] is { } everything && results.Percents(everything) is { } values
            ? [new($"all learned: {Statistics.Mean(values):0.0} %", SeriesKind.Dashed, [new(shares.Min(), Statistics.Mean(values), 0, ""), new(shares.Max(), Statistics.Mean(values), 0, "")])]
            : [];
        return new(plan.Study == "B4" ? "Norms learned or fixed" : "Random or zero fixed filters", Share, Accuracy, true, [.. series, .. all], $"{plan.Caption} {Told(series)}");
    }

    private Figure? Frontier(PlannedTable plan)
    {
        var sweep = Points(PartialTrainingPlan.Sweep(subject).Select(cell => (cell.Learned, cell)));
        var neighbours = Points(PartialTrainingPlan.Neighbours(subject));
        if (sweep.Count == 0)
        {
            return null;
        }

        Series[] line = PartialTrainingChecks.FrontierLine(subject, results) is { } fit
            ? [new($"line, R² = {fit.R2:0.00}", SeriesKind.Dashed, [On(fit, sweep[0].X), On(fit, sweep[^1].X)])] : [];
        Series[] series = [new("filters and all", SeriesKind.Points, sweep), .. neighbours.Count > 0 ? (Series[])[new("other ways", SeriesKind.Points, neighbours)] : [], .. line];
        return new("Accuracy against the share learned", Share, Accuracy, true, series, $"{plan.Caption} {Told(series)}");
    }

    private static FigurePoint On(LineFit line, double percent) => new(percent, line.Intercept + (line.Slope * PartialTrainingChecks.Log10(percent / 100)), 0, "");

    private Figure? Ensembles(PlannedTable plan)
    {
        var found = plan.Rows.Select(row => (row.Label, Outcomes: results.Of(row.Cells[0]!))).Where(row => row.Outcomes is not null && row.Outcomes.All(outcome => outcome.Ensemble is not null)).ToArray();
        if (found.Length == 0)
        {
            return null;
        }

        FigurePoint Point(string label, IReadOnlyList<PartialTrainingOutcome> outcomes, Func<PartialTrainingOutcome, double> of) => new(
            PartialTrainingChecks.Stored(outcomes[0], 5), Statistics.Mean([.. outcomes.Select(of)]), Statistics.Deviation([.. outcomes.Select(of)]), label);
        Series[] series =
        [
            new("mean member", SeriesKind.Line, [.. found.Select(row => Point(row.Label, row.Outcomes!, outcome => 100 * Statistics.Mean(outcome.Ensemble!.Singles)))]),
            new("ensemble of 5", SeriesKind.Line, [.. found.Select(row => Point(row.Label, row.Outcomes!, outcome => 100 * outcome.Ensemble!.Clean))]),
        ];
        return new("Ensembles by what they store", "Numbers stored (log scale)", "Test accuracy (%)", true, series, $"{plan.Caption} {Told(series)}");
    }

    private List<FigurePoint> Points(IEnumerable<(string Label, PartialTrainingCell Cell)> cells) =>
    [
        .. from cell in cells
           let values = results.Percents(cell.Cell)
           where values is not null
           let share = 100 * results.Of(cell.Cell)![0].Share
           orderby share
           select new FigurePoint(share, Statistics.Mean(values), Statistics.Deviation(values), cell.Label),
    ];

    private static string Told(IEnumerable<Series> series) =>
        string.Join(" ", series.Where(line => line.Kind != SeriesKind.Dashed).Select(line => $"{line.Name}: {string.Join(", ", line.Points.Select(point => $"{point.Label} {point.Y:0.0}"))}."));
}
