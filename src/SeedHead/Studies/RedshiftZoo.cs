namespace SeedHead.Studies;

/// <summary>One architecture with its weight magnitude.</summary>
/// <param name="Variant">plain, residual, layer norm or gated.</param>
/// <param name="Activation">Activation.</param>
/// <param name="Depth">Hidden layers.</param>
/// <param name="Scale">α.</param>
internal sealed record Configuration(string Variant, string Activation, int Depth, double Scale);

/// <summary>The architectures that figures 5 and 6 and table 1 are made of: variants × activations × depths × weight magnitudes, the paper's own prior.</summary>
internal sealed class RedshiftZoo(RedshiftSizes sizes)
{
    /// <summary>What every architecture is measured by.</summary>
    public const string Measures = "fourier chebyshev legendre lz78";

    private const int Width = 64;

    /// <summary>The variants of section 1.4.</summary>
    public static IReadOnlyList<string> Variants { get; } = ["plain", "residual", "layer norm", "gated"];

    /// <summary>How large everything is.</summary>
    public RedshiftSizes Sizes => sizes;

    /// <summary>Hidden layers.</summary>
    public IReadOnlyList<int> Depths => sizes.Form == ReproduceForm.Quick ? [1, 3] : [1, 2, 3, 5, 8];

    /// <summary>Weight magnitudes α.</summary>
    public IReadOnlyList<double> Scales => sizes.Form == ReproduceForm.Quick ? [1, 10] : [0.1, 0.3, 1, 3, 10];

    /// <summary>Activations.</summary>
    public IReadOnlyList<string> Activations => sizes.Form == ReproduceForm.Quick ? ["relu", "tanh"] : RedshiftSizes.Activations;

    /// <summary>All of them.</summary>
    public IReadOnlyList<Configuration> All =>
        [.. from variant in Variants from activation in Activations from depth in Depths from scale in Scales select new Configuration(variant, activation, depth, scale)];

    /// <summary>The cell of one: more networks where reference values are known.</summary>
    public RedshiftFunctions CellOf(Configuration one) => new()
    {
        Net = NetOf(one.Variant, one.Activation, one.Depth), Prior = "glorot-alpha", Scale = one.Scale, Side = sizes.Side,
        Networks = one.Scale >= 1 && one.Depth is 1 or 3 or 8 && RedshiftTable.Has(one.Variant, one.Activation) ? sizes.TableNetworks : sizes.Networks, Measures = Measures,
    };

    /// <summary>The text form of a network.</summary>
    public static string NetOf(string variant, string activation, int depth, int width = Width) => $"2-{depth}*({variant switch
    {
        "plain" => $"{width}-{activation}",
        "residual" => $"{width}-res({activation})",
        "layer norm" => $"{width}-ln-{activation}",
        "gated" => $"gated({width}-{activation})",
        _ => throw new ArgumentException($"There is no variant '{variant}'. There are {string.Join(", ", Variants)}."),
    }})-1";

    /// <summary>A measure's value of a linear function and of white noise at 64 × 64 points; of LZ78 that of an oblique ramp.</summary>
    /// <remarks>Known answers: for `fourier` and `chebyshev` from tools of other hands, see docs/math/complexity.md; LZ78 at ten levels.</remarks>
    public static (double Linear, double Noise) Ends(string measure) => measure switch
    {
        "fourier" => (0.194, 0.545),
        "lz78" => (450, 1068),
        _ => (1, 63.2),
    };

    /// <summary>A third of the way from a linear function to white noise: what counts as low.</summary>
    public static double Low(string measure) => Ends(measure).Linear + ((Ends(measure).Noise - Ends(measure).Linear) / 3);
}
