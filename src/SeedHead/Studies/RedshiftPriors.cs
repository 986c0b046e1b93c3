namespace SeedHead.Studies;

/// <summary>Other laws of the weights: Gaussian, evenly in a ball, long-tailed.</summary>
internal sealed class RedshiftPriors(RedshiftSizes sizes) : RedshiftPart
{
    private const string Measure = "chebyshev";

    private static readonly (string Name, string Prior)[] Laws =
        [("uniform", "glorot-alpha"), ("Gaussian", "glorot-normal+bias-uniform:1"), ("uniform ball", "glorot-ball+bias-uniform:1"), ("long-tailed (Laplace)", "glorot-laplace+bias-uniform:1")];

    public override string Id => "Q11";

    public override string Title => "Other laws of the weights";

    public override IEnumerable<RedshiftCell> Cells => from law in Laws from one in Settings select CellOf(law.Prior, one);

    public override IEnumerable<Check> Checks(RedshiftResults results) => !results.Have(Cells) ? [] : Laws.Skip(1).Select(law =>
    {
        double[] usual = [.. Settings.Select(one => results.Mean(CellOf(Laws[0].Prior, one), Measure))], other = [.. Settings.Select(one => results.Mean(CellOf(law.Prior, one), Measure))];
        Correlated r = Correlation.PearsonInterval(usual, other);
        return new Check(
            $"Q11 {law.Name}", $"Weights from the {law.Name} law give the same picture.", "Pearson's r of mean Chebyshev orders with those of the uniform law", "≥ 0.9", r.Value >= 0.9, "the same picture", r.Value,
            $"95 % interval {Text(r.Low, "0.000")} to {Text(r.High, "0.000")}, Spearman {Text(Correlation.Spearman(usual, other), "0.000")}, {r.Count} architectures; greatest difference {Text(usual.Zip(other, (a, b) => Math.Abs(a - b)).Max(), "0.0")} terms");
    });

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title,
        [
            new(
                "q11-priors", "Mean Chebyshev order ± standard deviation over networks; all laws have the same variance, biases are ±1.", ["activation, layers, α", .. Laws.Select(law => law.Name)],
                [
                    .. Settings.Select(one => (IReadOnlyList<string>)
                    [
                        $"{one.Activation}, {one.Depth}, {RedshiftMaps.Scale(one.Scale)}",
                        .. Laws.Select(law => results.Summary(CellOf(law.Prior, one), Measure) is { } found ? $"{Text(found.Mean, "0.00")} ± {Text(found.Deviation, "0.00")}" : Missing),
                    ]),
                ]),
        ],
        [Scatter(results)], []);

    private IReadOnlyList<Configuration> Settings =>
    [
        .. from activation in sizes.Form == ReproduceForm.Quick ? ["relu", "tanh"] : RedshiftSizes.Activations
           from depth in sizes.Form == ReproduceForm.Quick ? [1, 3] : (int[])[1, 3, 5]
           from scale in sizes.Form == ReproduceForm.Quick ? [1, 10] : (double[])[1, 3, 10]
           select new Configuration("plain", activation, depth, scale),
    ];

    private RedshiftFunctions CellOf(string prior, Configuration one) => new()
    {
        Net = RedshiftZoo.NetOf(one.Variant, one.Activation, one.Depth), Prior = prior, Scale = one.Scale, Side = sizes.Side, Networks = sizes.Networks, Measures = Measure,
    };

    private Figure Scatter(RedshiftResults results) => new(
        "Other laws against the uniform law", "Chebyshev order, uniform law (terms)", "Chebyshev order, other law (terms)", false,
        [
            .. from law in Laws.Skip(1)
               let points = from one in Settings
                            let x = results.Mean(CellOf(Laws[0].Prior, one), Measure)
                            let y = results.Mean(CellOf(law.Prior, one), Measure)
                            where double.IsFinite(x) && double.IsFinite(y)
                            orderby x
                            select new FigurePoint(x, y, 0, $"{one.Activation}, {one.Depth} layers, α {RedshiftMaps.Scale(one.Scale)}")
               where points.Any()
               select new Series(law.Name, SeriesKind.Cloud, [.. points]),
        ],
        "Mean orders of the same architectures under another law of the weights.");
}
