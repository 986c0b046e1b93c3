using System.Globalization;

namespace SeedHead.Studies;

/// <summary>Curves of a study as figures with their bounds, and as a table.</summary>
internal static class PowerLimitsFigures
{
    private const int MostSeries = 7;

    public static StudyResult Result(PowerLimitsPart part, PowerLimitsCurves curves)
    {
        LimitsStudy study = LimitsStudy.Of(part.Id);
        Figure[] figures = [.. Panels(part.Id, curves.All).Where(panel => panel.Curves.Length > 0).Select(panel => Draw(study, panel.Title, panel.End, panel.Curves))];
        return new(part.Id, part.Title, [Table(part.Id, study, curves)], figures, [], string.Join(" ", curves.Notes.Select(note => $"{char.ToUpperInvariant(note[0])}{note[1..]}.")));
    }

    /// <summary>Curves that share a picture.</summary>
    private static IEnumerable<(string Title, string End, LimitsCurve[] Curves)> Panels(string id, IReadOnlyList<LimitsCurve> all)
    {
        string[] ends = id switch
        {
            "E3" => ["‖w‖ = √d", "‖w‖ = d"],
            "E7" => [", by steps at width", ", by width|", ": relative movement of the first layer"],
            "E8" => ["samples", "random features"],
            "E12" => ["ψ", "energy"],
            "E13" => ["NNGP kernel", "tangent kernel"],
            "E16" or "E17" => ["fresh rows"],
            _ => [""],
        };
        return from end in ends
               from dimension in all.Select(curve => curve.Dimension).Distinct()
               let same = all.Where(curve => curve.Dimension == dimension && In(end, curve.Label)).ToArray()
               from chunk in same.Chunk(MostSeries - 1)
               select (Title(end, dimension), end.Split('|')[0], chunk);
    }

    /// <summary>Whether a curve belongs to a panel; of E7, movement has a panel of its own.</summary>
    private static bool In(string end, string label) =>
        end == ", by width|" ? label.EndsWith(", by width", StringComparison.Ordinal) && !label.Contains("movement", StringComparison.Ordinal) : label.Contains(end, StringComparison.Ordinal);

    /// <summary>A curve's name in a panel: without what all of the panel share.</summary>
    private static string Name(string end, string label)
    {
        int at = end.Length == 0 || end == "random features" ? -1 : label.IndexOf(end, StringComparison.Ordinal);
        string name = at <= 0 ? label : label[..at].TrimEnd(' ', ',');
        return name.Length > 0 ? name : "mean over targets and draws";
    }

    /// <summary>What the axes of a panel are.</summary>
    private static (string X, string Y) Axes(LimitsStudy study, string end) => (study.Name, end) switch
    {
        ("E7", ", by steps at width") => ("steps", "relative error"),
        ("E7", ", by width") => ("neurons", "relative error"),
        ("E7", _) => ("neurons", "relative movement"),
        ("E8", "samples") => (study.Axis, "samples"),
        ("E8", _) => (study.Axis, "relative error"),
        ("E12", "energy") => ("degree", "energy"),
        _ => (study.Axis, study.Quantity),
    };

    private static string Title(string end, int dimension) => string.Join(", ", new[] { dimension == 0 ? "" : $"d = {dimension}", end.Split('|')[0].Trim(' ', ',', ':') }.Where(text => text.Length > 0));

    private static Figure Draw(LimitsStudy study, string title, string end, LimitsCurve[] curves)
    {
        (string x, string y) = Axes(study, end);
        bool isLog = study.Name is not ("E2" or "E12"), alongLog = isLog && study.Name is not ("E3" or "E4" or "E5");
        bool Shown(double at, double value) => (!alongLog || at > 0) && double.IsFinite(value) && (!isLog || value > 0);
        var series = new List<Series>();
        foreach (LimitsCurve curve in curves)
        {
            string name = Name(end, curve.Label);
            series.Add(new(name, SeriesKind.Line, [.. curve.Points.Where(point => Shown(point.At, point.Mean)).Select(point => new FigurePoint(point.At, point.Mean, 0, $"{name}, {x} {point.At}"))]));
            if (curves.Length == 1 && curve.Points.Any(point => point.Min < point.Mean))
            {
                series.Add(Points("least of all targets", curve, point => point.Min));
                series.Add(Points("greatest of all targets", curve, point => point.Max));
            }
        }

        Series[] bounds = [.. curves.Select(Bound).Where(bound => bound.Points.Count > 1)];
        foreach (var bound in bounds.GroupBy(bound => string.Join(' ', bound.Points.Select(point => $"{point.X:R} {point.Y:R}"))))
        {
            series.Add(bound.First() with { Name = bound.Count() == bounds.Length ? "bound" : bound.First().Name });
        }

        return new(
            $"{study.Name}: {(title.Length > 0 ? title : study.Title)}", $"{x}{(alongLog ? " (log scale)" : "")}", $"{y}{(isLog ? " (log scale)" : "")}", alongLog, [.. series.Where(line => line.Points.Count > 0)],
            $"{y} over {x}, the bound as a dashed line.")
        {
            LogY = isLog,
            Note = study.Quantifiers,
        };

        Series Points(string name, LimitsCurve curve, Func<LimitsPoint, double> of) =>
            new(name, SeriesKind.Cloud, [.. curve.Points.Where(point => Shown(point.At, of(point))).Select(point => new FigurePoint(point.At, of(point), 0, $"{name}, {x} {point.At}"))]);
        Series Bound(LimitsCurve curve) => new(
            $"bound: {Name(end, curve.Label)}", SeriesKind.Dashed, [.. curve.Points.Where(point => point.Bound is { } value && Shown(point.At, value)).Select(point => new FigurePoint(point.At, point.Bound!.Value, 0, "bound"))]);
    }

    private static ResultTable Table(string id, LimitsStudy study, PowerLimitsCurves curves) => new(
        $"{id.ToLowerInvariant()}-curves", $"{study.Quantity} over {study.Axis}. {study.Quantifiers}",
        ["curve", "d", study.Axis, "mean", "standard error", "least", "greatest", "spread over targets", "bound"],
        [.. from curve in curves.All from point in curve.Points select (IReadOnlyList<string>)
            [
                curve.Label.Length > 0 ? curve.Label : "mean", curve.Dimension == 0 ? "" : $"{curve.Dimension}", Text(point.At), Text(point.Mean), Text(point.StandardError), Text(point.Min), Text(point.Max), Text(point.Spread), Text(point.Bound),
            ]]);

    private static string Text(double? value) => value is { } number ? number.ToString("G6", CultureInfo.InvariantCulture) : "";
}
