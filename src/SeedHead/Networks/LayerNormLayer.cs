namespace SeedHead.Networks;

/// <summary>y = (z − m)/√(v + ε), m and v the mean and the biased variance of the numbers z of one input, ε = 10⁻⁵. Text form "ln".</summary>
/// <remarks>Source: Ba, Kiros &amp; Hinton, "Layer Normalization", 2016, with gain 1 and offset 0; a gain is a scale behind it. Order of sums: docs/math/networks.md.</remarks>
public sealed record LayerNormLayer : Layer
{
    internal LayerNormLayer()
    {
    }

    /// <inheritdoc/>
    public override string ToString() => "ln";
}
