namespace SeedHead.Networks;

/// <summary>y = φ(Wx + b) ⊙ σ(W′x + b′), σ the logistic sigmoid, ⊙ number by number. Text form "gated(64-tanh)".</summary>
/// <remarks>
/// <para>φ is what stands behind the width: any activations, scales and layer norms in order, or nothing. W′ and b′ have the law of W and b and
/// addresses of their own kind, so W and b are those of the layer without gate.</para>
/// <para>Source: Teney et al., "Neural Redshift", CVPR 2024; without φ it is the gated linear unit of Dauphin et al., ICML 2017.</para>
/// </remarks>
public sealed record GatedLayer : Layer
{
    internal GatedLayer(int width, IReadOnlyList<Layer> parts)
    {
        Width = InputLayer.Positive(width, nameof(width), "outputs of a gated layer");
        RequireParts(parts, least: 0, nameof(parts), "A gated layer");
        if (parts.FirstOrDefault(part => part is not (ActivationLayer or ScaleLayer or LayerNormLayer)) is { } other)
        {
            throw new ArgumentException($"Behind the width of a gated layer stand activations, scales and layer norms, not {other}.", nameof(parts));
        }

        Parts = [.. parts];
    }

    /// <summary>Number of outputs.</summary>
    public int Width { get; }

    /// <summary>φ, in order.</summary>
    public IReadOnlyList<Layer> Parts { get; }

    /// <summary>Equal when width and φ are.</summary>
    /// <param name="other">The other gated layer.</param>
    public bool Equals(GatedLayer? other) => other is not null && Width == other.Width && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, Parts.Count);

    /// <inheritdoc/>
    public override string ToString() => $"gated({string.Join('-', [$"{Width}", .. Parts])})";

    internal override Extent After(Extent input) => input.Vector(Width);
}
