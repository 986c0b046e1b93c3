using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Charts;

/// <summary>Numbers over two axes: dark is low, bright is high.</summary>
internal static class HeatMapChart
{
    private const double CellWidth = 50, CellHeight = 24, Top = 40, KeyHeight = 46;

    /// <summary>Draws a map whose cells are told by their row, column and number.</summary>
    public static void Draw(Html html, HeatMap map) => Draw(
        html, map, $"{Words.Count(map.Rows.Count * map.Columns.Count)} cells, colours from {Words.General(map.Least, 3)} to {Words.General(map.Greatest, 3)}.",
        (i, j) => $"{map.RowAxis} {map.Rows[i]}, {map.ColumnAxis} {map.Columns[j]}: {Words.General(Value(map, i, j), 4)}");

    /// <summary>Draws a map.</summary>
    /// <param name="html">Takes it.</param>
    /// <param name="map">The map.</param>
    /// <param name="description">The map in words.</param>
    /// <param name="tooltip">What the cell of a row and a column tells.</param>
    public static void Draw(Html html, HeatMap map, string description, Func<int, int, string> tooltip)
    {
        double left = 16 + Frame.TextWidth(map.Rows.MaxBy(text => text.Length)!), right = left + (map.Columns.Count * CellWidth);
        double width = Math.Max(right + 4, left + 260), height = Top + (map.Rows.Count * CellHeight) + KeyHeight;
        var svg = new Svg(html, width, height, map.Title, description, "matrix fixed");
        svg.Text(0, 12, map.RowAxis, style: "axis-title").Text(Math.Max((left + right) / 2, Frame.TextWidth(map.RowAxis) + 60), 12, map.ColumnAxis, "middle", "axis-title");
        for (int j = 0; j < map.Columns.Count; j++)
        {
            svg.Text(left + ((j + 0.5) * CellWidth), Top - 6, map.Columns[j], "middle", "tick");
        }

        for (int i = 0; i < map.Rows.Count; i++)
        {
            double y = Top + (i * CellHeight);
            svg.Text(left - 6, y + (CellHeight / 2) + 4, map.Rows[i], "end", "tick");
            for (int j = 0; j < map.Columns.Count; j++)
            {
                DrawCell(svg, map, Value(map, i, j), left + (j * CellWidth), y, tooltip(i, j));
            }
        }

        DrawKey(svg, map, left, Top + (map.Rows.Count * CellHeight) + 14);
        svg.Close();
    }

    private static double? Value(HeatMap map, int i, int j) => double.IsNaN(map.Values[i][j]) ? null : map.Values[i][j];

    private static void DrawCell(Svg svg, HeatMap map, double? value, double x, double y, string tooltip)
    {
        int level = value is { } number ? ColourScale.Level(number, map.Least, map.Greatest) : -1;
        svg.Rect(x + 0.5, y + 0.5, CellWidth - 1, CellHeight - 1, level < 0 ? "heat-none" : $"heat{level}", tooltip: tooltip);
        string style = level < 0 ? "tick" : level <= ColourScale.LastDark ? "on-dark" : "on-light";
        svg.Text(x + (CellWidth / 2), y + (CellHeight / 2) + 4, value is null ? "none" : Words.General(value, 3), "middle", style, 11);
    }

    private static void DrawKey(Svg svg, HeatMap map, double left, double top)
    {
        const double step = 12;
        for (int level = 0; level < ColourScale.Levels.Count; level++)
        {
            svg.Rect(left + (level * step), top, step, 12, $"heat{level}");
        }

        svg.Text(left, top + 26, Words.General(map.Least, 3), style: "tick");
        svg.Text(left + (ColourScale.Levels.Count * step), top + 26, Words.General(map.Greatest, 3), "end", "tick");
    }
}
