using System.Globalization;
using SeedHead.Heads;
using SeedHead.Report.Answers;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Charts;

/// <summary>How often predictions of a confidence are right, and below it how many rows each confidence bin holds.</summary>
internal static class ReliabilityChart
{
    public static void Draw(Html html, IReadOnlyList<CalibrationBin> bins)
    {
        CalibrationBin[] used = [.. bins.Where(bin => bin.Count > 0)];
        var percent = LinearScale.Percent();
        Key[] keys = [new("share right, 95 % interval", Mark.Line, "s1"), new("calibrated", Mark.Dash, "soft")];
        var x = new Axis(percent, "Confidence of the prediction (%)");
        Frame frame = Frame.Open(
            html, "Reliability diagram", Describe(used), x, new Axis(percent, "Predictions that are right (%)"), keys, 220, SharedLeft(bins));
        frame.Line([(0, 0), (1, 1)], "dash soft");
        frame.Bars(used.Select(Bar), "s1 pale", cap: 0);
        frame.Line(used.Select(bin => (bin.Confidence, bin.Accuracy)), "s1");
        foreach (CalibrationBin bin in used)
        {
            string tooltip = $"{Words.Count(bin.Count)} rows: confidence {Words.Percent(bin.Confidence, 1)}, right {Words.Percent(bin.Accuracy, 1)}";
            frame.Dot(bin.Confidence, bin.Accuracy, "dot s1", tooltip);
        }

        frame.Close();
        DrawCounts(html, bins, x);
    }

    private static (double X, double Low, double High) Bar(CalibrationBin bin)
    {
        Interval share = Interval.Share(bin.Accuracy, bin.Count);
        return (bin.Confidence, share.Low, share.High);
    }

    private static void DrawCounts(Html html, IReadOnlyList<CalibrationBin> bins, Axis x)
    {
        int most = bins.Max(bin => bin.Count);
        long rows = bins.Sum(bin => (long)bin.Count);
        string description = $"{bins.Count} equal bins hold {Words.Count(rows)} rows, at most {Words.Count(most)} in one.";
        var y = new Axis(LinearScale.Over([0, most * 1.08], wanted: 3, isCount: true), "Rows in the bin");
        Frame frame = Frame.Open(html, "Rows in each confidence bin", description, x, y, [], 90, SharedLeft(bins));
        for (int i = 0; i < bins.Count; i++)
        {
            double from = i / (double)bins.Count, to = (i + 1) / (double)bins.Count;
            if (bins[i].Count > 0)
            {
                string tooltip = $"{Words.Percent(from, 1)} to {Words.Percent(to, 1)}: {Words.Count(bins[i].Count)} rows";
                frame.Column(from, to, bins[i].Count, "fill s1", tooltip).Above((from + to) / 2, bins[i].Count, Short(bins[i].Count), 9);
            }
        }

        frame.Close();
    }

    // Both drawings start at one place, so that a point stands over its bin.
    private static double SharedLeft(IReadOnlyList<CalibrationBin> bins) =>
        12 + Frame.TextWidth(Words.Count(Math.Max(100, 2 * bins.Max(bin => (long)bin.Count))));

    // Four characters fill a bin's width.
    private static string Short(int count) => count < 10_000 ? count.ToString(CultureInfo.InvariantCulture)
        : count < 1_000_000 ? $"{count / 1000}k"
        : $"{count / 1_000_000}M";

    private static string Describe(CalibrationBin[] used) =>
        string.Join("; ", used.Select(bin => $"at confidence {Words.Percent(bin.Confidence, 0)} {Words.Percent(bin.Accuracy, 0)} are right")) + ".";
}
