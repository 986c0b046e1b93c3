using SeedHead.Report.Answers;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Sections;

/// <summary>The verdict: one number, its interval, what it stands on, and what to compare it with.</summary>
internal static class HeadlineSection
{
    public static void Write(Page page, Verdict verdict)
    {
        Html html = page.Html;
        Interval value = verdict.Interval;
        html.Open("section", ("class", "headline"));
        html.Open("p", ("class", "big")).Element("span", Text(verdict, value.Value), ("class", "number"));
        html.Element("span", $"{Kind(verdict)} {verdict.Measure}", ("class", "measure")).Close();
        page.Paragraph(value.IsKnown
            ? $"95 % interval {Range(verdict, value)}, {verdict.Reason}."
            : "No interval: the answer holds no standard error.");
        foreach (string sentence in Sentences(verdict))
        {
            page.Paragraph(sentence);
        }

        html.Close();
        Tiles(html, verdict);
    }

    /// <summary>A value of the answer's measure: a share in percent, or an RMSE.</summary>
    public static string Text(Verdict verdict, double value) => verdict.IsClassification ? Words.Percent(value) : Words.General(value);

    /// <summary>"97.5 to 98.8 %".</summary>
    public static string Range(Verdict verdict, Interval interval) => !interval.IsKnown ? Words.None
        : verdict.IsClassification ? $"{Words.Fixed(100 * interval.Low, 2)} to {Words.Percent(interval.High)}"
        : $"{Words.General(interval.Low)} to {Words.General(interval.High)}";

    private static string Kind(Verdict verdict) => verdict.IsOverSeeds ? $"mean {verdict.Ground}" : verdict.Ground;

    private static IEnumerable<string> Sentences(Verdict verdict)
    {
        FitAnswer answer = verdict.Answer;
        if (verdict.IsOverSeeds)
        {
            Interval own = verdict.OfRows(verdict.Score);
            yield return $"The answer's own seed gives {Text(verdict, own.Value)}, with the 95 % interval {Range(verdict, own)} "
                + $"over {Words.Count(verdict.Score.Rows)} rows.";
        }

        yield return verdict.IsClassification ? Mistaken(verdict) : Baseline(verdict);
        if (answer.Test is not null && answer.LeaveOneOut is { } left && double.IsFinite(verdict.Of(left)))
        {
            yield return $"Leave-one-out, which saw training rows alone, said {Text(verdict, verdict.Of(left))}.";
        }
    }

    private static string Mistaken(Verdict verdict)
    {
        double accuracy = verdict.Of(verdict.Score);
        if (!double.IsFinite(accuracy))
        {
            return "The answer holds no accuracy.";
        }

        int rows = verdict.Score.Rows;
        string wrong = $"Scored on {Words.Count(rows)} {verdict.Rows}: {Words.Count((long)Math.Round((1 - accuracy) * rows))} misclassified.";
        return Confusion.Of(verdict.Score) is { Total: > 0 } confusion
            ? $"{wrong} Always saying “{verdict.Answer.ClassName(confusion.Largest)}” would be right on {Words.Percent(confusion.LargestShare, 1)}."
            : wrong;
    }

    // 1 − R² is the squared error over that of the constant guess.
    private static string Baseline(Verdict verdict)
    {
        string rows = $"Scored on {Words.Count(verdict.Score.Rows)} {verdict.Rows}, in units of “{verdict.Answer.Data.Target}”.";
        return verdict.Score is { Rmse: { } rmse, R2: { } r2 } && r2 < 1 && double.IsFinite(rmse / (1 - r2))
            ? $"{rows} R² is {Words.Fixed(r2, 3)}: always guessing the mean would give {Words.General(rmse / Math.Sqrt(1 - r2))}."
            : rows;
    }

    private static void Tiles(Html html, Verdict verdict)
    {
        FitAnswer answer = verdict.Answer;
        html.Open("dl", ("class", "tiles"));
        Tile(html, "Training data", $"{Words.Count(answer.Data.Rows)} × {Words.Count(answer.Data.Columns)}", "rows × columns");
        Tile(html, "Features", Words.Count(answer.Model.Width), answer.Model.Features);
        Tile(html, "Penalty", Words.Trimmed(answer.Model.Penalty, 3), answer.Model.Selection);
        string threads = answer.Threads switch { < 1 => "wall-clock time", 1 => "1 thread", _ => $"{Words.Count(answer.Threads)} threads" };
        Tile(html, "Fitted in", Words.Duration(answer.Seconds.Fit), threads);
        Tile(html, "Peak memory", Words.Bytes(answer.PeakMemoryBytes), "of the whole process");
        html.Close();
    }

    private static void Tile(Html html, string name, string value, string unit)
    {
        html.Open("div").Element("dt", name).Element("dd", value, ("class", "value")).Element("dd", unit, ("class", "unit")).Close();
    }
}
