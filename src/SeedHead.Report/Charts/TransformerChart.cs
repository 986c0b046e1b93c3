using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Charts;

/// <summary>Mean complexity of sequences over the scale of layer norms or over depth, one line an activation or depth, between equal and random tokens.</summary>
internal static class TransformerChart
{
    /// <summary>As many lines have colours of their own.</summary>
    private const int Colours = 8;

    /// <param name="html">Where to.</param>
    /// <param name="title">What the drawing is.</param>
    /// <param name="answer">For the bounds.</param>
    /// <param name="curves">A name and the cells of a line.</param>
    /// <param name="overDepth">Whether the horizontal axis is depth, not the scale.</param>
    public static void Draw(Html html, string title, TransformerAnswer answer, IReadOnlyList<(string Name, IReadOnlyList<ComplexityCell> Cells)> curves, bool overDepth)
    {
        double At(ComplexityCell cell) => overDepth ? cell.Depth : cell.Scale;
        double[] along = [.. curves.SelectMany(curve => curve.Cells).Select(At).Distinct()];
        Axis x = overDepth
            ? new(LinearScale.Over([0, .. along], isCount: true), "Depth (blocks)")
            : new(LogScale.Ten(along), "Scale of layer norms in blocks (log scale)");
        var y = new Axis(LinearScale.Over([0, 1]), "Phrases over length (LZ78)");
        Key[] keys = [.. curves.Select((curve, i) => new Key(curve.Name, Mark.Line, Style(i))), new("equal, random tokens", Mark.Dash, "soft")];
        Frame frame = Frame.Open(html, title, Describe(curves), x, y, keys, plotHeight: 260);
        double[] ends = [x.Scale.Low, x.Scale.High];
        frame.Line(ends.Select(at => (at, answer.Constant)), "dash soft").Line(ends.Select(at => (at, answer.Random)), "dash soft");
        for (int i = 0; i < curves.Count; i++)
        {
            Draw(frame, curves[i].Name, [.. curves[i].Cells.OrderBy(At)], At, Style(i));
        }

        frame.Close();
    }

    private static void Draw(Frame frame, string name, IReadOnlyList<ComplexityCell> cells, Func<ComplexityCell, double> at, string style)
    {
        (double X, double Low, double High)[] band = [.. cells.Where(cell => cell.StandardError is not null)
            .Select(cell => (at(cell), cell.Mean!.Value - cell.StandardError!.Value, cell.Mean.Value + cell.StandardError.Value))];
        frame.Band(band, style).Line(cells.Select(cell => (at(cell), cell.Mean ?? double.NaN)), style);
        foreach (ComplexityCell cell in cells)
        {
            frame.Dot(at(cell), cell.Mean ?? double.NaN, $"dot {style}", $"{name}, depth {cell.Depth}, scale {Words.General(cell.Scale)}: {Words.General(cell.Mean)} ± {Words.General(cell.StandardError, 2)}", 2.8);
        }
    }

    private static string Style(int i) => $"s{(i % Colours) + 1}";

    private static string Describe(IReadOnlyList<(string Name, IReadOnlyList<ComplexityCell> Cells)> curves) =>
        string.Join("; ", curves.Select(curve => $"{curve.Name} from {Words.General(curve.Cells[0].Mean)} to {Words.General(curve.Cells[^1].Mean)}")) + ".";
}
