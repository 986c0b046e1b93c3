using static System.FormattableString;

namespace SeedHead.Studies;

/// <summary>The pictures of a probe.</summary>
internal static class ProbeFigures
{
    private const string Error = "Share of the variance left on test rows (%)";

    public static IReadOnlyList<Figure> Of(ProbeAnswer answer) => [Widths(answer), Rows(answer), Degrees(answer)];

    private static Figure Widths(ProbeAnswer answer)
    {
        double first = answer.Widths[0].At, last = answer.Widths[^1].At;
        List<Series> series =
        [
            new("random features", SeriesKind.Line, [.. answer.Widths.Select(point => Point(point, "features"))]),
            new("fitted law", SeriesKind.Dashed, [.. Places(answer.Widths[^Math.Min(3, answer.Widths.Count)].At, 4 * last).Select(at => new FigurePoint(at, 100 * answer.Law.At(at).Value, 0, ""))]),
            Level("infinitely many", answer.Infinite, first, 4 * last),
            .. answer.Trained is { } trained ? (Series[])[Level(Invariant($"{trained.At} trained neurons"), trained, first, 4 * last)] : [],
            Level("one gradient step", answer.Step, first, 4 * last),
            new("at four times the width", SeriesKind.Line, [Forecast(4 * last, answer.AtFourTimes)]),
        ];
        return new("Error by number of random features", "Random features (log scale)", Error, true, series, Told(answer.Widths, "features") + Invariant($" Infinitely many: {100 * answer.Infinite.Error:0.0} %."));
    }

    private static Figure Rows(ProbeAnswer answer)
    {
        double last = answer.RowCurve[^1].At;
        Series[] series =
        [
            new("random features", SeriesKind.Line, [.. answer.RowCurve.Select(point => Point(point, "rows"))]),
            new("fitted law", SeriesKind.Dashed, [.. Places(answer.RowCurve[0].At, 4 * last).Select(at => new FigurePoint(at, 100 * answer.RowLaw.At(at).Value, 0, ""))]),
            new("with four times the rows", SeriesKind.Line, [Forecast(4 * last, answer.AtFourTimesRows)]),
        ];
        return new("Error by number of rows", "Rows learned from (log scale)", Error, true, series, Told(answer.RowCurve, "rows"));
    }

    private static Figure Degrees(ProbeAnswer answer)
    {
        FigurePoint[] shares = [.. answer.Degrees.Where(share => share.Share is not null).Select(share => new FigurePoint(share.Degree, 100 * share.Share!.Value, 0, Invariant($"degree {share.Degree}, p = {share.P:0.00}")))];
        Series[] series =
        [
            new("explained up to the degree", SeriesKind.Line, [.. answer.Degrees.Select(share => new FigurePoint(share.Degree, 100 * share.Explained, 0, Invariant($"degree {share.Degree}")))]),
            .. shares.Length > 0 ? (Series[])[new("energy at the degree", SeriesKind.Line, shares)] : [],
        ];
        return new(
            "The target by polynomial degree", "Polynomial degree", "Share of the target's variance (%)", false, series,
            string.Join(" ", answer.Degrees.Select(share => Invariant($"Up to degree {share.Degree}: {100 * share.Explained:0.0} %, p = {share.P:0.00}."))));
    }

    private static FigurePoint Point(ProbePoint point, string unit) => new(point.At, 100 * point.Error, 100 * Statistics.Deviation(point.Repeats), Invariant($"{point.At} {unit}"));

    /// <summary>A 90 % interval is 3.29 standard deviations long.</summary>
    private static FigurePoint Forecast(double at, ProbeInterval interval) => new(at, 100 * interval.Value, 100 / 3.29 * ((interval.High ?? interval.Value) - interval.Low), Invariant($"{at}, extrapolated"));

    private static Series Level(string name, ProbePoint point, double from, double to) =>
        new(Invariant($"{name}: {100 * point.Error:0.0} %"), SeriesKind.Line, [new(from, 100 * point.Error, 0, name), new(to, 100 * point.Error, 0, name)]);

    private static IEnumerable<double> Places(double from, double to)
    {
        for (double at = from; at <= to; at *= 2)
        {
            yield return at;
        }
    }

    private static string Told(IEnumerable<ProbePoint> points, string unit) => string.Join(", ", points.Select(point => Invariant($"{point.At} {unit}: {100 * point.Error:0.0} %"))) + ".";
}
