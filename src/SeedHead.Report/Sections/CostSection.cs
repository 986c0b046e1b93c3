using SeedHead.Report.Answers;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Sections;

/// <summary>Where time went, and how much memory was needed.</summary>
internal static class CostSection
{
    private const string Total = "Total";

    public static void Write(Page page, Verdict verdict)
    {
        FitAnswer answer = verdict.Answer;
        Seconds seconds = answer.Seconds;
        double rest = seconds.Total - seconds.Read - seconds.Fit - seconds.Predict;
        var rows = new List<IReadOnlyList<Cell>>
        {
            Row("Read", seconds.Read, seconds.Total, answer.Data.Rows + answer.Data.TestRows),
            Row("Fit", seconds.Fit, seconds.Total, answer.Data.Rows),
            Row("Predict", seconds.Predict, seconds.Total, answer.Data.TestRows),
        };
        if (rest > 0.005 * seconds.Total)
        {
            rows.Add(Row("Other", rest, seconds.Total, 0));
        }

        rows.Add(Row(Total, seconds.Total, seconds.Total, 0));
        page.Card("Time and memory", () =>
        {
            Table.Write(page, "Wall-clock time of each stage", [Cell.Words("Stage"), "Time", "Share", "Rows a second"], rows, Total);
            string threads = answer.Threads > 0 ? Words.Count(answer.Threads) : Words.None;
            page.Paragraph(
                $"Peak memory of the process: {Words.Bytes(answer.PeakMemoryBytes)}. Threads: {threads}. Times differ from run to run; the model does not.",
                "note");
        });
    }

    private static Cell[] Row(string stage, double seconds, double total, int rows) =>
    [
        Cell.Words(stage), Words.Duration(seconds),
        total <= 0 ? "–" : stage == Total ? Words.Percent(1, 0) : Cell.Share(seconds / total, 0),
        rows > 0 && seconds > 0 ? Words.General(rows / seconds, 3) : "–",
    ];
}
