using System.Globalization;
using System.Text;
using SeedHead.Data;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report;

/// <summary>Figures as files of their own: SVG and CSV, and PNG for maps and pictures.</summary>
internal static class FigureFiles
{
    private const int CellPixels = 24; // of a map's PNG
    private const int Gap = 2; // between pictures

    /// <summary>Names and contents of a repeated paper's figures. The same answer gives the same bytes.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Of(ReproduceAnswer answer) => answer.Studies.SelectMany(study => (IEnumerable<(string, byte[])>)
    [
        .. study.Figures.Where(figure => figure.Series.Count > 0).SelectMany(figure => Of($"{study.Id}-{figure.Title}", html => FigureChart.Draw(html, figure), Csv(figure))),
        .. study.Maps.SelectMany(map => Of(map.Name, html => HeatMapChart.Draw(html, map), Csv(map)).Append(($"{Slug(map.Name)}.png", Png(map)))),
        .. study.Planes.SelectMany(plane => Of(plane.Name, html => MapChart.Draw(html, plane), Csv(plane))),
        .. study.Pictures.Select(grid => ($"{Slug(grid.Name)}.png", Png(grid))),
    ]);

    /// <summary>Names and contents of a map's figures.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Of(ComplexityAnswer answer) =>
    [
        .. ComplexityFigures.Maps(answer).SelectMany(map => Of($"map-{map.Name}", html => HeatMapChart.Draw(html, map), Csv(map)).Append(($"map-{Slug(map.Name)}.png", Png(map)))),
        .. ComplexityFigures.Scatters(answer).Concat(ComplexityFigures.Spectra(answer).Select(one => one.Figure)).SelectMany(figure => Of(figure.Title, html => FigureChart.Draw(html, figure), Csv(figure))),
        .. answer.Thumbnails.Count > 0 ? [("functions.png", Png(ComplexityFigures.Functions(answer)))] : (IEnumerable<(string, byte[])>)[],
    ];

    private static IEnumerable<(string Name, byte[] Content)> Of(string name, Action<Html> draw, string csv) => [($"{Slug(name)}.svg", Encoding.UTF8.GetBytes(Alone(draw))), ($"{Slug(name)}.csv", Encoding.UTF8.GetBytes(csv))];

    /// <summary>A drawing that brings its own style, on the ground it has on a page.</summary>
    public static string Alone(Action<Html> draw)
    {
        var html = new Html();
        draw(html);
        string svg = html.ToString();
        int inside = svg.IndexOf('>', StringComparison.Ordinal) + 1;
        return $"{svg[..inside]}<style>{ReportStyle.Css} svg {{ background: var(--card); font-family: sans-serif; }}</style>{svg[inside..]}";
    }

    private static string Csv(Figure figure) => Lines(
        ["series", "x", "y", "spread", "label"],
        figure.Series.SelectMany(series => series.Points.Select(point => (string[])[series.Name, Number(point.X), Number(point.Y), Number(point.Spread), point.Label])));

    private static string Csv(HeatMap map) => Lines(
        [$"{map.RowAxis} / {map.ColumnAxis}", .. map.Columns], map.Rows.Select((row, i) => (string[])[row, .. map.Values[i].Select(Number)]));

    private static string Csv(ClassMap map) => Lines(["x", "y", "class"], map.X.Select((x, i) => (string[])[Number(x), Number(map.Y[i]), map.Classes[map.Codes[i]]]));

    private static string Lines(IEnumerable<string> heads, IEnumerable<IEnumerable<string>> rows) =>
        string.Concat(rows.Prepend(heads).Select(row => string.Join(',', row.Select(ReproduceCsv.Quoted)) + "\n"));

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static byte[] Png(HeatMap map)
    {
        int height = map.Rows.Count * CellPixels, width = map.Columns.Count * CellPixels;
        var indices = new byte[height * width];
        for (int i = 0; i < indices.Length; i++)
        {
            double value = map.Values[i / width / CellPixels][i % width / CellPixels], share = (value - map.Least) / (map.Greatest - map.Least);
            indices[i] = double.IsFinite(share) ? (byte)Math.Round(255 * Math.Clamp(share, 0, 1)) : (byte)0;
        }

        return PngWriter.WriteIndexed(indices, height, width, ColourScale.Palette);
    }

    private static byte[] Png(PictureGrid grid)
    {
        int side = grid.Pictures[0][0].Side, step = side + Gap, height = (grid.Rows.Count * step) - Gap, width = (grid.Columns.Count * step) - Gap;
        var pixels = new byte[height * width];
        Array.Fill(pixels, byte.MaxValue);
        for (int i = 0; i < grid.Rows.Count; i++)
        {
            for (int j = 0; j < grid.Columns.Count; j++)
            {
                for (int row = 0; row < side; row++)
                {
                    grid.Pictures[i][j].Pixels.AsSpan(row * side, side).CopyTo(pixels.AsSpan((((i * step) + row) * width) + (j * step)));
                }
            }
        }

        return PngWriter.Write(pixels, new ImageShape(height, width, 1));
    }

    /// <summary>Letters and digits of a name in lower case, a dash for what lies between.</summary>
    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (char c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }
}
