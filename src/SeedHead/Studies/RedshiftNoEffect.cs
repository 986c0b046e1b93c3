namespace SeedHead.Studies;

/// <summary>Table 1, middle column: width and bias magnitude.</summary>
internal sealed class RedshiftNoEffect(RedshiftSizes sizes) : RedshiftPart
{
    private const int Depth = 3;
    private const double Allowed = 0.1;

    public override string Id => "Q4";

    public override string Title => "Width and bias magnitude";

    public override IEnumerable<RedshiftCell> Cells =>
        from activation in Activations from scale in Scales from cell in Widths.Select(width => ByWidth(activation, scale, width)).Concat(Biases.Select(bias => ByBias(activation, scale, bias))) select cell;

    public override IEnumerable<Check> Checks(RedshiftResults results) => !results.Have(Cells) ? [] :
    [
        Same(results, "Q4", "Width has no effect.", "widths", Widths.Select(width => $"{width}"), (activation, scale) => Widths.Select(width => ByWidth(activation, scale, width))),
        Same(results, "Q5", "The magnitude of biases has no effect.", "bias magnitudes", Biases.Select(bias => Text(bias, "0.##")), (activation, scale) => Biases.Select(bias => ByBias(activation, scale, bias))),
    ];

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title,
        [
            Table(results, "q4-width", "Width", "width", Widths.Select(width => $"{width}"), (activation, scale) => Widths.Select(width => ByWidth(activation, scale, width))),
            Table(results, "q5-bias", "Biases ±b", "b", Biases.Select(bias => Text(bias, "0.##")), (activation, scale) => Biases.Select(bias => ByBias(activation, scale, bias))),
        ],
        [
            Curves(results, "Width", "Width (log scale)", Widths.Select(width => (double)width), (activation, scale) => Widths.Select(width => ByWidth(activation, scale, width))),
            Curves(results, "Bias magnitude", "b (log scale)", Biases, (activation, scale) => Biases.Select(bias => ByBias(activation, scale, bias))),
        ],
        [], $"Plain networks of {Depth} hidden layers, weights ±α·√(6/(n + m)). An effect is told as a share of the way from a linear function to white noise, so that it compares with those of depth and magnitude, which go all the way.");

    private IReadOnlyList<string> Activations => sizes.Form == ReproduceForm.Quick ? ["relu", "tanh"] : RedshiftSizes.Activations;

    private IReadOnlyList<double> Scales => sizes.Form == ReproduceForm.Quick ? [3] : [1, 3, 10];

    private IReadOnlyList<int> Widths => sizes.Form == ReproduceForm.Quick ? [8, 16] : [16, 32, 64, 128, 256];

    private IReadOnlyList<double> Biases => sizes.Form == ReproduceForm.Quick ? [0.5, 1] : [0.25, 0.5, 1, 2, 4];

    private RedshiftFunctions ByWidth(string activation, double scale, int width) => Cell(RedshiftZoo.NetOf("plain", activation, Depth, width), "glorot-alpha", scale);

    private RedshiftFunctions ByBias(string activation, double scale, double bias) =>
        Cell(RedshiftZoo.NetOf("plain", activation, Depth), $"glorot-uniform+bias-uniform:{bias.ToString(System.Globalization.CultureInfo.InvariantCulture)}", scale);

    private RedshiftFunctions Cell(string net, string prior, double scale) => new()
    {
        Net = net, Prior = prior, Scale = scale, Side = sizes.Side, Networks = sizes.Networks, Measures = "fourier chebyshev lz78",
    };

    private Check Same(
        RedshiftResults results, string id, string finding, string what, IEnumerable<string> names, Func<string, double, IEnumerable<RedshiftFunctions>> cells)
    {
        var ranges = (from activation in Activations
                      from scale in Scales
                      let shares = cells(activation, scale).Select(cell => RedshiftCurves.Share("chebyshev", results.Mean(cell, "chebyshev"))).ToArray()
                      let slope = Statistics.Line([.. shares.Select((_, i) => (double)i)], shares).Slope
                      select (Name: $"{activation} at α = {RedshiftMaps.Scale(scale)}", Range: shares.Max() - shares.Min(), Slope: slope)).ToArray();
        var worst = ranges.MaxBy(range => range.Range);
        PairedTest trend = Statistics.Paired([.. ranges.Select(range => range.Slope)], new double[ranges.Length]);
        return new(
            id, finding, $"greatest range of the mean Chebyshev order over {what} {string.Join(", ", names)}, as a share of the way from a linear function to white noise", "≤ 0.1", worst.Range <= Allowed, "no effect",
            worst.Range, $"{worst.Name}; {ranges.Count(range => range.Range <= Allowed)} of {ranges.Length} settings within 0.1, median {Text(ranges.Select(range => range.Range).Order().ElementAt(ranges.Length / 2), "0.000")}; "
                + $"trend a doubling {Text(trend.Mean, "0.0000")}, t({trend.Count - 1}) = {Text(trend.T, "0.00")}, p = {Text(trend.P, "0.0e0")}");
    }

    private ResultTable Table(RedshiftResults results, string name, string caption, string head, IEnumerable<string> columns, Func<string, double, IEnumerable<RedshiftFunctions>> cells) => new(
        name, $"{caption}: mean Chebyshev order ± standard deviation over networks.", [$"activation, α, {head}:", .. columns],
        [
            .. from activation in Activations
               from scale in Scales
               select (IReadOnlyList<string>)
               [
                   $"{activation}, {RedshiftMaps.Scale(scale)}",
                   .. cells(activation, scale).Select(cell => results.Summary(cell, "chebyshev") is { } found ? $"{Text(found.Mean, "0.00")} ± {Text(found.Deviation, "0.00")}" : Missing),
               ],
        ]);

    private Figure Curves(RedshiftResults results, string title, string axis, IEnumerable<double> x, Func<string, double, IEnumerable<RedshiftFunctions>> cells)
    {
        double scale = Scales[Scales.Count / 2];
        Series[] series =
        [
            .. from activation in Activations
               let points = x.Zip(cells(activation, scale)).Where(pair => double.IsFinite(results.Mean(pair.Second, "chebyshev")))
                   .Select(pair => new FigurePoint(pair.First, results.Mean(pair.Second, "chebyshev"), results.Summary(pair.Second, "chebyshev")!.Value.Deviation, $"{activation}, {Text(pair.First, "0.##")}"))
               where points.Any()
               select new Series(activation, SeriesKind.Band, [.. points]),
        ];
        return new($"{title}, α = {RedshiftMaps.Scale(scale)}", axis, "Chebyshev order (terms)", true, series, $"Mean Chebyshev order of plain networks with {Depth} hidden layers over {title.ToLowerInvariant()}.");
    }
}
