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
        Frame frame = Frame.Open(
            html, "Reliability diagram", Describe(used), new Axis(percent, "Confidence of the prediction (%)"), new Axis(percent, "Predictions that are right (%)"), keys, 220, SharedLeft(bins));
        frame.Line([(0, 0), (1, 1)], "dash soft");
        frame.Bars(used.Select(bin => Interval.Share(bin.Accuracy, bin.Count) is var share ? (bin.Confidence, share.Low, share.High) : default), "s1 pale", cap: 0);
        frame.Line(used.Select(bin => (bin.Confidence, bin.Accuracy)), "s1");
        foreach (CalibrationBin bin in used)
        {
            frame.Dot(bin.Confidence, bin.Accuracy, "dot s1", $"{Words.Count(bin.Count)} rows: confidence {Words.Percent(bin.Confidence, 1)}, right {Words.Percent(bin.Accuracy, 1)}");
        }

        frame.Close();
        DrawCounts(html, bins, percent);
    }

    private static void DrawCounts(Html html, IReadOnlyList<CalibrationBin> bins, Scale percent)
    {
        int most = bins.Max(bin => bin.Count);
        long rows = bins.Sum(bin => (long)bin.Count);
        Frame frame = Frame.Open(
            html, "Rows in each confidence bin", $"{bins.Count} equal bins hold {Words.Count(rows)} rows, at most {Words.Count(most)} in one.",
            new Axis(percent, "Confidence of the prediction (%)"), new Axis(LinearScale.Over([0, most * 1.08], wanted: 3, isCount: true), "Rows in the bin"), [], 90, SharedLeft(bins));
        for (int i = 0; i < bins.Count; i++)
        {
            double from = i / (double)bins.Count, to = (i + 1) / (double)bins.Count;
            if (bins[i].Count > 0)
            {
                frame.Column(from, to, bins[i].Count, "fill s1", $"{Words.Percent(from, 1)} to {Words.Percent(to, 1)}: {Words.Count(bins[i].Count)} rows");
                frame.Text((from + to) / 2, bins[i].Count, Short(bins[i].Count), dy: -3, style: "tick", size: 9);
            }
        }

        frame.Close();
    }

    // Both drawings start at one place, so that a point stands over its bin.
    private static double SharedLeft(IReadOnlyList<CalibrationBin> bins) => 12 + Frame.TextWidth(Words.Count(Math.Max(100, (long)(2 * bins.Max(bin => (double)bin.Count)))));

    // Five characters fill a bin's width.
    private static string Short(int count) => count < 10_000 ? Words.Fixed(count, 0).Replace(",", "", StringComparison.Ordinal) : count < 1_000_000 ? $"{count / 1000}k" : $"{count / 1_000_000}M";

    private static string Describe(CalibrationBin[] used) => used.Length == 0
        ? "No rows."
        : string.Join("; ", used.Select(bin => $"at confidence {Words.Percent(bin.Confidence, 0)} {Words.Percent(bin.Accuracy, 0)} are right")) + ".";
}
