using SeedHead.Report.Answers;
using SeedHead.Report.Markup;
using SeedHead.Models;
using SeedHead.Studies;

namespace SeedHead.Report.Charts;

/// <summary>Error against the number of features: leave-one-out at every width tried, the test error at the width chosen.</summary>
internal static class WidthChart
{
    public static void Draw(Html html, Verdict verdict, IReadOnlyList<WidthPoint> points)
    {
        FitAnswer answer = verdict.Answer;
        double factor = verdict.IsClassification ? 100 : 1;
        Interval test = TestError(verdict);
        double half = (test.High - test.Low) / (2 * Interval.Z); // the bars are one standard error, like those of the curve
        bool hasTest = double.IsFinite(test.Value) && answer.Model.Width > 0;
        double[] errors =
        [
            .. points.SelectMany(p => (double[])[p.Error - p.StandardError, p.Error, p.Error + p.StandardError]),
            test.Value - half, test.Value, test.Value + half,
        ];
        double[] widths = [.. points.Select(p => (double)p.Width), .. hasTest ? (double[])[answer.Model.Width] : []];
        string unit = verdict.IsClassification ? "Rows misclassified (%)" : $"RMSE ({Words.Shorten(answer.Data.Target, 40)})";
        var y = new Axis(LinearScale.Over(errors, factor), unit);
        var x = new Axis(LogScale.Two(widths), "Features (log₂ scale)");
        Key[] keys = [new("leave-one-out ± 1 SE", Mark.Line, "s1"), .. hasTest ? (Key[])[new("test ± 1 SE", Mark.Dot, "s2")] : []];
        Frame frame = Frame.Open(html, "Error against width", Describe(verdict, points, hasTest), x, y, keys);
        frame.Bars(points.Select(p => ((double)p.Width, p.Error - p.StandardError, p.Error + p.StandardError)), "s1");
        frame.Line(points.Select(p => ((double)p.Width, p.Error)), "s1");
        foreach (WidthPoint p in points)
        {
            string error = $"{Value(verdict, p.Error)} ± {Value(verdict, p.StandardError, 2)}";
            frame.Dot(p.Width, p.Error, "dot s1", $"{Words.Count(p.Width)} features: {error}, {Words.Duration(p.Seconds)}");
        }

        if (hasTest)
        {
            frame.Bars([(answer.Model.Width, test.Value - half, test.Value + half)], "s2");
            frame.Dot(answer.Model.Width, test.Value, "dot s2", $"test: {Value(verdict, test.Value)}", 4.5);
        }

        frame.Close();
    }

    /// <summary>An error in the answer's unit: a share in percent, or an RMSE.</summary>
    public static string Value(Verdict verdict, double error, int digits = 4) =>
        verdict.IsClassification ? Words.Percent(error) : Words.General(error, digits);

    private static Interval TestError(Verdict verdict)
    {
        if (verdict.Answer.Test is not { } test)
        {
            return new Interval(double.NaN, double.NaN, double.NaN);
        }

        Interval score = Interval.Normal(verdict.Of(test), test.StandardError);
        return !verdict.IsClassification ? score
            : test.StandardError is null ? new Interval(1 - score.Value, double.NaN, double.NaN)
            : new Interval(1 - score.Value, 1 - score.High, 1 - score.Low);
    }

    private static string Describe(Verdict verdict, IReadOnlyList<WidthPoint> points, bool hasTest)
    {
        string curve = $"Leave-one-out error from {Value(verdict, points[0].Error)} at {Words.Count(points[0].Width)} features "
            + $"to {Value(verdict, points[^1].Error)} at {Words.Count(points[^1].Width)}.";
        return hasTest ? $"{curve} Test error at the chosen width: {Value(verdict, TestError(verdict).Value)}." : curve;
    }
}
