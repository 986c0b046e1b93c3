using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>Names groups of residuals and of concatenations: block1, block2, … in the order in which they run.</summary>
/// <remarks>
/// Residuals whose results have one shape form a block, concatenations whose results are equally high and wide, as long as nothing but activations, scales,
/// dropouts and norms stands between them. What stands outside of them, such as the transitions of a densely connected network, belongs to no block.
/// </remarks>
internal static class BlockNames
{
    /// <summary>The block of every layer of <see cref="Architecture.Layers"/>, or null.</summary>
    public static IReadOnlyList<string?> Of(Architecture net)
    {
        var names = new List<string?>();
        (Type Kind, Extent Shape)? last = null;
        int count = 0;
        Extent at = net.InputExtent;
        foreach (Layer layer in net.Layers)
        {
            at = layer.After(at);
            if (layer is ResidualLayer or ConcatenationLayer)
            {
                (Type, Extent) own = (layer.GetType(), layer is ConcatenationLayer ? WithoutChannels(at) : at);
                count += own == last ? 0 : 1;
                last = own;
                names.Add($"block{count}");
            }
            else
            {
                last = layer is ActivationLayer or ScaleLayer or DropoutLayer or BatchNormLayer or LayerNormLayer ? last : null;
                names.Add(null);
            }
        }

        return names;
    }

    private static Extent WithoutChannels(Extent extent) => extent.Shape is { } image ? new(0, image with { Channels = 1 }) : default;
}
