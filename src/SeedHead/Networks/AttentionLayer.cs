namespace SeedHead.Networks;

/// <summary>Causal self-attention with H heads: each position reads itself and those before it. Text form "attn12".</summary>
/// <remarks>
/// <para>With (q, k, v) = W·x for every position, cut into H parts each, head h of position t is Σ p(s)·v_h(s) over s ≤ t, p the softmax of
/// q_h(t)·k_h(s)/√(D/H); the heads side by side are multiplied by a second matrix [D × D].</para>
/// <para>Source: Vaswani et al., "Attention Is All You Need", NIPS 2017; masked as in Radford et al., "Language Models are Unsupervised Multitask Learners", 2019.</para>
/// </remarks>
public sealed record AttentionLayer : Layer
{
    internal AttentionLayer(int heads) => Heads = InputLayer.Positive(heads, nameof(heads), "heads of an attention");

    /// <summary>H.</summary>
    public int Heads { get; }

    /// <inheritdoc/>
    public override string ToString() => $"attn{Heads}";

    internal override Extent After(Extent input) => RequireSequence(input).Count % Heads == 0
        ? input
        : throw new ShapeException(this, $"{this}: {input.Count} numbers cannot be cut into {Heads} equal heads.");
}
