using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Charts;

/// <summary>Mean complexity over weight scale (down) and depth (right): dark is simple, bright is complex, between the least and the greatest mean of the map.</summary>
internal static class ComplexityChart
{
    public static void Draw(Html html, string measure, IReadOnlyList<ComplexityCell> cells)
    {
        HeatMap map = ComplexityFigures.Map(measure, cells);
        ComplexityCell? At(int i, int j) => cells.FirstOrDefault(cell => ComplexityFigures.Scale(cell.Scale) == map.Rows[i] && Words.Count(cell.Depth) == map.Columns[j]);
        HeatMapChart.Draw(html, map, Describe(cells, map.Least, map.Greatest), (i, j) => At(i, j) is { } cell ? Tooltip(cell) : "none");
    }

    private static string Tooltip(ComplexityCell cell)
    {
        string mean = cell.Mean is { } value ? Words.General(value, 4) : "undefined";
        string spread = cell.Deviation is { } deviation ? $", standard deviation {Words.General(deviation, 3)}" : "";
        string undefined = cell.Undefined > 0 ? $", {Words.Count(cell.Undefined)} undefined" : "";
        return $"{cell.Net}, scale {ComplexityFigures.Scale(cell.Scale)}: {mean}{spread}, {Words.Count(cell.Networks)} networks{undefined}";
    }

    private static string Describe(IReadOnlyList<ComplexityCell> cells, double least, double greatest) =>
        $"{Words.Count(cells.Count)} cells of mean complexity, from {Words.General(least, 3)} to {Words.General(greatest, 3)}.";
}
