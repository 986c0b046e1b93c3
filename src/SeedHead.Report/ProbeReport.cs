using SeedHead.Report.Charts;
using SeedHead.Report.Markup;
using SeedHead.Report.Sections;
using SeedHead.Studies;

namespace SeedHead.Report;

/// <summary>A probe as one HTML file that needs nothing else.</summary>
internal static class ProbeReport
{
    /// <summary>The page of an answer. A pure function: same answer, same characters.</summary>
    public static string Html(ProbeAnswer answer) => ReportFrame.Html(
        $"limits --on {answer.Data}", $"Random features on {answer.Data}", $"Target: {answer.Target}", answer.Manifest.Version, html => Write(html, answer));

    private static void Write(Html html, ProbeAnswer answer)
    {
        var page = new Page(html, 2);
        html.Open("section", ("class", "headline"));
        page.Paragraph(answer.Sentence);
        page.Paragraph($"{Words.Count(answer.Rows)} rows, {Words.Count(answer.Columns)} columns, {answer.Widths[0].Repeats.Count} repeats, each learning from {Words.Count(answer.LearnedRows)} rows.", "note");
        html.Close();
        page.Row([.. ProbeFigures.Of(answer).Select(figure => (Action)(() => page.Card(figure.Title, () => FigureChart.Draw(html, figure))))]);
        page.Row(() => page.Card("What the verdict rests on", () =>
        {
            foreach (string evidence in answer.Evidence)
            {
                page.Paragraph(evidence);
            }
        }));
        page.Row(() => page.Card("Errors", () => Errors(page, answer)));
        page.Row(() => page.Card("How it was done", () => Facts.Write(page,
        [
            ("Command", $"seedhead {answer.Manifest.Options} --seed {answer.Manifest.Seed}"), ("SeedHead", answer.Manifest.Version), ("Processor", answer.Manifest.Cpu),
        ])), () => NotesSection.Write(page, answer.Notes));
    }

    private static void Errors(Page page, ProbeAnswer answer)
    {
        IReadOnlyList<Cell> Row(string name, ProbePoint point) => [Cell.Words(name), Words.Fixed(100 * point.Error, 2), Words.Fixed(100 * point.StandardError, 2)];
        Table.Write(page, "Share of the variance left on test rows (%)", [Cell.Words(""), "error", "standard error"],
        [
            .. answer.Widths.Select(point => Row($"{Words.Count((long)point.At)} random features", point)),
            Row("infinitely many", answer.Infinite),
            .. answer.Trained is { } trained ? (IReadOnlyList<Cell>[])[Row($"{Words.Count((long)trained.At)} trained neurons", trained)] : [],
            Row("one gradient step", answer.Step),
        ]);
    }
}
