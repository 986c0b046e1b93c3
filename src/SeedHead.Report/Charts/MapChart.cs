using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Charts;

/// <summary>Rows in the plane, coloured by class, each class named where its rows lie densest.</summary>
internal static class MapChart
{
    private const double PlotHeight = 360;
    private static readonly string[] Styles = ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10"];

    /// <summary>Draws a study's map.</summary>
    public static void Draw(Html html, ClassMap map) => Draw(html, map.Title, (map.Across, map.Up), map.X, map.Y, map.Codes, map.Classes);

    /// <summary>Draws a map.</summary>
    /// <param name="html">Takes it.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="axes">Titles of the axes, across and up.</param>
    /// <param name="x">Places across.</param>
    /// <param name="y">Places up.</param>
    /// <param name="codes">Class of each row.</param>
    /// <param name="classes">Names of the classes; one name for rows without classes.</param>
    public static void Draw(Html html, string title, (string Across, string Up) axes, double[] x, double[] y, int[] codes, IReadOnlyList<string> classes)
    {
        Key[] keys = classes.Count < 2 ? [] : [.. classes.Select((name, code) => new Key(name, Mark.Dot, Style(code)))];
        string text = $"{Words.Count(x.Length)} rows{(classes.Count < 2 ? "" : $" of {classes.Count} classes, a colour each")}.";
        Frame frame = Frame.Open(html, title, text, new Axis(LinearScale.Over(x), axes.Across), new Axis(LinearScale.Over(y), axes.Up), keys, PlotHeight);
        (double X, double Y)[][] groups = [.. classes.Select((_, code) => Enumerable.Range(0, x.Length).Where(i => codes[i] == code).Select(i => (x[i], y[i])).ToArray())];
        for (int code = 0; code < groups.Length; code++)
        {
            frame.Cloud(groups[code], $"map {Style(code)}");
        }

        for (int code = 0; code < groups.Length && keys.Length > 0; code++)
        {
            if (groups[code].Length > 0)
            {
                (double densestX, double densestY) = Densest(groups[code]);
                frame.Above(densestX, densestY, classes[code], 12, "class-name");
            }
        }

        frame.Close();
    }

    private static string Style(int code) => Styles[code % Styles.Length];

    /// <summary>The point with the nearest quarter of the others nearest to it.</summary>
    private static (double X, double Y) Densest((double X, double Y)[] points)
    {
        var distances = new double[points.Length];
        (double Reach, int Index) best = (double.PositiveInfinity, 0);
        for (int i = 0; i < points.Length; i++)
        {
            for (int j = 0; j < points.Length; j++)
            {
                (double dx, double dy) = (points[i].X - points[j].X, points[i].Y - points[j].Y);
                distances[j] = (dx * dx) + (dy * dy);
            }

            Array.Sort(distances);
            best = distances[points.Length / 4] < best.Reach ? (distances[points.Length / 4], i) : best;
        }

        return points[best.Index];
    }
}
