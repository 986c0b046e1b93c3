using SeedHead.Report.Answers;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Sections;

/// <summary>Which classes are taken for which.</summary>
internal static class ConfusionSection
{
    private const int MostBeside = 12;

    /// <summary>The matrix, the classes one by one, the most frequent confusions; calibration stands where it fits best between them.</summary>
    public static void Write(Page page, Verdict verdict)
    {
        Action calibration = () => CalibrationSection.Write(page, verdict);
        if (!verdict.IsClassification || Confusion.Of(verdict.Score) is not { Total: > 0 } confusion)
        {
            page.Row(calibration);
        }
        else if (confusion.Classes <= MostBeside)
        {
            page.Row(() => Matrix(page, verdict, confusion), calibration);
            page.Row(() => PerClass(page, verdict, confusion), () => Frequent(page, verdict, confusion));
        }
        else
        {
            page.Row(() => Matrix(page, verdict, confusion));
            page.Row(() => PerClass(page, verdict, confusion), () => page.Stack(calibration, () => Frequent(page, verdict, confusion)));
        }
    }

    private static void Matrix(Page page, Verdict verdict, Confusion confusion)
    {
        page.Card("Confusion", () =>
        {
            page.Scroll("Confusion matrix", () => ConfusionChart.Draw(page.Html, confusion.Counts, verdict.Answer.Data.Classes!));
            page.Paragraph($"{Words.Count(confusion.Total)} {verdict.Rows}. Rows are true classes, columns predicted ones.", "note");
        });
    }

    private static void Frequent(Page page, Verdict verdict, Confusion confusion)
    {
        IReadOnlyList<(int True, int Predicted, int Count)> frequent = confusion.Frequent(10);
        if (frequent.Count > 0)
        {
            page.Card("Most frequent confusions", () => Table.Write(
                page, "Pairs of classes, most rows first", [Cell.Words("True class"), Cell.Words("Taken for"), "Rows", "Of the class"],
                frequent.Select(pair => (IReadOnlyList<Cell>)
                [
                    Cell.Words(verdict.Answer.ClassName(pair.True)), Cell.Words(verdict.Answer.ClassName(pair.Predicted)),
                    Words.Count(pair.Count), Words.Percent(pair.Count / (double)confusion.Support(pair.True), 1),
                ])));
        }
    }

    private static void PerClass(Page page, Verdict verdict, Confusion confusion)
    {
        IReadOnlyList<Cell> heads = [Cell.Words("Class"), "Rows", "Precision", "Recall", "F₁"];
        IEnumerable<IReadOnlyList<Cell>> Rows(IEnumerable<int> order) => order.Select(i => (IReadOnlyList<Cell>)
        [
            Cell.Words(verdict.Answer.ClassName(i)), Words.Count(confusion.Support(i)),
            Cell.Share(confusion.Precision(i)), Cell.Share(confusion.Recall(i)), Cell.Share(confusion.F1(i)),
        ]);
        int[] all = [.. Enumerable.Range(0, confusion.Classes)];
        page.Card("Per class", () =>
        {
            if (all.Length <= 30)
            {
                Table.Write(page, "Precision and recall of each class", heads, Rows(all));
            }
            else
            {
                Table.Write(page, "The ten classes with the lowest F₁", heads, Rows(all.OrderBy(i => confusion.F1(i) ?? 2).Take(10)));
                page.Details($"All {all.Length} classes", () => Table.Write(page, "Precision and recall of each class", heads, Rows(all)));
            }

            page.Paragraph("Precision: share of the rows taken for the class that are of it. Recall: share of the rows of the class that are found.", "note");
        });
    }
}
