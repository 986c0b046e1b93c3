using SeedHead.Report.Charts;
using SeedHead.Report.Markup;
using SeedHead.Report.Sections;
using SeedHead.Studies;

namespace SeedHead.Report;

/// <summary>A repeated paper as one HTML file that needs nothing else.</summary>
internal static class ReproduceReport
{
    private const int LongTable = 60; // rows; more are shown on demand

    /// <summary>The page of an answer. A pure function: same answer, same characters.</summary>
    public static string Html(ReproduceAnswer answer) =>
        ReportFrame.Html($"reproduce {answer.Paper}", $"Reproduced: {answer.Paper}", answer.Source, answer.Manifest.Version, html => Write(html, answer));

    private static void Write(Html html, ReproduceAnswer answer)
    {
        var page = new Page(html, 2);
        Headline(page, answer);
        page.Row(() => Checks(page, answer));
        foreach (StudyResult study in answer.Studies)
        {
            html.Open("article", ("id", study.Id)).Element("h2", $"{study.Id}. {study.Title}");
            if (study.Text.Length > 0)
            {
                page.Paragraph(study.Text);
            }

            Study(new Page(html, 3), study);
            html.Close();
        }

        page.Row(() => Protocol(page, answer), () => NotesSection.Write(page, answer.Notes));
    }

    private static void Headline(Page page, ReproduceAnswer answer)
    {
        Check[] decided = [.. answer.Checks.Where(check => check.Holds is not null)];
        string[] failed = [.. decided.Where(check => check.Holds == false).Select(check => check.Id)];
        page.Html.Open("section", ("class", "headline"));
        if (decided.Length > 0)
        {
            page.Html.Open("p", ("class", "big")).Element("span", $"{decided.Length - failed.Length} of {decided.Length}", ("class", "number"));
            page.Html.Element("span", "checks hold", ("class", "measure")).Close();
        }

        page.Paragraph(decided.Length == 0 ? "The cells that were run decide no check." : failed.Length == 0 ? "None fails." : $"Failed: {string.Join(", ", failed)}. Their numbers stand below.");
        page.Paragraph($"{Words.Count(answer.Cells.Count)} cells, {Words.Duration(answer.Seconds)} of computing in all.", "note");
        page.Html.Close();
    }

    private static void Checks(Page page, ReproduceAnswer answer)
    {
        IReadOnlyList<Check> checks = answer.Checks;
        if (checks.Count == 0)
        {
            return;
        }

        page.Card("Findings as checks", () =>
        {
            Table.Write(
                page, $"Every finding with what was computed, what it is held against, and {answer.Beside.Words}",
                [Cell.Words(""), Cell.Words("holds"), Cell.Words("finding"), "ours", Cell.Words("threshold"), Cell.Words("statistic"), Cell.Words(answer.Beside.Head)],
                checks.Select(check => (IReadOnlyList<Cell>)
                [
                    Cell.Words(check.Id), Cell.Words(ReproduceCsv.Holds(check)), Cell.Words(check.Finding), ReproduceCsv.Ours(check),
                    Cell.Words(check.Threshold), Cell.Words(check.Statistic), Cell.Words(check.Published),
                ]));
            page.Details("The numbers behind them", () => Facts.Write(page, checks.Select(check => (check.Id, (string?)check.Evidence))));
        });
    }

    private static void Study(Page page, StudyResult study)
    {
        page.Row([.. study.Maps.Where(map => map.Values.Any(row => row.Any(double.IsFinite))).Select(map => (Action)(() => page.Card(map.Title, () => page.Scroll(map.Title, () => HeatMapChart.Draw(page.Html, map)))))]);
        page.Row([.. study.Planes.Select(plane => (Action)(() => page.Card(plane.Title, () => MapChart.Draw(page.Html, plane))))]);
        page.Row([.. study.Pictures.Select(grid => (Action)(() => PictureGridSection.Write(page, grid)))]);
        page.Row(
        [
            .. study.Figures.Where(figure => figure.Series.Count > 0).Select(figure => (Action)(() => page.Card(figure.Title, () => Figure(page, figure)))),
            .. study.Comparisons.Select(comparison => (Action)(() => page.Card(comparison.Title, () => Compare(page, comparison)))),
        ]);
        foreach (ResultTable table in study.Tables.Where(table => table.Rows.Count > 0))
        {
            page.Row(() => page.Card($"{study.Id} as a table", () =>
            {
                page.Paragraph(table.Caption, "note");
                if (table.Rows.Count > LongTable)
                {
                    page.Details($"{Words.Count(table.Rows.Count)} rows", () => Write(page, table));
                }
                else
                {
                    Write(page, table);
                }
            }));
        }
    }

    private static void Figure(Page page, Figure figure)
    {
        FigureChart.Draw(page.Html, figure);
        if (figure.Note.Length > 0)
        {
            page.Paragraph(figure.Note, "note");
        }
    }

    private static void Write(Page page, ResultTable table) => Table.Write(
        page, $"{table.Name}.csv", [.. table.Heads.Select((head, i) => new Cell(head, IsNumber: i > 0))],
        table.Rows.Select(row => (IReadOnlyList<Cell>)[.. row.Select((text, i) => new Cell(text, IsNumber: i > 0))]));

    private static void Compare(Page page, Comparison comparison)
    {
        IntervalRow Row(string name, IReadOnlyList<double> values)
        {
            double mean = Statistics.Mean(values), spread = Statistics.Deviation(values);
            return new(name, new(mean, mean - spread, mean + spread), values, $"{name}: {Words.Fixed(mean, 2)} ± {Words.Fixed(spread, 2)}");
        }

        IntervalRow[] rows = [.. comparison.Rows.Select(row => Row(row.Name, row.Values))];
        IntervalChart.Draw(page.Html, comparison.Title, string.Join("; ", rows.Select(row => row.Tooltip)) + ".", comparison.Unit, 1, rows);
        page.Paragraph("Every seed, their mean and ± one standard deviation.", "note");
    }

    private static void Protocol(Page page, ReproduceAnswer answer) => page.Card("How it was done", () =>
    {
        page.Html.Open("pre").Element("code", $"seedhead reproduce {answer.Paper} {answer.Manifest.Options}").Close();
        Facts.Write(
            page,
            [
                .. answer.Protocol.Select(line => (line.Name, (string?)line.Value)), ("SeedHead", answer.Manifest.Version),
                ("Stream version", Words.Count(answer.Manifest.Stream)), ("Processor", answer.Manifest.Cpu),
            ]);
    });
}
