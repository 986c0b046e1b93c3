using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Charts;

/// <summary>True values against predictions, with the 90 % interval of some of them.</summary>
internal static class PredictionChart
{
    /// <summary>More interval bars than this would hide the points.</summary>
    public const int MostBars = 60;

    public static void Draw(Html html, ResidualPoint[] points, string target)
    {
        ResidualPoint[] barred = Barred(points);
        Scale truth = LinearScale.Over(points.Select(p => p.Truth)), predicted = LinearScale.Over(
            [.. points.Select(p => p.Prediction), .. barred.Select(p => p.Low), .. barred.Select(p => p.High), truth.Low, truth.High]);
        Key[] keys = [new("prediction", Mark.Dot, "s1"), new("90 % interval", Mark.Bar, "s1 pale"), new("exact", Mark.Dash, "soft")];
        string name = Words.Shorten(target, 30);
        string description = $"{Words.Count(points.Length)} test rows. True values from {Words.General(truth.Low)} to {Words.General(truth.High)}.";
        Frame frame = Frame.Open(
            html, "Predicted against true values", description,
            new Axis(truth, $"True {name}"), new Axis(predicted, $"Predicted {name}"), keys, 260);
        frame.Bars(barred.Select(p => (p.Truth, p.Low, p.High)), "s1 pale", cap: 0);
        frame.Cloud(points.Select(p => (p.Truth, p.Prediction)), points.Length > 600 ? "s1 small" : "s1");
        frame.Line([(truth.Low, truth.Low), (truth.High, truth.High)], "dash soft");
        frame.Close();
    }

    /// <summary>Every k-th of the points, so that at most <see cref="MostBars"/> carry a bar.</summary>
    private static ResidualPoint[] Barred(ResidualPoint[] points)
    {
        int every = Math.Max(1, (points.Length + MostBars - 1) / MostBars);
        return [.. points.Where((p, i) => i % every == 0 && double.IsFinite(p.Low) && double.IsFinite(p.High))];
    }
}
