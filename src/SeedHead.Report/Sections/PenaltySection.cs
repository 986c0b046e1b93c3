using SeedHead.Heads;
using SeedHead.Report.Answers;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Sections;

/// <summary>Which penalty was chosen and how sharp the choice is.</summary>
internal static class PenaltySection
{
    public static void Write(Page page, Verdict verdict)
    {
        PenaltyPoint[] path = [.. verdict.Answer.Penalties.Where(p => p.Penalty > 0 && double.IsFinite(p.Penalty))];
        if (path.Length == 0)
        {
            return;
        }

        page.Card("Penalty", () =>
        {
            if (path.Length > 1)
            {
                PenaltyChart.Draw(page.Html, path);
            }

            page.Paragraph(Sentence(verdict, path), "note");
            page.Details("The path", () => Table.Write(
                page, "Losses at each penalty",
                ["Penalty", "Leave-one-out loss", "± 1 SE", verdict.IsClassification ? "Error" : "RMSE", "GCV", "Degrees of freedom"],
                path.Select(p => (IReadOnlyList<Cell>)
                [
                    (p.Chosen ? "chosen: " : "") + Words.Trimmed(p.Penalty, 3), Words.General(p.Loss), Words.General(p.StandardError, 2),
                    verdict.IsClassification ? Words.Percent(p.Error) : Words.General(p.Error),
                    Words.General(p.GeneralisedCrossValidation), Words.General(p.DegreesOfFreedom),
                ])));
        });
    }

    private static string Sentence(Verdict verdict, PenaltyPoint[] path)
    {
        int chosen = Array.FindIndex(path, p => p.Chosen);
        if (chosen < 0)
        {
            return $"Penalty {Words.Trimmed(verdict.Answer.Model.Penalty, 3)}, by {verdict.Answer.Model.Selection}.";
        }

        string choice = $"{Words.Trimmed(path[chosen].Penalty, 3)} was chosen by {verdict.Answer.Model.Selection}; it leaves "
            + $"{Words.General(path[chosen].DegreesOfFreedom)} effective degrees of freedom of {Words.Count(verdict.Answer.Model.Width)} features.";
        bool isEdge = path.Length > 2 && (chosen == 0 || chosen == path.Length - 1);
        return isEdge ? $"{choice} It is the {(chosen == 0 ? "smallest" : "largest")} one tried: the best may lie beyond." : choice;
    }
}
