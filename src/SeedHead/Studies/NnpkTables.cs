using System.Globalization;

namespace SeedHead.Studies;

/// <summary>Tables and figures from cells over seeds.</summary>
internal static class NnpkTables
{
    /// <summary>Mean and, over several seeds, standard deviation, as "84.3 ± 0.2"; a dash where nothing is finished.</summary>
    public static string Text(IReadOnlyList<double> values, string format = "0.0") => values.Count switch
    {
        0 => "–",
        1 => values[0].ToString(format, CultureInfo.InvariantCulture),
        _ => $"{Statistics.Mean(values).ToString(format, CultureInfo.InvariantCulture)} ± {Statistics.Deviation(values).ToString(format, CultureInfo.InvariantCulture)}",
    };

    /// <summary>Entry i of rows over seeds.</summary>
    public static double[] At(NnpkResults results, IEnumerable<string> keys, string name, int i) =>
        [.. keys.Select(key => results.Row(key, name)).Where(row => row is not null && i < row.Length && double.IsFinite(row[i])).Select(row => row![i])];

    /// <summary>A point with its spread over seeds; null where nothing is finished.</summary>
    public static FigurePoint? Point(double x, IReadOnlyList<double> values, string label) =>
        values.Count == 0 ? null : new(x, Statistics.Mean(values), values.Count > 1 ? Statistics.Deviation(values) : 0, label);

    /// <summary>A line through finished points.</summary>
    public static Series Line(string name, IEnumerable<FigurePoint?> points, SeriesKind kind = SeriesKind.Line) => new(name, kind, [.. points.OfType<FigurePoint>()]);

    /// <summary>A figure without its empty series; none if all are.</summary>
    public static Figure[] Figure(string title, string x, string y, bool logX, IEnumerable<Series> series, string description)
    {
        Series[] drawn = [.. series.Where(line => line.Points.Count > 0)];
        return drawn.Length == 0 ? [] : [new(title, x, y, logX, drawn, description)];
    }
}
