using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Charts;

/// <summary>What training found after every epoch: one measure on several groups of rows, or the loss.</summary>
internal static class EpochChart
{
    /// <summary>Draws curves over epochs; those of which nothing is known are left out.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="title">What the drawing is.</param>
    /// <param name="unit">The vertical axis with its unit.</param>
    /// <param name="factor">What values are multiplied by to be in that unit.</param>
    /// <param name="epochs">The epochs.</param>
    /// <param name="curves">A name and a value an epoch.</param>
    public static void Draw(Html html, string title, string unit, double factor, IReadOnlyList<EpochPoint> epochs, params ReadOnlySpan<(string Name, Func<EpochPoint, double?> Value)> curves)
    {
        (string Name, Func<EpochPoint, double?> Value)[] known = [.. curves.ToArray().Where(curve => epochs.Any(epoch => curve.Value(epoch) is not null))];
        double[] values = [.. known.SelectMany(curve => epochs.Select(curve.Value)).OfType<double>()];
        var y = new Axis(LinearScale.Over(values, factor), unit);
        var x = new Axis(LinearScale.Over([0, .. epochs.Select(epoch => (double)epoch.Number)], isCount: true), "Epoch");
        Key[] keys = [.. known.Select((curve, i) => new Key(curve.Name, Mark.Line, Style(i)))];
        Frame frame = Frame.Open(html, title, Describe(known, epochs, factor, unit), x, y, keys);
        for (int i = 0; i < known.Length; i++)
        {
            (double X, double Y)[] points = [.. epochs.Where(epoch => known[i].Value(epoch) is not null).Select(epoch => ((double)epoch.Number, known[i].Value(epoch)!.Value))];
            frame.Line(points, Style(i));
            foreach ((double number, double value) in points.Length <= 60 ? points : [])
            {
                frame.Dot(number, value, $"dot {Style(i)}", $"{known[i].Name}, epoch {number:0}: {Words.General(factor * value)}");
            }
        }

        frame.Close();
    }

    private static string Style(int i) => $"s{i + 1}";

    private static string Describe((string Name, Func<EpochPoint, double?> Value)[] curves, IReadOnlyList<EpochPoint> epochs, double factor, string unit) =>
        $"{unit}: " + string.Join("; ", curves.Select(curve => $"{curve.Name} from {Words.General(factor * curve.Value(epochs[0]))} to {Words.General(factor * curve.Value(epochs[^1]))}")) + ".";
}
