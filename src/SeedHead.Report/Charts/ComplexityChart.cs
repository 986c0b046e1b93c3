using System.Globalization;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Charts;

/// <summary>Mean complexity over weight scale (down) and depth (right): dark is simple, bright is complex, between the least and the greatest mean of the map.</summary>
internal static class ComplexityChart
{
    private static int Levels => ColourScale.Levels.Count;

    private const double CellWidth = 50, CellHeight = 24, Top = 40, KeyHeight = 46;

    public static void Draw(Html html, string measure, IReadOnlyList<ComplexityCell> cells)
    {
        int[] depths = [.. cells.Select(cell => cell.Depth).Distinct()];
        double[] scales = [.. cells.Select(cell => cell.Scale).Distinct()];
        double[] means = [.. cells.Where(cell => cell.Mean is not null).Select(cell => cell.Mean!.Value)];
        (double least, double greatest) = means.Length == 0 ? (0, 0) : (means.Min(), means.Max());
        double left = 16 + Frame.TextWidth(scales.Select(Scale).MaxBy(text => text.Length)!);
        double width = Math.Max(left + (depths.Length * CellWidth) + 4, left + 260), height = Top + (scales.Length * CellHeight) + KeyHeight;
        var svg = new Svg(html, width, height, $"Map of {measure}", Describe(cells, least, greatest), "matrix fixed");
        svg.Text(0, 12, "Weight scale", style: "axis-title").Text(left + (depths.Length * CellWidth / 2), 12, "Hidden layers", "middle", "axis-title");
        for (int j = 0; j < depths.Length; j++)
        {
            svg.Text(left + ((j + 0.5) * CellWidth), Top - 6, Words.Count(depths[j]), "middle", "tick");
        }

        for (int i = 0; i < scales.Length; i++)
        {
            double y = Top + (i * CellHeight);
            svg.Text(left - 6, y + (CellHeight / 2) + 4, Scale(scales[i]), "end", "tick");
            for (int j = 0; j < depths.Length; j++)
            {
                if (cells.FirstOrDefault(cell => cell.Depth == depths[j] && cell.Scale == scales[i]) is { } cell)
                {
                    DrawCell(svg, cell, left + (j * CellWidth), y, least, greatest);
                }
            }
        }

        DrawKey(svg, left, Top + (scales.Length * CellHeight) + 14, least, greatest);
        svg.Close();
    }

    private static void DrawCell(Svg svg, ComplexityCell cell, double x, double y, double least, double greatest)
    {
        int level = cell.Mean is { } mean ? ColourScale.Level(mean, least, greatest) : -1;
        svg.Rect(x + 0.5, y + 0.5, CellWidth - 1, CellHeight - 1, level < 0 ? "heat-none" : $"heat{level}", tooltip: Tooltip(cell));
        string style = level < 0 ? "tick" : level <= ColourScale.LastDark ? "on-dark" : "on-light";
        svg.Text(x + (CellWidth / 2), y + (CellHeight / 2) + 4, cell.Mean is { } value ? Words.General(value, 3) : "none", "middle", style, 11);
    }

    private static void DrawKey(Svg svg, double left, double top, double least, double greatest)
    {
        const double step = 12;
        for (int level = 0; level < Levels; level++)
        {
            svg.Rect(left + (level * step), top, step, 12, $"heat{level}");
        }

        svg.Text(left, top + 26, Words.General(least, 3), style: "tick");
        svg.Text(left + (Levels * step), top + 26, Words.General(greatest, 3), "end", "tick");
    }

    private static string Tooltip(ComplexityCell cell)
    {
        string mean = cell.Mean is { } value ? Words.General(value, 4) : "undefined";
        string spread = cell.Deviation is { } deviation ? $", standard deviation {Words.General(deviation, 3)}" : "";
        string undefined = cell.Undefined > 0 ? $", {Words.Count(cell.Undefined)} undefined" : "";
        return $"{cell.Net}, scale {Scale(cell.Scale)}: {mean}{spread}, {Words.Count(cell.Networks)} networks{undefined}";
    }

    private static string Scale(double scale) => scale.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Describe(IReadOnlyList<ComplexityCell> cells, double least, double greatest) =>
        $"{Words.Count(cells.Count)} cells of mean complexity, from {Words.General(least, 3)} to {Words.General(greatest, 3)}.";
}
