using SeedHead.Report.Answers;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Sections;

/// <summary>Several answers in one table, and their intervals on one axis.</summary>
internal static class ComparisonSection
{
    public static void Write(Page page, IReadOnlyList<Verdict> verdicts)
    {
        page.Row(() => page.Card("Side by side", () =>
        {
            Table.Write(
                page, "One answer a row: accuracy in percent, or RMSE in target units",
                [Cell.Words("Answer"), "Score", "95 % interval", Cell.Words("On"), "Leave-one-out", Cell.Words("Features"), "Width", "Fit", "Memory"],
                verdicts.Select((verdict, i) => (IReadOnlyList<Cell>)Row(verdict, i)));
            page.Paragraph(Remark(verdicts), "note");
        }));
        page.Row(() => Chart(page, verdicts, isClassification: true), () => Chart(page, verdicts, isClassification: false));
    }

    /// <summary>"1 · digits", the number and the dot on one line with the name's first word.</summary>
    public static string Label(Verdict verdict, int index) => $"{index + 1}\u00a0·\u00a0{verdict.Answer.Data.Name}";

    private static Cell[] Row(Verdict verdict, int index) =>
    [
        new Cell(Label(verdict, index), IsNumber: false, Link: $"#answer-{index + 1}"),
        $"{(verdict.IsClassification ? "" : "RMSE ")}{HeadlineSection.Text(verdict, verdict.Interval.Value)}", HeadlineSection.Range(verdict, verdict.Interval),
        Cell.Words(verdict.IsOverSeeds ? $"{verdict.Ground},\u00a0{verdict.Values.Count}\u00a0seeds" : verdict.Ground),
        verdict.Answer.LeaveOneOut is { } left ? HeadlineSection.Text(verdict, verdict.Of(left)) : "–",
        Cell.Words(verdict.Answer.Model.Features), Words.Count(verdict.Answer.Model.Width),
        Words.Duration(verdict.Answer.Seconds.Fit), Words.Bytes(verdict.Answer.PeakMemoryBytes),
    ];

    private static void Chart(Page page, IReadOnlyList<Verdict> verdicts, bool isClassification)
    {
        IntervalRow[] rows =
        [
            .. verdicts.Select((verdict, i) => (Verdict: verdict, Label: Label(verdict, i)))
                .Where(item => item.Verdict.IsClassification == isClassification && double.IsFinite(item.Verdict.Interval.Value))
                .Select(item => new IntervalRow(item.Label, item.Verdict.Interval, [], Tooltip(item.Label, item.Verdict))),
        ];
        if (rows.Length > 1)
        {
            string measure = isClassification ? "Accuracy" : "RMSE";
            page.Card($"{measure} with 95 % intervals", () => IntervalChart.Draw(
                page.Html, $"{measure} of each answer", string.Join("; ", rows.Select(row => row.Tooltip)) + ".",
                isClassification ? "Accuracy (%)" : "RMSE (target units)", isClassification ? 100 : 1, rows));
        }
    }

    private static string Tooltip(string label, Verdict verdict) =>
        $"{label}: {HeadlineSection.Text(verdict, verdict.Interval.Value)}, 95 % interval {HeadlineSection.Range(verdict, verdict.Interval)}";

    private static string Remark(IReadOnlyList<Verdict> verdicts) =>
        verdicts.Select(verdict => verdict.Answer.Data.Sha256).Distinct(StringComparer.Ordinal).Count() == 1
            ? "All answers learned from the same rows. On the same test rows intervals over rows are wider than a comparison needs: the rows' difficulty is shared."
            : "The answers learned from different data (their hashes differ): compare within one data set only.";
}
