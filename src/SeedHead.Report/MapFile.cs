using System.Text;
using SeedHead.Kernels;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report;

/// <summary>A map of rows as a file of its own: SVG to look at, CSV to draw otherwise.</summary>
internal static class MapFile
{
    /// <summary>The drawing; the same answer gives the same bytes.</summary>
    public static byte[] Svg(KernelSpectrumAnswer answer) => Encoding.UTF8.GetBytes(FigureFiles.Alone(html => Draw(html, answer)));

    /// <summary>A line a row: its place and, with classes, its class.</summary>
    public static byte[] Csv(KernelSpectrumAnswer answer)
    {
        PlaneMap map = answer.Map!;
        var text = new StringBuilder("x,y,class\n");
        for (int i = 0; i < map.X.Length; i++)
        {
            text.Append(FormattableString.Invariant($"{map.X[i]:R},{map.Y[i]:R},")).Append(ReproduceCsv.Quoted(answer.Labels is { } labels ? labels.Classes[labels.Codes[i]] : "")).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Draw(Html html, KernelSpectrumAnswer answer)
    {
        PlaneMap map = answer.Map!;
        bool isTSne = answer.MapMethod == MapMethod.TSne;
        (string, string) axes = isTSne ? ("t-SNE, first axis (no unit)", "t-SNE, second axis (no unit)") : ("Score on component 1", "Score on component 2");
        MapChart.Draw(
            html, $"Map of {answer.Rows} rows by the {answer.Kind} kernel of {answer.Net}", axes, map.X, map.Y, answer.Labels?.Codes ?? new int[map.X.Length], answer.Labels?.Classes ?? ["rows"]);
    }
}
