using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Charts;

/// <summary>A figure of a study: series of points with the spread over seeds.</summary>
internal static class FigureChart
{
    private static readonly string[] Styles = ["s1", "s2", "s3", "s4", "s5", "s6", "s7"];

    public static void Draw(Html html, Figure figure)
    {
        FigurePoint[] points = [.. figure.Series.SelectMany(series => series.Points)];
        double[] along = [.. points.Select(point => point.X)];
        var x = new Axis(figure.LogX ? LogScale.Ten(along) : LinearScale.Over(along), figure.X);
        double[] upwards = [.. points.SelectMany(point => (double[])[point.Y - point.Spread, point.Y + point.Spread])];
        var y = new Axis(figure.LogY ? LogScale.Ten(upwards) : LinearScale.Over(upwards), figure.Y);
        Frame frame = Frame.Open(html, figure.Title, figure.Description, x, y, [.. figure.Series.Select((series, i) => new Key(Name(series), MarkOf(series), Style(series, i)))]);
        for (int i = 0; i < figure.Series.Count; i++)
        {
            Draw(frame, figure.Series[i], Style(figure.Series[i], i), isNamed: figure.Series[i].Kind == SeriesKind.Points && i > 0, figure.LogY);
        }

        frame.Close();
    }

    private static void Draw(Frame frame, Series series, string style, bool isNamed, bool isLog)
    {
        if (series.Kind == SeriesKind.Cloud)
        {
            foreach (FigurePoint point in series.Points)
            {
                frame.Dot(point.X, point.Y, $"speck {style}", point.Label, 2.6);
            }

            return;
        }

        if (series.Kind == SeriesKind.Band)
        {
            frame.Band(series.Points.Select(point => (point.X, point.Y - point.Spread, point.Y + point.Spread)), style);
        }
        else
        {
            frame.Bars(series.Points.Where(point => point.Spread > 0).Select(point => (point.X, point.Y - point.Spread, point.Y + point.Spread)), style);
        }

        if (series.Kind != SeriesKind.Points)
        {
            frame.Line(series.Points.Select(point => (point.X, point.Y)), series.Kind == SeriesKind.Dashed ? $"dash {style}" : style);
        }

        foreach (FigurePoint point in series.Kind == SeriesKind.Dashed ? [] : series.Points)
        {
            frame.Dot(point.X, point.Y, $"dot {style}", $"{point.Label}: {(isLog ? Words.General(point.Y, 3) : Words.Fixed(point.Y, 2))}{(point.Spread > 0 ? $" ± {Words.Fixed(point.Spread, 2)}" : "")}");
            if (isNamed)
            {
                frame.Beside(point.X, point.Y, point.Label, 11);
            }
        }
    }

    private static string Name(Series series) => series.Kind != SeriesKind.Band && series.Points.Any(point => point.Spread > 0) ? $"{series.Name} ± sd" : series.Name;

    private static string Style(Series series, int i) => series.Kind == SeriesKind.Dashed ? "soft" : Styles[i % Styles.Length];

    private static Mark MarkOf(Series series) => series.Kind switch
    {
        SeriesKind.Line or SeriesKind.Band => Mark.Line,
        SeriesKind.Points or SeriesKind.Cloud => Mark.Dot,
        _ => Mark.Dash,
    };
}
