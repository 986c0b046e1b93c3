using SeedHead.Report.Answers;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Charts;

/// <summary>One row: a name, a value with its interval, or single values, or both.</summary>
internal sealed record IntervalRow(string Label, Interval Interval, IReadOnlyList<double> Dots, string Tooltip);

/// <summary>Values with intervals under each other on one axis, so that overlap is seen at once.</summary>
internal static class IntervalChart
{
    private const double RowHeight = 26;

    public static void Draw(Html html, string title, string description, string unit, double factor, IReadOnlyList<IntervalRow> rows)
    {
        IEnumerable<double> shown = rows.SelectMany(row => (double[])[row.Interval.Value, row.Interval.Low, row.Interval.High, .. row.Dots]);
        var scale = LinearScale.Over(shown, factor, wanted: 4);
        string[] labels = [.. rows.Select(row => Words.Shorten(row.Label, 22))];
        double left = Math.Max(30, 12 + labels.Max(Frame.TextWidth)), right = Frame.Width - 18, bottom = 8 + (RowHeight * rows.Count);
        double At(double value) => left + (scale.Share(value) * (right - left));
        var svg = new Svg(html, Frame.Width, bottom + 40, title, description);
        foreach (Tick tick in scale.Ticks)
        {
            svg.Line(At(tick.Value), 4, At(tick.Value), bottom, "grid").Text(At(tick.Value), bottom + 16, tick.Label, "middle", "tick");
        }

        svg.Line(left, bottom, right, bottom, "axis").Text((left + right) / 2, bottom + 33, unit, "middle", "axis-title");
        for (int i = 0; i < rows.Count; i++)
        {
            DrawRow(svg, rows[i], labels[i], left, 8 + (RowHeight * (i + 0.5)), At);
        }

        svg.Close();
    }

    private static void DrawRow(Svg svg, IntervalRow row, string label, double left, double y, Func<double, double> at)
    {
        svg.Text(left - 10, y + 4, label, "end");
        foreach (double dot in row.Dots)
        {
            svg.Circle(at(dot), y, 3.5, "dot s1 see-through", Words.General(dot, 5));
        }

        if (row.Interval.IsKnown)
        {
            svg.Line(at(row.Interval.Low), y, at(row.Interval.High), y, "error wide s2");
        }

        if (double.IsFinite(row.Interval.Value))
        {
            svg.Circle(at(row.Interval.Value), y, 4.5, "dot s2", row.Tooltip);
        }
    }
}
