using SeedHead.Data;
using SeedHead.Networks;

namespace SeedHead.Features;

/// <summary>The feature options worth comparing on the data where a user left the network or the bandwidth open.</summary>
internal static class FeatureCandidates
{
    private static readonly double[] Bandwidths = [1, 0.5, 2];

    /// <summary>Options that differ in what was left open, the one to take without comparison first.</summary>
    /// <remarks>
    /// Images, and whatever a user named a bandwidth for, leave nothing open. Hidden layers of tables without net and prior are compared in
    /// activation and bandwidth, all other features of tables in bandwidth.
    /// </remarks>
    public static IReadOnlyList<FeatureOptions> Of(FeatureOptions options, int columns, ImageShape? shape)
    {
        bool open = shape is null && options.Bandwidth is null && options.Parts.Any(part => part != RawFeatures.Word);
        if (!open)
        {
            return [options];
        }

        bool openNetwork = options.Parts.Contains(HiddenFeatures.Word) && !options.Parts.Contains(OutputFeatures.Word)
            && options.Net is null && options.Prior is null;
        IReadOnlyList<FeatureOptions> networks = openNetwork
            ? [.. DefaultNetwork.ForTables.Select(choice => options with
            {
                Net = DefaultNetwork.Hidden(columns, choice.Activation),
                Prior = WeightPrior.Parse(choice.Prior),
            })]
            : [options];
        return [.. networks.SelectMany(network => Bandwidths.Select(bandwidth => network with { Bandwidth = bandwidth }))];
    }
}
