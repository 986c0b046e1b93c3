using System.Globalization;
using SeedHead.Compute;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report;

/// <summary>What a map of complexities is drawn as, on its page and in files.</summary>
internal static class ComplexityFigures
{
    /// <summary>A map a measure.</summary>
    public static IEnumerable<HeatMap> Maps(ComplexityAnswer answer) =>
        from measure in answer.Measures
        let cells = answer.Cells.Where(cell => cell.Measure == measure.Name).ToArray()
        where cells.Length > 0
        select Map(measure.Name, cells);

    /// <summary>Mean complexity over weight scale (down) and depth (right), colours from the least to the greatest mean.</summary>
    public static HeatMap Map(string measure, IReadOnlyList<ComplexityCell> cells)
    {
        int[] depths = [.. cells.Select(cell => cell.Depth).Distinct()];
        double[] scales = [.. cells.Select(cell => cell.Scale).Distinct()];
        double[] means = [.. cells.Where(cell => cell.Mean is not null).Select(cell => cell.Mean!.Value)];
        (double least, double greatest) = means.Length == 0 ? (0, 0) : (means.Min(), means.Max());
        return new(
            measure, $"Map of {measure}", "Weight scale", "Hidden layers", [.. scales.Select(Scale)], [.. depths.Select(depth => Words.Count(depth))],
            [.. scales.Select(scale => (IReadOnlyList<double>)[.. depths.Select(depth => cells.FirstOrDefault(cell => cell.Scale == scale && cell.Depth == depth)?.Mean ?? double.NaN)])],
            least, greatest);
    }

    /// <summary>One measure's means against another's, a point a cell, coloured by depth.</summary>
    public static IEnumerable<Figure> Scatters(ComplexityAnswer answer) => answer.Correlations.Select(one =>
    {
        (ComplexityCell X, ComplexityCell Y)[] pairs = [.. MeasureCorrelation.Pairs(answer.Cells, one.X, one.Y)];
        return new Figure(
            $"{one.Y} against {one.X}", $"mean {one.X}", $"mean {one.Y}", false,
            [.. pairs.GroupBy(pair => pair.X.Depth).Select(depth => new Series(
                depth.Key == 1 ? "1 layer" : $"{Words.Count(depth.Key)} layers", SeriesKind.Cloud, [.. depth.Select(pair => new FigurePoint(pair.X.Mean!.Value, pair.Y.Mean!.Value, 0, $"{pair.X.Net}, scale {Scale(pair.X.Scale)}"))]))],
            $"{Words.Count(one.Cells)} cells: mean {one.Y} over mean {one.X}.");
    });

    /// <summary>Power by frequency, a figure a cell.</summary>
    public static IEnumerable<(PowerShares Spectrum, Figure Figure)> Spectra(ComplexityAnswer answer) => answer.Spectra.Select(spectrum =>
    {
        string at = $"{spectrum.Net}, scale {Words.General(spectrum.Scale)}";
        Series[] series = [Line("networks", SeriesKind.Line, spectrum.Sampled), .. spectrum.Limit is { } limit ? (Series[])[Line("infinite width", SeriesKind.Dashed, limit)] : []];
        return (spectrum, new Figure(
            $"Power by frequency: {at}", "frequency (periods a side)", "log₁₀ of the share of power", true, series, $"Share of power by frequency of {at}."));
    });

    /// <summary>Network 0 at some cells.</summary>
    public static PictureGrid Functions(ComplexityAnswer answer)
    {
        var rows = answer.Thumbnails.GroupBy(picture => picture.Scale).ToArray();
        return new(
            "functions", "Functions of network 0", "Weight scale", "Hidden layers", [.. rows.Select(row => Scale(row.Key))], [.. rows[0].Select(picture => Words.Count(picture.Depth))],
            [.. rows.Select(row => (IReadOnlyList<FunctionThumbnail>)[.. row])]);
    }

    /// <summary>A scale in words.</summary>
    public static string Scale(double scale) => scale.ToString("0.####", CultureInfo.InvariantCulture);

    private static Series Line(string name, SeriesKind kind, IReadOnlyList<double> shares) => new(name, kind,
        [.. shares.Select((share, m) => (share, m)).Where(one => one.m > 0 && one.share > 0)
            .Select(one => new FigurePoint(one.m, Elementary.Log(one.share) / Elementary.Log(10), 0, $"{name}, frequency {one.m}"))]);
}
