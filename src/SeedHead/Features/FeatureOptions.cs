using SeedHead.Data;
using SeedHead.Networks;

namespace SeedHead.Features;

/// <summary>Which features to make of the inputs. Immutable; what is not set is chosen for the data.</summary>
public sealed record FeatureOptions
{
    /// <summary>Words that <see cref="Features"/> is made of.</summary>
    private static readonly string[] Words = ["raw", "hidden", "outputs", "fourier", "orthogonal", "images"];

    private static readonly string[] Kernels = [FourierFeatures.Gaussian, FourierFeatures.Laplace];

    /// <summary>"hidden", "outputs", "fourier", "orthogonal", "images", "raw", or several of them joined by "+".</summary>
    /// <exception cref="ArgumentException">Another word, or one twice.</exception>
    public string Features { get; init => field = CheckFeatures(value); } = HiddenFeatures.Word;

    /// <summary>The network behind "hidden" and "outputs"; null: one hidden layer, of ReLU units for images, for tables of the units that left-out rows prefer.</summary>
    public Architecture? Net { get; init; }

    /// <summary>The law of its weights; null: the default of its first activation.</summary>
    public WeightPrior? Prior { get; init; }

    /// <summary>For "hidden": the number of independent networks that share the width, ≥ 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Networks { get; init => field = AtLeastOne(value, nameof(Networks)); } = 1;

    /// <summary>For "hidden": all hidden layers instead of the last one.</summary>
    public bool AllLayers { get; init; }

    /// <summary>For "outputs": outputs taken of each network, ≥ 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int OutputsPerNetwork { get; init => field = AtLeastOne(value, nameof(OutputsPerNetwork)); } = 1;

    /// <summary>For "fourier": "gaussian" or "laplace".</summary>
    /// <exception cref="ArgumentException">Another word.</exception>
    public string Kernel
    {
        get;
        init
        {
            try
            {
                field = CheckKernel(value);
            }
            catch (FormatException e)
            {
                throw new ArgumentException(e.Message, nameof(value), e);
            }
        }
    } = FourierFeatures.Gaussian;

    /// <summary>Multiplies the scale that is set from the data (the median distance of training rows): above 1 smoother, below 1 rougher functions.
    /// Null: 1, or for tables what left-out rows say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or not finite.</exception>
    public double? Bandwidth
    {
        get;
        init => field = value is null || (value > 0 && double.IsFinite(value.Value))
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The bandwidth must be positive and finite: 1 is the scale set from the data.");
    }

    internal IReadOnlyList<string> Parts => Features.Split('+');

    internal static string CheckKernel(string kernel) => Kernels.Contains(kernel)
        ? kernel
        : throw new FormatException($"'{kernel}' is no kernel. {Nearest.Hint(kernel, Kernels, "kernels")}");

    private static string CheckFeatures(string features)
    {
        string[] parts = features.Split('+');
        foreach (string part in parts)
        {
            if (!Words.Contains(part))
            {
                throw new ArgumentException(
                    $"'{part}' are no features. {Nearest.Hint(part, Words, "features")} Join several by '+'.",
                    nameof(features));
            }

            if (parts.Count(other => other == part) > 1)
            {
                throw new ArgumentException($"\"{features}\" joins \"{part}\" twice. Name every kind of features once.", nameof(features));
            }
        }

        return features;
    }

    private static int AtLeastOne(int value, string what) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{what} must be at least 1.");
}
