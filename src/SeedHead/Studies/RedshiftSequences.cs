using SeedHead.Complexity;

namespace SeedHead.Studies;

/// <summary>Sequences of untrained transformers: phrases over length, one value a sequence.</summary>
internal sealed record RedshiftSequenceCell : RedshiftCell
{
    private const ulong Seed = 42;

    /// <summary>Text of a network of tokens.</summary>
    public required string Net { get; init; }

    /// <summary>What stands for every activation.</summary>
    public required string Activation { get; init; }

    /// <summary>What the layer norms inside of blocks are multiplied by.</summary>
    public double NormScale { get; init; } = 1;

    /// <summary>How many sequences.</summary>
    public required int Sequences { get; init; }

    /// <summary>Tokens that follow the first one.</summary>
    public required int Length { get; init; }

    /// <inheritdoc/>
    protected override string Text => $"sequences of {Net} | {Activation} | norm scale {NormScale:R} | {Sequences} of {Length} tokens, seed {Seed}";

    /// <summary>The name of sequence i's value.</summary>
    public static string At(int i) => $"lz78/{i}";

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Run(Execution run) =>
        TransformerStudy.Complexities(Net, Activation, NormScale, Sequences, Length, Seed, run)
            .Select((value, i) => (At(i), value.IsDefined ? value.Value : double.NaN));
}

/// <summary>Figure 10: untrained transformers, over activation, scale of the layer norms, and depth.</summary>
internal sealed class RedshiftSequences(RedshiftSizes sizes) : RedshiftPart
{
    private const double Level = 0.01;

    public override string Id => "F10";

    public override string Title => "Figure 10: sequences of untrained transformers";

    public override IEnumerable<RedshiftCell> Cells =>
    [
        .. Activations.Select(activation => Default(activation)),
        .. from activation in Activations from scale in Scales select Swept(activation, scale),
        .. from activation in DeepActivations from depth in Depths select Deep(activation, depth),
    ];

    public override IEnumerable<Check> Checks(RedshiftResults results) => !results.Have(Cells) ? [] :
    [
        .. ((string[])["selu", "sin", "tanh"]).Where(Activations.Contains).Select(activation => Ordered(results, activation, above: true)), Ordered(results, "relu", above: false),
        .. Gaussian(results), Rises(results), Bounded(results),
    ];

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title, [Table(results), DepthTable(results)], [Sweep(results), ByDepth(results)], [],
        $"Fresh weights and a random first token for every sequence, then {Length} tokens, each the likeliest. Width 128, 4 heads, 512 tokens (the paper: 768, 12, 50,257); standard deviations of weights so that "
        + "what enters an activation is as large as there. Values are phrases of the 1978 Lempel-Ziv parsing over length. A constant sequence of this length has "
        + $"{Text(Constant, "0.000")}. Sequences of two activations share weights and first token, so they are compared in pairs.");

    private IReadOnlyList<string> Activations => sizes.Form == ReproduceForm.Quick ? ["gelu", "relu", "sin"] : ["gelu", "relu", "selu", "silu", "tanh", "sin", "gaussian"];

    private IReadOnlyList<string> DeepActivations => sizes.Form == ReproduceForm.Quick ? ["gelu"] : ["gelu", "relu", "selu", "tanh", "sin"];

    private IReadOnlyList<double> Scales => sizes.Form switch
    {
        ReproduceForm.Quick => [0.5, 2],
        ReproduceForm.Small => [0.1, 0.25, 0.5, 1, 2, 4, 10],
        _ => [.. Enumerable.Range(0, 25).Select(i => (double)Compute.Elementary.Exp(((i / 12.0) - 1) * 2.302585092994046))], // 0.1 … 10
    };

    private IReadOnlyList<int> Depths => sizes.Form switch { ReproduceForm.Quick => [1], ReproduceForm.Small => [1, 2, 4], _ => [1, 3, 6, 9, 12] };

    private int Sequences => sizes.Form switch { ReproduceForm.Quick => 4, ReproduceForm.Small => 1000, _ => 1000 };

    private int SweptSequences => sizes.Form switch { ReproduceForm.Quick => 4, ReproduceForm.Small => 100, _ => 1000 };

    private int Length => sizes.Form == ReproduceForm.Quick ? 20 : 100;

    private string Net(int depth) => sizes.Form switch
    {
        ReproduceForm.Quick => "gpt2-1-2-16/32",
        ReproduceForm.Small => $"gpt2-{depth}-4-128/512",
        _ => $"gpt2-{depth}-12-768/50257",
    };

    private int DefaultDepth => sizes.Form switch { ReproduceForm.Quick => 1, ReproduceForm.Small => 2, _ => 12 };

    private double Constant => Math.Floor((Math.Sqrt((8.0 * (Length + 1)) + 1) - 1) / 2) / (Length + 1);

    private RedshiftSequenceCell Default(string activation) => new() { Net = Net(DefaultDepth), Activation = activation, Sequences = Sequences, Length = Length };

    private RedshiftSequenceCell Swept(string activation, double scale) => new() { Net = Net(DefaultDepth), Activation = activation, NormScale = scale, Sequences = SweptSequences, Length = Length };

    private RedshiftSequenceCell Deep(string activation, int depth) => new() { Net = Net(depth), Activation = activation, Sequences = SweptSequences, Length = Length };

    private static double[] Values(RedshiftResults results, RedshiftSequenceCell cell) =>
        [.. Enumerable.Range(0, cell.Sequences).Select(i => results.Number(cell, RedshiftSequenceCell.At(i)))];

    private static (double Mean, double Deviation, int Undefined) Summary(RedshiftResults results, RedshiftSequenceCell cell)
    {
        double[] all = Values(results, cell), finite = [.. all.Where(double.IsFinite)];
        return finite.Length == 0 ? (double.NaN, double.NaN, all.Length) : (Statistics.Mean(finite), Statistics.Deviation(finite), all.Length - finite.Length);
    }

    private PairedTest Against(RedshiftResults results, string activation)
    {
        (double First, double Second)[] pairs = [.. Values(results, Default(activation)).Zip(Values(results, Default("gelu"))).Where(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second))];
        return Statistics.Paired([.. pairs.Select(pair => pair.First)], [.. pairs.Select(pair => pair.Second)]);
    }

    private Check Ordered(RedshiftResults results, string activation, bool above)
    {
        PairedTest test = Against(results, activation);
        double oneSided = (test.Mean > 0) == above ? test.P / 2 : 1 - (test.P / 2);
        return new(
            $"Q13 {activation}", $"Sequences with {activation} are {(above ? "more complex than those with GELU" : "simpler than those with GELU")}.", $"mean phrases over length, {activation} − gelu", $"{(above ? ">" : "<")} 0 with one-sided p < 0.01 (paired t)",
            oneSided < Level, above ? "above GELU" : "below GELU", test.Mean, $"{test.Count} sequences, t({test.Count - 1}) = {Text(test.T, "0.00")}, one-sided p = {Text(oneSided, "0.0e0")}");
    }

    private IEnumerable<Check> Gaussian(RedshiftResults results)
    {
        if (Activations.Contains("gaussian"))
        {
            PairedTest test = Against(results, "gaussian");
            yield return new(
                "Q13 gaussian", "Gaussian starts low and climbs above most others at large scale.", "mean phrases over length, gaussian − gelu", "reported", null, "starts low, climbs", test.Mean,
                $"t({test.Count - 1}) = {Text(test.T, "0.00")}; at the largest scale {Text(Summary(results, Swept("gaussian", Scales[^1])).Mean, "0.000")} against {string.Join(", ", Activations.Where(one => one != "gaussian").Select(one => $"{one} {Text(Summary(results, Swept(one, Scales[^1])).Mean, "0.000")}"))}");
        }
    }

    private Check Rises(RedshiftResults results)
    {
        var points = (from activation in Activations from scale in Scales let mean = Summary(results, Swept(activation, scale)).Mean where double.IsFinite(mean) select (scale, mean)).ToArray();
        Correlated rho = Correlation.SpearmanInterval([.. points.Select(point => point.scale)], [.. points.Select(point => point.mean)]);
        return new(
            "Q13 scale", "Complexity rises with the scale of the layer norms.", "Spearman's ρ of scale and mean phrases over length, all activations", "> 0 with its 95 % interval", rho.Value > 0 && rho.Low > 0, "monotone but for shoulders", rho.Value,
            $"interval {Text(rho.Low, "0.00")} to {Text(rho.High, "0.00")} of resampled cells; by activation {string.Join(", ", Activations.Select(activation => $"{activation} {Text(Correlation.Spearman(Scales, [.. Scales.Select(scale => Summary(results, Swept(activation, scale)).Mean)]), "0.00")}"))}");
    }

    private Check Bounded(RedshiftResults results)
    {
        double mean = Summary(results, Default("gelu")).Mean;
        return new("Q13 low", "The default transformer is far below random.", "mean phrases over length, gelu", "≤ 0.5 (random tokens: 0.99)", mean <= 0.5, "far below random", mean, $"constant sequences have {Text(Constant, "0.000")}");
    }

    private ResultTable Table(RedshiftResults results) => new(
        "f10-activations", $"Phrases over length: mean ± standard deviation over sequences; {Sequences:N0} at scale 1 in the first column, {SweptSequences} elsewhere.", ["activation", "default", "against gelu, t", .. Scales.Select(scale => $"scale {RedshiftMaps.Scale(scale)}")],
        [
            .. Activations.Select(activation => (IReadOnlyList<string>)
            [
                activation, Spread(Summary(results, Default(activation))), activation == "gelu" || !results.Have([Default(activation), Default("gelu")]) ? "" : Text(Against(results, activation).T, "0.0"),
                .. Scales.Select(scale => Spread(Summary(results, Swept(activation, scale)))),
            ]),
        ]);

    private ResultTable DepthTable(RedshiftResults results) => new(
        "f10-depths", "The same by depth.", ["activation, blocks:", .. Depths.Select(depth => $"{depth}")],
        [.. DeepActivations.Select(activation => (IReadOnlyList<string>)[activation, .. Depths.Select(depth => Spread(Summary(results, Deep(activation, depth))))])]);

    private static string Spread((double Mean, double Deviation, int Undefined) found) =>
        double.IsFinite(found.Mean) ? $"{Text(found.Mean, "0.000")} ± {Text(found.Deviation, "0.000")}{(found.Undefined > 0 ? $" ({found.Undefined} undefined)" : "")}" : Missing;

    private Figure Sweep(RedshiftResults results) => Curves(results, "Over the scale of the layer norms", "Scale of the layer norms (log scale)", Activations, Scales, Swept);

    private Figure ByDepth(RedshiftResults results) => Curves(results, "Over depth", "Blocks (log scale)", DeepActivations, [.. Depths.Select(depth => (double)depth)], (activation, depth) => Deep(activation, (int)depth));

    private static Figure Curves(RedshiftResults results, string title, string axis, IReadOnlyList<string> activations, IReadOnlyList<double> x, Func<string, double, RedshiftSequenceCell> cell) => new(
        title, axis, "Phrases over length (0 to 1)", true,
        [
            .. from activation in activations
               let points = from at in x
                            let found = Summary(results, cell(activation, at))
                            where double.IsFinite(found.Mean)
                            select new FigurePoint(at, found.Mean, found.Deviation / Math.Sqrt(cell(activation, at).Sequences), $"{activation}, {RedshiftMaps.Scale(at)}")
               where points.Any()
               select new Series(activation, SeriesKind.Band, [.. points]),
        ],
        $"Mean phrases over length of sequences, with a band of one standard error, {title.ToLowerInvariant()}.");
}
