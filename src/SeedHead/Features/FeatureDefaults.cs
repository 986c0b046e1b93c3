using SeedHead.Data;
using SeedHead.Networks;

namespace SeedHead.Features;

/// <summary>What is taken where the user named nothing: the kind of features, and the widths an automatic search goes through.</summary>
internal static class FeatureDefaults
{
    private const int TableStart = 256;
    private const int TableMaximum = 4096;

    /// <summary><c>images</c> for image data, <c>hidden</c> for the rest.</summary>
    public static FeatureOptions For(ImageShape? shape) => new() { Features = shape is null ? HiddenFeatures.Word : "images" };

    /// <summary>Whether the number of features can be chosen: raw inputs alone have their own.</summary>
    public static bool HasWidth(FeatureOptions options) => options.Features != RawFeatures.Word;

    /// <summary>The first width of a search, as many features for every part as the start asks for.</summary>
    public static int StartWidth(FeatureOptions options, ImageShape? shape, int columns) =>
        UsesImages(options) ? ImageFeatures.StartWidth(shape!.Value) : TableStart + (options.Parts.Contains(RawFeatures.Word) ? columns : 0);

    /// <summary>The last width of a search.</summary>
    public static int MaximumWidth(FeatureOptions options, ImageShape? shape) =>
        UsesImages(options) ? ImageFeatures.MaximumWidth(shape!.Value) : TableMaximum;

    /// <summary>The network behind a map and its prior, or nulls where none stands behind it.</summary>
    public static (Architecture? Net, WeightPrior? Prior) NetworkOf(FeatureMap map) => map switch
    {
        HiddenFeatures hidden => (hidden.Net, hidden.Prior),
        OutputFeatures outputs => (outputs.Net, outputs.Prior),
        JoinedFeatures joined => joined.Parts.Select(NetworkOf).FirstOrDefault(network => network.Net is not null),
        _ => (null, null),
    };

    /// <summary>Hashes of the training rows that patches were cut from.</summary>
    public static IReadOnlySet<ulong> SourceHashes(FeatureMap map) => map switch
    {
        ImageFeatures images => new HashSet<ulong>(images.SourceHashes),
        JoinedFeatures joined => new HashSet<ulong>(joined.Parts.SelectMany(SourceHashes)),
        _ => new HashSet<ulong>(),
    };

    private static bool UsesImages(FeatureOptions options) => options.Parts.Contains("images");
}
