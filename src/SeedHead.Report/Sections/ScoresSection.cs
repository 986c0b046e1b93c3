using SeedHead.Heads;
using SeedHead.Report.Answers;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Sections;

/// <summary>Every measure on every group of rows, side by side.</summary>
internal static class ScoresSection
{
    public static void Write(Page page, Verdict verdict)
    {
        FitAnswer answer = verdict.Answer;
        (string Name, Score? Score)[] all =
            [("Training", answer.Train), ("Leave-one-out", answer.LeaveOneOut), ("5 folds", answer.Folds), ("Test", answer.Test)];
        Write(page, [.. all.Where(group => group.Score is not null).Select(group => (group.Name, group.Score!))], verdict.IsClassification);
    }

    /// <summary>The same of named groups.</summary>
    public static void Write(Page page, IReadOnlyList<(string Name, Score Score)> groups, bool isClassification)
    {
        (string Name, Func<Score, double?> Read, Func<double?, string> Show)[] measures =
        [
            ("Accuracy", s => s.Accuracy, v => Words.Percent(v)),
            ("RMSE", s => s.Rmse, v => Words.General(v)),
            ("Standard error", s => s.StandardError, v => isClassification ? Words.Percent(v) : Words.General(v, 3)),
            ("R²", s => s.R2, v => v is { } r2 ? Words.Fixed(r2, 4) : Words.None),
            ("Log-loss (nats)", s => s.LogLoss, v => Words.General(v, 3)),
            ("Calibration error", s => s.ExpectedCalibrationError, v => Words.Percent(v)),
            ("In 90 % interval", s => s.IntervalCoverage, v => Words.Percent(v, 1)),
        ];
        var rows = new List<IReadOnlyList<Cell>> { Row("Rows", groups.Select(group => Words.Count(group.Score.Rows))) };
        foreach (var (name, read, show) in measures)
        {
            if (groups.Any(group => read(group.Score) is not null))
            {
                rows.Add(Row(name, groups.Select(group => read(group.Score) is { } value ? show(value) : "–")));
            }
        }

        Cell[] heads = [Cell.Words("Measure"), .. groups.Select(group => new Cell(group.Name))];
        page.Card("Scores", () => Table.Write(page, "Measures on each group of rows", heads, rows));
    }

    private static Cell[] Row(string name, IEnumerable<string> values) => [Cell.Words(name), .. values.Select(value => new Cell(value))];
}
