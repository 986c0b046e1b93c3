namespace SeedHead.Studies;

/// <summary>Figure 6: the measures against each other, a point an architecture.</summary>
internal sealed class RedshiftMeasures(RedshiftZoo zoo) : RedshiftPart
{
    private static readonly (string X, string Y, string Again)[] Pairs =
    [
        ("fourier", "chebyshev", ".90, .52"), ("fourier", "lz78", ".84, .32"), ("chebyshev", "lz78", ".93, .68"), ("fourier", "legendre", ""), ("chebyshev", "legendre", ""), ("legendre", "lz78", ""),
    ];

    public override string Id => "F6";

    public override string Title => "Figure 6: the measures against each other";

    public override IEnumerable<RedshiftCell> Cells => zoo.All.Select(zoo.CellOf);

    public override IEnumerable<Check> Checks(RedshiftResults results) => !results.Have(Cells) ? [] :
    [
        .. Pairs.Select(pair =>
        {
            var (r, rho) = Correlations(results, pair.X, pair.Y);
            return new Check(
                $"Q10 {pair.X}, {pair.Y}", $"{pair.X} and {pair.Y} rank architectures alike.", "Pearson's r over architectures", "≥ 0.8", r.Value >= 0.8, "closely correlated; no coefficient given", r.Value,
                $"95 % interval {Interval(r)}, Spearman {Text(rho.Value, "0.000")}, {Interval(rho)}; {r.Count} architectures{(pair.Again.Length > 0 ? $"; computed again elsewhere {pair.Again} (Pearson, Spearman)" : "")}");
        }),
    ];

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title,
        [
            new(
                "f6-correlations", "Correlations over architectures; intervals are those of 2,000 resamples of architectures.", ["measures", "Pearson", "95 % interval", "Spearman", "95 % interval", "architectures"],
                [.. Pairs.Select(pair => Row(results, pair.X, pair.Y))]),
        ],
        [.. Pairs.Take(3).Append(Pairs[4]).Select(pair => Scatter(results, pair.X, pair.Y))], [],
        "Most architectures are near the floor of every measure, where ranks are those of small differences: so ranks correlate less than values.");

    private (double X, double Y, string Variant, string Name)[] Points(RedshiftResults results, string x, string y) =>
    [
        .. from one in zoo.All
           let cell = zoo.CellOf(one)
           let point = (X: results.Mean(cell, x), Y: results.Mean(cell, y), one.Variant, $"{one.Variant} {one.Activation}, {one.Depth} layers, α {RedshiftMaps.Scale(one.Scale)}")
           where double.IsFinite(point.X) && double.IsFinite(point.Y)
           select point,
    ];

    private (Correlated Pearson, Correlated Spearman) Correlations(RedshiftResults results, string x, string y)
    {
        var points = Points(results, x, y);
        double[] xs = [.. points.Select(point => point.X)], ys = [.. points.Select(point => point.Y)];
        return (Correlation.PearsonInterval(xs, ys), Correlation.SpearmanInterval(xs, ys));
    }

    private Figure Scatter(RedshiftResults results, string x, string y)
    {
        var points = Points(results, x, y);
        return new(
            $"{y} against {x}", Axis(x), Axis(y), false,
            [.. RedshiftZoo.Variants.Select(variant => new Series(variant, SeriesKind.Cloud, [.. points.Where(point => point.Variant == variant).OrderBy(point => point.X).Select(point => new FigurePoint(point.X, point.Y, 0, point.Name))])).Where(series => series.Points.Count > 0)],
            $"{points.Length} architectures, mean {y} over mean {x}.");
    }

    private static string Axis(string measure) => measure switch
    {
        "fourier" => "Fourier complexity (0 to 1)",
        "lz78" => "LZ78 (phrases)",
        "chebyshev" => "Chebyshev order (terms)",
        _ => "Legendre order (terms)",
    };

    private string[] Row(RedshiftResults results, string x, string y)
    {
        if (Points(results, x, y).Length < 3)
        {
            return [$"{x}, {y}", Missing, Missing, Missing, Missing, "0"];
        }

        var (r, rho) = Correlations(results, x, y);
        return [$"{x}, {y}", Text(r.Value, "0.000"), Interval(r), Text(rho.Value, "0.000"), Interval(rho), $"{r.Count}"];
    }

    private static string Interval(Correlated found) => $"{Text(found.Low, "0.000")} to {Text(found.High, "0.000")}";
}
