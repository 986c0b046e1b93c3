using SeedHead.Heads;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Charts;

/// <summary>Leave-one-out loss and generalised cross-validation along the penalty path, the chosen penalty marked.</summary>
internal static class PenaltyChart
{
    public static void Draw(Html html, IReadOnlyList<PenaltyPoint> path)
    {
        bool hasLoss = path.Any(p => p.Loss is { } loss && double.IsFinite(loss));
        double[] values = [.. path.SelectMany(Values).Where(double.IsFinite)];
        Scale scale = LogScale.Suits(values) ? LogScale.Ten(values) : LinearScale.Over(values);
        var y = new Axis(scale, scale is LogScale ? "Mean squared error (target units², log scale)" : "Mean squared error (target units²)");
        var x = new Axis(LogScale.Ten(path.Select(p => p.Penalty)), "Penalty (relative to the Gram's mean diagonal, log scale)");
        Key[] keys =
        [
            .. hasLoss ? (Key[])[new("leave-one-out ± 1 SE", Mark.Line, "s1")] : [],
            new("generalised cross-validation", Mark.Dash, "s3"), new("chosen", Mark.Ring, "s2"),
        ];
        Frame frame = Frame.Open(html, "Penalty path", Describe(path), x, y, keys);
        frame.Line(path.Select(p => (p.Penalty, p.GeneralisedCrossValidation)), "dash s3");
        frame.Bars(path.Select(p => (p.Penalty, Loss(p) - (p.StandardError ?? double.NaN), Loss(p) + (p.StandardError ?? double.NaN))), "s1");
        frame.Line(path.Select(p => (p.Penalty, Loss(p))), "s1");
        foreach (PenaltyPoint p in path)
        {
            frame.Dot(p.Penalty, Loss(p), "dot s1", Tooltip(p), 2.8);
            if (p.Chosen)
            {
                double height = double.IsFinite(Loss(p)) ? Loss(p) : p.GeneralisedCrossValidation;
                frame.Marker(p.Penalty, "line thin s2").Dot(p.Penalty, height, "ring s2", Tooltip(p), 6);
            }
        }

        frame.Close();
    }

    private static double Loss(PenaltyPoint point) => point.Loss ?? double.NaN;

    private static double[] Values(PenaltyPoint p) =>
        [p.GeneralisedCrossValidation, Loss(p), Loss(p) - (p.StandardError ?? 0), Loss(p) + (p.StandardError ?? 0)];

    private static string Tooltip(PenaltyPoint p) =>
        $"penalty {Words.Trimmed(p.Penalty, 3)}: leave-one-out {Words.General(p.Loss)}, "
        + $"generalised cross-validation {Words.General(p.GeneralisedCrossValidation)}, {Words.General(p.DegreesOfFreedom)} degrees of freedom";

    private static string Describe(IReadOnlyList<PenaltyPoint> path)
    {
        string range = $"{path.Count} penalties from {Words.Trimmed(path[0].Penalty, 3)} to {Words.Trimmed(path[^1].Penalty, 3)}";
        return path.FirstOrDefault(p => p.Chosen) is { } chosen ? $"{range}; chosen: {Tooltip(chosen)}." : $"{range}.";
    }
}
