namespace SeedHead.Studies;

/// <summary>Figure 5: complexity against weight magnitude, a curve an activation, a panel a variant.</summary>
internal sealed class RedshiftCurves(RedshiftZoo zoo) : RedshiftPart
{
    private const int Depth = 3;

    public override string Id => "F5";

    public override string Title => "Figure 5: complexity against weight magnitude";

    public override IEnumerable<RedshiftCell> Cells => zoo.All.Select(zoo.CellOf);

    public override IEnumerable<Check> Checks(RedshiftResults results) => !results.Have(Cells) ? [] :
    [
        .. RedshiftSizes.Rectifiers.Where(zoo.Activations.Contains).Select((activation, i) => Low(results, i == 0 ? "Q1c" : $"Q2 {activation}, all measures", activation)),
        .. RedshiftSizes.Rectifiers.Skip(1).Where(zoo.Activations.Contains).Select(activation => SlightRise(results, activation)),
        .. RedshiftSizes.Others.Where(zoo.Activations.Contains).Select(activation => High(results, activation)),
    ];

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title, [Table(results)],
        [.. from measure in (string[])["chebyshev", "fourier", "lz78"] from variant in RedshiftZoo.Variants select Panel(results, measure, variant)], [],
        $"Weights ±α·√(6/(n + m)), biases ±1 unscaled, width 64, {zoo.Sizes.Side} × {zoo.Sizes.Side} points; curves at {Depth} hidden layers, with a band of one standard deviation over networks.");

    private Figure Panel(RedshiftResults results, string measure, string variant)
    {
        Series[] series =
        [
            .. from activation in zoo.Activations
               let points = zoo.Scales.Select(scale => (Scale: scale, Found: results.Summary(zoo.CellOf(new(variant, activation, Depth, scale)), measure)))
                   .Where(point => point.Found is { Count: > 0 })
                   .Select(point => new FigurePoint(point.Scale, point.Found!.Value.Mean, point.Found.Value.Deviation, $"{activation}, α {RedshiftMaps.Scale(point.Scale)}"))
               select new Series(activation, SeriesKind.Band, [.. points]),
        ];
        return new($"{variant}: {measure}", "α (log scale)", Unit(measure), true, [.. series.Where(line => line.Points.Count > 0)], $"Mean {measure} of {variant} networks with {Depth} hidden layers over weight magnitudes, by activation.");
    }

    private static string Unit(string measure) => measure switch
    {
        "fourier" => "Fourier complexity (0 to 1)",
        "lz78" => "LZ78 phrases (count)",
        _ => "Chebyshev order (terms)",
    };

    private RedshiftSummary[] Plain(RedshiftResults results, string activation, string measure) =>
        [.. from depth in zoo.Depths from scale in zoo.Scales select results.Summary(zoo.CellOf(new("plain", activation, depth, scale)), measure)!.Value];

    private Check Low(RedshiftResults results, string id, string activation)
    {
        string[] measures = ["fourier", "chebyshev", "lz78"];
        double[] shares = [.. measures.Select(measure => Share(measure, Plain(results, activation, measure).Max(cell => cell.Mean)))];
        return new(
            id, $"Plain {activation} networks are simple by all measures, at every depth and magnitude.", "greatest cell mean on the way from a linear function (0) to white noise (1), the worst of three measures",
            "≤ 1/3", shares.Max() <= 1.0 / 3, "strong low bias", shares.Max(), string.Join(", ", measures.Zip(shares, (measure, share) => $"{measure} {Text(share, "0.00")}")));
    }

    /// <summary>Where a value lies from a linear function (0) to white noise (1).</summary>
    public static double Share(string measure, double value) => (value - RedshiftZoo.Ends(measure).Linear) / (RedshiftZoo.Ends(measure).Noise - RedshiftZoo.Ends(measure).Linear);

    private Check SlightRise(RedshiftResults results, string activation)
    {
        RedshiftSummary least = results.Summary(zoo.CellOf(new("plain", activation, zoo.Depths[0], 1)), "chebyshev")!.Value;
        RedshiftSummary most = results.Summary(zoo.CellOf(new("plain", activation, zoo.Depths[^1], zoo.Scales[^1])), "chebyshev")!.Value;
        double z = (most.Mean - least.Mean) / Math.Sqrt((least.Error * least.Error) + (most.Error * most.Error));
        return new(
            $"Q2 {activation}, rise", $"A close look shows a rise with depth and magnitude for {activation}.", "Chebyshev order at the largest depth and α − at one layer and α = 1", "> 0 by 3 standard errors", z >= 3,
            "slight rise (appendix)", most.Mean - least.Mean, $"{Text(least.Mean, "0.00")} to {Text(most.Mean, "0.00")}, z = {Text(z, "0.0")}");
    }

    private Check High(RedshiftResults results, string activation)
    {
        string[] measures = ["fourier", "chebyshev", "lz78"];
        double[] shares = [.. measures.Select(measure => Share(measure, Plain(results, activation, measure).Max(cell => cell.Mean)))];
        return new(
            $"Q3 {activation}, all measures", $"Plain {activation} networks become complex by all measures.", "greatest cell mean on the way from a linear function (0) to white noise (1), the least of three measures",
            "> 1/3", shares.Min() > 1.0 / 3, "rises dramatically", shares.Min(), string.Join(", ", measures.Zip(shares, (measure, share) => $"{measure} {Text(share, "0.00")}")));
    }

    private ResultTable Table(RedshiftResults results) => new(
        "f5-architectures", "Every architecture: mean ± standard deviation over networks.", ["variant, activation, layers, α", "fourier", "chebyshev", "legendre", "lz78", "networks", "undefined"],
        [.. zoo.All.Select(one => Row(results, one))]);

    private string[] Row(RedshiftResults results, Configuration one)
    {
        var found = RedshiftZoo.Measures.Split(' ').Select(measure => results.Summary(zoo.CellOf(one), measure)).ToArray();
        return
        [
            $"{one.Variant}, {one.Activation}, {one.Depth}, {RedshiftMaps.Scale(one.Scale)}",
            .. found.Select((cell, i) => cell is { } known ? $"{Text(known.Mean, Format(i))} ± {Text(known.Deviation, Format(i))}" : Missing), found[0] is { } first ? $"{first.Count}" : Missing,
            found[0] is { } same ? $"{same.Undefined}" : Missing,
        ];
    }

    private static string Format(int measure) => measure switch { 0 => "0.000", 3 => "0", _ => "0.00" };
}
