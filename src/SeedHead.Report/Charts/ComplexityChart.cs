using System.Globalization;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Charts;

/// <summary>Mean complexity over weight scale (down) and depth (right): dark is simple, bright is complex, between the least and the greatest mean of the map.</summary>
internal static class ComplexityChart
{
    public static void Draw(Html html, string measure, IReadOnlyList<ComplexityCell> cells)
    {
        int[] depths = [.. cells.Select(cell => cell.Depth).Distinct()];
        double[] scales = [.. cells.Select(cell => cell.Scale).Distinct()];
        double[] means = [.. cells.Where(cell => cell.Mean is not null).Select(cell => cell.Mean!.Value)];
        (double least, double greatest) = means.Length == 0 ? (0, 0) : (means.Min(), means.Max());
        ComplexityCell? At(int i, int j) => cells.FirstOrDefault(cell => cell.Scale == scales[i] && cell.Depth == depths[j]);
        var map = new HeatMap(
            measure, $"Map of {measure}", "Weight scale", "Hidden layers", [.. scales.Select(Scale)], [.. depths.Select(depth => Words.Count(depth))],
            [.. scales.Select((_, i) => (IReadOnlyList<double>)[.. depths.Select((_, j) => At(i, j)?.Mean ?? double.NaN)])], least, greatest);
        HeatMapChart.Draw(html, map, Describe(cells, least, greatest), (i, j) => At(i, j) is { } cell ? Tooltip(cell) : "none");
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
