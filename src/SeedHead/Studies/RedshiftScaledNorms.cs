namespace SeedHead.Studies;

/// <summary>Layer norm where weights and biases are scaled together: hidden layers are then the same at every scale.</summary>
internal sealed class RedshiftScaledNorms(RedshiftSizes sizes) : RedshiftPart
{
    private const string Measures = "fourier chebyshev lz78";

    public override string Id => "Q6";

    public override string Title => "Layer norm removes the dependence on magnitude";

    public override IEnumerable<RedshiftCell> Cells => from activation in Activations from depth in Depths from scale in Scales select CellOf(activation, depth, scale);

    public override IEnumerable<Check> Checks(RedshiftResults results)
    {
        if (!results.Have(Cells))
        {
            yield break;
        }

        var changes = (from activation in Activations
                       from depth in Depths
                       from scale in Scales.Skip(1)
                       from measure in Measures.Split(' ')
                       let usual = results.Mean(CellOf(activation, depth, Scales[0]), measure)
                       select (Name: $"{measure} of {activation}, {depth} layers, α {RedshiftMaps.Scale(scale)}", Change: Math.Abs(results.Mean(CellOf(activation, depth, scale), measure) - usual) / usual)).ToArray();
        var worst = changes.MaxBy(change => change.Change);
        yield return new(
            "Q6a", "Layer norm removes the dependence on weight magnitude, for all activations, where biases are scaled too.", "greatest relative change of a mean from α = 1 to 3 and 10, three measures", "≤ 0.01",
            worst.Change <= 0.01, "flat curves", worst.Change, $"{worst.Name}; {changes.Length} means compared");
    }

    public override StudyResult Result(RedshiftResults results) => new(
        Id, Title,
        [
            new(
                "q6-layer-norm", "Layer norm, weights and biases scaled together: mean Chebyshev order.", ["activation, layers", .. Scales.Select(scale => $"α = {RedshiftMaps.Scale(scale)}")],
                [
                    .. from activation in Activations
                       from depth in Depths
                       select (IReadOnlyList<string>)[$"{activation}, {depth}", .. Scales.Select(scale => Text(results.Mean(CellOf(activation, depth, scale), "chebyshev"), "0.0000"))],
                ]),
        ],
        [], [], "(z − mean)/sd is the same for z and α·z, so only the 10⁻⁵ added to the variance can tell scales apart. With biases left at ±1 the curves of figure 5 rise: check Q6b.");

    private IReadOnlyList<string> Activations => sizes.Form == ReproduceForm.Quick ? ["relu", "tanh"] : RedshiftSizes.Activations;

    private IReadOnlyList<int> Depths => sizes.Form == ReproduceForm.Quick ? [1] : [1, 3, 8];

    private static IReadOnlyList<double> Scales => [1, 3, 10];

    private RedshiftFunctions CellOf(string activation, int depth, double scale) => new()
    {
        Net = RedshiftZoo.NetOf("layer norm", activation, depth), Prior = "glorot-alpha", Scale = scale, ScaleBiases = true, Side = sizes.Side,
        Networks = Math.Min(sizes.Networks, 20), Measures = Measures,
    };
}
