using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>Figure 3: what the functions look like.</summary>
internal sealed class RedshiftPictures(RedshiftSizes sizes) : RedshiftPart
{
    private const int Depth = 3;

    public override string Id => "F3";

    public override string Title => "Figure 3: the functions";

    public override IEnumerable<RedshiftCell> Cells => [];

    public override IEnumerable<Check> Checks(RedshiftResults results) => [];

    private static IReadOnlyList<double> Magnitudes => [0.3, 1, 3, 10, 30];

    private IReadOnlyList<string> Activations => sizes.Form == ReproduceForm.Quick ? ["relu", "tanh"] : RedshiftSizes.Activations;

    public override StudyResult Result(RedshiftResults results) => new(Id, Title, [], [], [], "Each function from its least value (black) to its greatest (white) on [−1, 1]², drawn anew from the seed.")
    {
        Pictures =
        [
            new(
                "f3-glorot", $"Network 0, {Depth} hidden layers of 64, weights ±α·√(6/(n + m)), biases ±1", "α", "", [.. Magnitudes.Select(RedshiftMaps.Scale)], Activations,
                [.. Magnitudes.Select(scale => (IReadOnlyList<FunctionThumbnail>)[.. Activations.Select(activation => Picture($"2-{Depth}*(64-{activation})-1", "glorot-alpha", scale))])]),
            .. Activations.Where(activation => activation is "relu" or "tanh").Select(Deep),
            new(
                "f3-unbiased", "Unbiased model, any scale", "", "", [""], ["unbiased"], [[Picture("fourier:20", "flat", 1)]]),
        ],
    };

    private PictureGrid Deep(string activation)
    {
        double[] scales = [.. sizes.MapScales.Where((_, i) => i % 2 == 0)];
        int[] depths = [.. sizes.MapDepths.Where((_, i) => i % 2 == 0)];
        return new(
            $"f4-pictures-{activation}", $"Cells of the map of {activation}, weights and biases ±A", "A", "Hidden layers", [.. scales.Select(RedshiftMaps.Scale)], [.. depths.Select(depth => $"{depth}")],
            [.. scales.Select(scale => (IReadOnlyList<FunctionThumbnail>)[.. depths.Select(depth => Picture($"2-{depth}*(64-{activation})-1", "flat", scale))])]);
    }

    private static FunctionThumbnail Picture(string net, string prior, double scale) =>
        ComplexityThumbnails.One(new() { Net = net, Prior = WeightPrior.Parse(prior), Side = 40 }, null, scale, new() { Threads = 1 })!;
}
