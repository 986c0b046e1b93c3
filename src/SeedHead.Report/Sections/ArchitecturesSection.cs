using SeedHead.Models;
using SeedHead.Report.Answers;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Sections;

/// <summary>The networks compared without training, where one was to be chosen.</summary>
internal static class ArchitecturesSection
{
    public static void Write(Page page, Verdict verdict)
    {
        if (verdict.Answer.Architectures is not { } ranking)
        {
            return;
        }

        bool classes = verdict.IsClassification;
        page.Card("Networks compared", () =>
        {
            int alike = ranking.Points.Skip(1).Count(point => !point.Distinguishable);
            string by = ranking.By == NetChoice.LeaveOneOut ? "left-out rows" : "the marginal likelihood";
            page.Paragraph(
                $"{ranking.Points.Count} networks, ranked by {by} of the exact kernels of their infinitely wide forms on {Words.Count(ranking.Rows)} rows; "
                + $"nothing was trained. {Words.Count(alike)} of them cannot be told from the first: the difference is within two of its standard errors.",
                "note");
            page.Details("The ranking", () => Table.Write(
                page, "Left-out errors of limit kernels",
                [Cell.Words("Network"), Cell.Words("Prior"), classes ? "Error" : "RMSE", "± 1 SE", "Loss", "To the best", "± 1 SE", "Log likelihood", "Noise"],
                ranking.Points.Select(point => (IReadOnlyList<Cell>)
                [
                    Cell.Words(point.Net), Cell.Words(point.Prior),
                    Error(classes, point.Error), Error(classes, point.ErrorStandardError), Words.Trimmed(point.Loss, 3),
                    Words.Trimmed(point.Difference, 2), Words.Trimmed(point.DifferenceStandardError, 2), Words.Trimmed(point.LogMarginalLikelihood, 6),
                    Words.Trimmed(point.Noise, 2),
                ])));
        });
    }

    private static string Error(bool classes, double value) => classes ? Words.Percent(value, 2) : Words.Trimmed(value, 3);
}
