namespace SeedHead.Studies;

/// <summary>Table 1: what every part of an architecture does to complexity, over all pairs of architectures that differ in it alone.</summary>
internal sealed class RedshiftComponents(RedshiftZoo zoo) : RedshiftPart
{
    private const string Measure = "chebyshev";
    private const double Level = 0.01;

    public override string Id => "T1";

    public override string Title => "Table 1: what the parts of an architecture do";

    public override IEnumerable<RedshiftCell> Cells => zoo.All.Select(zoo.CellOf);

    public override IEnumerable<Check> Checks(RedshiftResults results) => !results.Have(Cells) ? [] :
    [
        .. Effects(results).Select(effect => new Check(
            effect.Id, effect.Finding, effect.Statistic, effect.Lowers ? "< 0 with p < 0.01 (paired t, two-sided)" : "> 0 with p < 0.01 (paired t, two-sided)",
            effect.Test.P < Level && (effect.Test.Mean < 0) == effect.Lowers, effect.Lowers ? "lowers" : "raises", effect.Test.Mean, Words(effect.Test))),
        ResidualIsLow(results), GatedReluRises(results), NormsFlatten(results),
    ];

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title,
        [
            new(
                "t1-effects", "Differences of mean Chebyshev order, each over pairs of architectures that differ in one part alone. Width and bias magnitude: study Q4.", ["part", "published", "pairs", "mean difference", "sd", "t", "p"],
                [.. results.Have(Cells) ? Effects(results).Select(Row) : []]),
        ],
        [], [], "Magnitudes α ≥ 1, the default and above: below, biases rule and every network is nearly linear.");

    private readonly record struct Effect(string Id, string Part, string Finding, string Statistic, bool Lowers, PairedTest Test);

    private IEnumerable<Effect> Effects(RedshiftResults results) =>
    [
        new(
            "T1 activation", "ReLU-like activation instead of tanh, gaussian, sine", "ReLU-like activations lower complexity, others raise it.", "Chebyshev order, ReLU-like − other, plain networks", true,
            Differences(from first in RedshiftSizes.Rectifiers from second in RedshiftSizes.Others where Have(first, second) from depth in zoo.Depths from scale in Usual
                        select (Mean(results, "plain", first, depth, scale), Mean(results, "plain", second, depth, scale)))),
        new(
            "T1 magnitude", "larger weights", "Large weights raise complexity.", "slope of the Chebyshev order over ln α", false,
            Slopes(from variant in RedshiftZoo.Variants from activation in zoo.Activations from depth in zoo.Depths
                   select (X: zoo.Scales.Select(scale => (double)Compute.Elementary.Log(scale)), Y: zoo.Scales.Select(scale => Mean(results, variant, activation, depth, scale))))),
        new(
            "T1 depth", "more layers", "Depth raises complexity.", "slope of the Chebyshev order over hidden layers", false,
            Slopes(from variant in RedshiftZoo.Variants from activation in zoo.Activations from scale in Usual
                   select (X: zoo.Depths.Select(depth => (double)depth), Y: zoo.Depths.Select(depth => Mean(results, variant, activation, depth, scale))))),
        Against(results, "T1 layer norm", "layer norm", "Layer norm lowers complexity.", true),
        Against(results, "T1 residual", "residual", "Residual connections lower complexity.", true),
        Against(results, "T1 gating", "gated", "Multiplicative interactions raise complexity.", false),
    ];

    private IEnumerable<double> Usual => zoo.Scales.Where(scale => scale >= 1);

    private bool Have(params string[] activations) => activations.All(zoo.Activations.Contains);

    private double Mean(RedshiftResults results, string variant, string activation, int depth, double scale) => results.Mean(zoo.CellOf(new(variant, activation, depth, scale)), Measure);

    private Effect Against(RedshiftResults results, string id, string variant, string finding, bool lowers) => new(
        id, variant, finding, $"Chebyshev order, {variant} − plain", lowers,
        Differences(from activation in zoo.Activations from depth in zoo.Depths from scale in Usual
                    select (Mean(results, variant, activation, depth, scale), Mean(results, "plain", activation, depth, scale))));

    private static PairedTest Differences(IEnumerable<(double First, double Second)> pairs)
    {
        (double First, double Second)[] all = [.. pairs];
        return Statistics.Paired([.. all.Select(pair => pair.First)], [.. all.Select(pair => pair.Second)]);
    }

    private static PairedTest Slopes(IEnumerable<(IEnumerable<double> X, IEnumerable<double> Y)> curves)
    {
        double[] slopes = [.. curves.Select(curve => Statistics.Line([.. curve.X], [.. curve.Y]).Slope)];
        return Statistics.Paired(slopes, new double[slopes.Length]);
    }

    private Check ResidualIsLow(RedshiftResults results)
    {
        var cells = (from activation in zoo.Activations from depth in zoo.Depths from scale in zoo.Scales
                     select (Name: $"{activation}, {depth} layers, α {RedshiftMaps.Scale(scale)}", Cell: zoo.CellOf(new("residual", activation, depth, scale)))).ToArray();
        double Worst(string measure) => cells.Max(cell => RedshiftCurves.Share(measure, results.Mean(cell.Cell, measure)));
        double fourier = Worst("fourier");
        return new(
            "Q7", "Residual connections force near-lowest complexity for all activations at any depth.", "greatest mean Fourier complexity on the way from a linear function (0) to white noise (1)", "≤ 1/3", fourier <= 1.0 / 3,
            "near-lowest", fourier, $"by Chebyshev order {Text(Worst("chebyshev"), "0.00")}, by LZ78 {Text(Worst("lz78"), "0.00")}; highest order: {cells.MaxBy(cell => results.Mean(cell.Cell, "chebyshev")).Name}");
    }

    private Check GatedReluRises(RedshiftResults results)
    {
        int deepest = zoo.Depths[^1];
        double largest = zoo.Scales[^1];
        RedshiftSummary gated = results.Summary(zoo.CellOf(new("gated", "relu", deepest, largest)), Measure)!.Value, plain = results.Summary(zoo.CellOf(new("plain", "relu", deepest, largest)), Measure)!.Value;
        double[] byDepth = [.. zoo.Depths.Select(depth => Mean(results, "gated", "relu", depth, largest))], byScale = [.. zoo.Scales.Select(scale => Mean(results, "gated", "relu", deepest, scale))];
        double difference = gated.Mean - plain.Mean, z = difference / Math.Sqrt((gated.Error * gated.Error) + (plain.Error * plain.Error));
        double alongDepth = Correlation.Spearman([.. zoo.Depths.Select(depth => (double)depth)], byDepth), alongScale = Correlation.Spearman(zoo.Scales, byScale);
        return new(
            "Q8", "With gates complexity rises with depth and magnitude, even with ReLU.", "Chebyshev order at the largest depth and α, gated − plain ReLU", "> 0 by 3 standard errors, and Spearman's ρ of the gated ones with depth and with α each ≥ 0.7",
            z >= 3 && alongDepth >= 0.7 && alongScale >= 0.7, "steeper curves", difference, $"{Text(gated.Mean, "0.0")} against {Text(plain.Mean, "0.0")}, z = {Text(z, "0.0")}; ρ with depth {Text(alongDepth, "0.00")}, with α {Text(alongScale, "0.00")}");
    }

    private Check NormsFlatten(RedshiftResults results)
    {
        var rises = (from activation in RedshiftSizes.Others
                     where Have(activation)
                     from depth in zoo.Depths
                     select (Norm: Rise("layer norm", activation, depth), Plain: Rise("plain", activation, depth))).ToArray();
        double Rise(string variant, string activation, int depth) => Mean(results, variant, activation, depth, zoo.Scales[^1]) - Mean(results, variant, activation, depth, 1);
        double ratio = rises.Sum(rise => rise.Norm) / rises.Sum(rise => rise.Plain);
        PairedTest test = Statistics.Paired([.. rises.Select(rise => rise.Norm)], [.. rises.Select(rise => rise.Plain)]);
        return new(
            "Q6b", "With biases left as they are, layer norm makes the rise with magnitude smaller.", "rise of the Chebyshev order from α = 1 to the largest: with layer norm / plain (tanh, gaussian, sine)", "≤ 0.5", ratio <= 0.5,
            "flat curves", ratio, $"{Words(test)}; not flat, because biases keep their size while weights grow");
    }

    private static string Words(PairedTest test) => $"mean {Text(test.Mean, "0.00")} ± {Text(test.Deviation, "0.00")} (sd), t({test.Count - 1}) = {Text(test.T, "0.00")}, p = {Text(test.P, "0.0e0")}";

    private static string[] Row(Effect effect) =>
    [
        effect.Part, effect.Lowers ? "lowers" : "raises", $"{effect.Test.Count}", Text(effect.Test.Mean, "0.00"), Text(effect.Test.Deviation, "0.00"), Text(effect.Test.T, "0.00"), Text(effect.Test.P, "0.0e0"),
    ];
}
