using SeedHead.Features;
using SeedHead.Networks;

namespace SeedHead.Models;

/// <summary>An architecture and the law of its weights, to be compared with others.</summary>
internal sealed record ArchitectureCandidate(Architecture Net, WeightPrior Prior);

/// <summary>The architectures that are compared where the network is left open: activation, depth, variances of weights and biases.</summary>
/// <remarks>
/// What has the same kernel up to a factor stands once: ReLU without biases at one weight variance, tanh not beside erf. Of networks that tie the
/// first is taken, so that simple ones come first.
/// </remarks>
internal static class ArchitectureCandidates
{
    /// <summary>Units of hidden layers before the last, where no width is given.</summary>
    public const int EarlierUnits = 1024;

    private const int OutputUnits = 64; // of every one of many networks, as without a choice

    private static readonly (string Activation, string Prior, int[] Depths)[] Known =
    [
        ("relu", "he-normal", [1, 2, 3, 5]),
        ("relu", "he-normal+bias-normal:1", [1, 2, 3, 5]),
        ("gelu", "he-normal", [1, 2, 3]),
        ("gelu", "he-normal+bias-normal:1", [1, 2, 3]),
        ("erf", "lecun-normal+bias-normal:1", [1, 2, 3]),
        ("erf", "lecun-normal:2+bias-normal:1", [1, 2, 3]),
        ("erf", "lecun-normal:4+bias-normal:1", [1]),

        // With biases this wide one layer of sines has the Gaussian kernel, at bandwidths 2, 1 and 1/2.
        ("sin", "lecun-normal:0.35+bias-normal:1.8", [1]),
        ("sin", "lecun-normal:0.7+bias-normal:1.8", [1, 2]),
        ("sin", "lecun-normal:1.4+bias-normal:1.8", [1, 2]),
    ];

    /// <summary>The candidates for features, the simple ones first.</summary>
    /// <param name="options">"hidden" or "outputs"; a prior named there takes the place of all others.</param>
    /// <param name="inputs">d, the preprocessed columns.</param>
    /// <param name="width">The number of features, or null.</param>
    public static IReadOnlyList<ArchitectureCandidate> Of(FeatureOptions options, int inputs, int? width)
    {
        int units = options.Features == OutputFeatures.Word ? OutputUnits : width ?? EarlierUnits;
        var all = new List<ArchitectureCandidate>();
        foreach (var (activation, prior, depths) in Known)
        {
            WeightPrior law = options.Prior ?? WeightPrior.Parse(prior);
            all.AddRange(depths.Select(depth => new ArchitectureCandidate(Net(inputs, units, activation, depth), law)));
        }

        return [.. all.Distinct().OrderBy(candidate => candidate.Net.Depth)];
    }

    private static Architecture Net(int inputs, int units, string activation, int depth)
    {
        Layer[] block = [Layer.Dense(units), Activation.Parse(activation)];
        return depth == 1 ? [Layer.Input(inputs), .. block, Layer.Dense(1)] : [Layer.Input(inputs), Layer.Repeat(depth, block), Layer.Dense(1)];
    }
}
