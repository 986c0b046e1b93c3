using SeedHead.Report.Answers;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;
using SeedHead.Models;

namespace SeedHead.Report.Sections;

/// <summary>Whether more features would help.</summary>
internal static class WidthSection
{
    public static void Write(Page page, Verdict verdict)
    {
        WidthPoint[] points = [.. verdict.Answer.Widths.Where(p => double.IsFinite(p.Error) && p.Width > 0)];
        if (points.Length == 0)
        {
            return;
        }

        page.Card("Width", () =>
        {
            if (points.Length > 1)
            {
                WidthChart.Draw(page.Html, verdict, points);
            }

            page.Paragraph(Sentence(verdict, points), "note");
            if (points.Length > 1)
            {
                page.Details("The widths tried", () => Table.Write(
                    page, "Leave-one-out error at each width", ["Features", "Error", "± 1 SE", "Penalty", "Time"],
                    points.Select(p => (IReadOnlyList<Cell>)
                    [
                        Words.Count(p.Width), WidthChart.Value(verdict, p.Error), WidthChart.Value(verdict, p.StandardError, 2),
                        Words.Trimmed(p.Penalty, 3), Words.Duration(p.Seconds),
                    ])));
            }
        });
    }

    private static string Sentence(Verdict verdict, WidthPoint[] points)
    {
        WidthPoint last = points[^1];
        string Error(WidthPoint p) => $"{WidthChart.Value(verdict, p.Error)} ± {WidthChart.Value(verdict, p.StandardError, 2)}";
        if (points.Length == 1)
        {
            return $"One width was tried: {Words.Count(last.Width)} features, leave-one-out error {Error(last)}.";
        }

        WidthPoint before = points[^2];
        string step = $"From {Words.Count(before.Width)} to {Words.Count(last.Width)} features the leave-one-out error went "
            + $"from {Error(before)} to {Error(last)}";
        return before.Error - last.Error > last.StandardError
            ? $"{step}: still more than a standard error, so a wider model may do better."
            : $"{step}: less than a standard error, so more features of this kind would hardly help.";
    }
}
