using System.Globalization;
using System.Text;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Charts;

/// <summary>True against predicted classes as a heat map: blue where they agree, orange where not, the stronger the larger the share of the true class.</summary>
internal static class ConfusionChart
{
    private const int Levels = 12;

    /// <summary>Beyond this many classes cells are too small for a count.</summary>
    private const int MostCounted = 30;

    private const double KeyWidth = 290;

    public static void Draw(Html html, IReadOnlyList<IReadOnlyList<int>> counts, IReadOnlyList<string> classes)
    {
        int n = counts.Count;
        double cell = Cell(n);
        string[] labels = [.. Enumerable.Range(0, n).Select(i => Words.Shorten(Name(classes, i), 16))];
        int every = (int)Math.Ceiling(16 / cell);
        double gutter = 10 + Frame.TextWidth(new string('m', labels.Where((_, i) => i % every == 0).Max(label => label.Length)));
        bool isTurned = gutter - 10 > cell * every;
        double left = 22 + Math.Max(gutter, 24), top = 24 + (isTurned ? gutter : 18);
        double size = n * cell;
        double width = Math.Max(left + size, left + KeyWidth) + 6, height = top + size + 48;
        var svg = new Svg(html, width, height, "Confusion matrix", Describe(counts, classes), n <= 12 ? "matrix" : "matrix fixed");
        svg.Text(left + (size / 2), 12, "Predicted class", "middle", "axis-title");
        svg.Text(12, top + (size / 2), "True class", "middle", "axis-title", turn: -90);
        for (int i = 0; i < n; i += every)
        {
            double middle = (i + 0.5) * cell;
            svg.Text(left - 6, top + middle + 4, labels[i], "end", "tick");
            double over = left + middle + (isTurned ? 4 : 0);
            svg.Text(over, top - 6, labels[i], isTurned ? "start" : "middle", "tick", turn: isTurned ? -90 : 0);
        }

        svg.Rect(left, top, size, size, "matrix-ground");
        if (n <= MostCounted)
        {
            DrawCells(svg, counts, classes, left, top, cell);
        }
        else
        {
            DrawLevels(svg, counts, left, top, cell);
        }

        DrawKey(svg, left, top + size + 12);
        svg.Close();
    }

    /// <summary>The name of a class, or its number where the list is too short.</summary>
    public static string Name(IReadOnlyList<string> classes, int i) => i < classes.Count ? classes[i] : $"class {i}";

    // Whole units, so that cells meet on pixels and no seams show.
    private static double Cell(int n) => n <= 12 ? Math.Clamp(Math.Floor(336.0 / n), 28, 56)
        : n <= MostCounted ? 26
        : Math.Max(5, Math.Floor(780.0 / n));

    private static void DrawCells(
        Svg svg, IReadOnlyList<IReadOnlyList<int>> counts, IReadOnlyList<string> classes, double left, double top, double cell)
    {
        for (int i = 0; i < counts.Count; i++)
        {
            long total = counts[i].Sum(count => (long)count);
            for (int j = 0; j < counts[i].Count; j++)
            {
                if (counts[i][j] == 0)
                {
                    continue;
                }

                double share = counts[i][j] / (double)total, strength = Strength(share);
                double x = left + (j * cell), y = top + (i * cell);
                string tooltip = i == j
                    ? $"{Words.Count(counts[i][j])} of {Words.Count(total)} rows of {Name(classes, i)} are right"
                    : $"{Words.Count(counts[i][j])} of {Words.Count(total)} rows of {Name(classes, i)} are taken for {Name(classes, j)}";
                svg.Rect(x + 0.5, y + 0.5, cell - 1, cell - 1, i == j ? "right" : "wrong", strength, tooltip);
                DrawCount(svg, counts[i][j], x, y, cell, strength);
            }
        }
    }

    private static void DrawCount(Svg svg, int count, double x, double y, double cell, double strength)
    {
        string text = count < 10_000 ? count.ToString(CultureInfo.InvariantCulture) : $"{count / 1000}k";
        double size = Math.Clamp(0.9 * cell / (0.62 * text.Length), 7, 12);
        svg.Text(x + (cell / 2), y + (cell / 2) + (size * 0.36), text, "middle", strength > 0.6 ? "count on" : "count", size);
    }

    // One path for all cells of one strength: ten thousand cells stay a small file.
    private static void DrawLevels(Svg svg, IReadOnlyList<IReadOnlyList<int>> counts, double left, double top, double cell)
    {
        var paths = new StringBuilder?[2 * (Levels + 1)];
        for (int i = 0; i < counts.Count; i++)
        {
            long total = counts[i].Sum(count => (long)count);
            for (int j = 0; j < counts[i].Count; j++)
            {
                if (counts[i][j] > 0)
                {
                    int level = (int)Math.Ceiling(Levels * Strength(counts[i][j] / (double)total));
                    StringBuilder path = paths[(2 * level) + (i == j ? 0 : 1)] ??= new StringBuilder();
                    path.Append('M').Append(Svg.At(left + (j * cell))).Append(' ').Append(Svg.At(top + (i * cell)))
                        .Append('h').Append(Svg.At(cell)).Append('v').Append(Svg.At(cell)).Append("h-").Append(Svg.At(cell)).Append('z');
                }
            }
        }

        for (int k = 0; k < paths.Length; k++)
        {
            if (paths[k] is { } path)
            {
                svg.Path(path.ToString(), $"{(k % 2 == 0 ? "right" : "wrong")} level{k / 2}");
            }
        }
    }

    private static void DrawKey(Svg svg, double left, double top)
    {
        double[] shares = [0.01, 0.1, 0.3, 1];
        svg.Text(left, top + 10, "Share of the true class, right and wrong:", style: "tick");
        (double x, top) = (left, top + 19);
        for (int i = 0; i < shares.Length; i++)
        {
            svg.Rect(x, top, 12, 12, "right", Strength(shares[i])).Rect(x + 13, top, 12, 12, "wrong", Strength(shares[i]));
            string label = $"{100 * shares[i]:0}\u00a0%";
            svg.Text(x + 29, top + 11, label, style: "tick");
            x += 40 + Frame.TextWidth(label);
        }
    }

    // The root lets one row in a hundred still be seen beside ninety-nine.
    private static double Strength(double share) => share <= 0 ? 0 : 0.06 + (0.94 * Math.Sqrt(Math.Min(1, share)));

    private static string Describe(IReadOnlyList<IReadOnlyList<int>> counts, IReadOnlyList<string> classes)
    {
        long total = counts.Sum(row => row.Sum(count => (long)count));
        long right = counts.Select((row, i) => i < row.Count ? (long)row[i] : 0).Sum();
        return $"{counts.Count} classes; {Words.Count(right)} of {Words.Count(total)} rows lie on the diagonal. First class: {Name(classes, 0)}.";
    }
}
