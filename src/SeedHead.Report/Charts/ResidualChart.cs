using SeedHead.Report.Markup;

namespace SeedHead.Report.Charts;

/// <summary>How often residuals (true minus predicted) of each size occur.</summary>
internal static class ResidualChart
{
    public static void Draw(Html html, IReadOnlyList<double> residuals, string target)
    {
        (double from, double step, int[] counts) = Bin(residuals);
        double to = from + (step * counts.Length), mean = residuals.Sum() / residuals.Count;
        var x = new Axis(LinearScale.Over([from, to], wanted: 6), $"True minus predicted {Words.Shorten(target, 24)}");
        var y = new Axis(LinearScale.Over([0, counts.Max()], isCount: true), "Test rows");
        Key[] keys = [new("rows", Mark.Bar, "fill s1"), new("mean residual", Mark.Dash, "s2")];
        string description = $"{Words.Count(residuals.Count)} residuals with mean {Words.General(mean, 3)} in {counts.Length} bins of {Words.General(step, 3)}.";
        Frame frame = Frame.Open(html, "Histogram of residuals", description, x, y, keys, 260);
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                double low = from + (i * step);
                string tooltip = $"{Words.General(low, 3)} to {Words.General(low + step, 3)}: {Words.Count(counts[i])} rows";
                frame.Column(low, low + step, counts[i], "fill s1", tooltip);
            }
        }

        frame.Marker(mean, "line dash s2").Close();
    }

    /// <summary>Bins of a round size near 2·IQR/∛n (Freedman and Diaconis, 1981), at most 60, zero on an edge.</summary>
    internal static (double From, double Step, int[] Counts) Bin(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        double range = sorted[^1] - sorted[0];
        double quartiles = sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4];
        double root = 1; // the integer nearest above the cube root
        while (root * root * root < sorted.Length)
        {
            root++;
        }

        double size = Math.Max(2 * quartiles / root, range / 50);
        if (!(size > Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1])) * 1e-9))
        {
            size = sorted[0] == 0 ? 1 : Math.Abs(sorted[0]) * 0.1; // all equal
        }

        double step = LinearScale.Step(size);
        double first = Math.Floor(sorted[0] / step);
        var counts = new int[(int)(Math.Floor(sorted[^1] / step) - first) + 1];
        foreach (double value in sorted)
        {
            counts[(int)(Math.Floor(value / step) - first)]++;
        }

        return (first * step, step, counts);
    }
}
