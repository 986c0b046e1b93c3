namespace SeedHead.Networks;

/// <summary>Eᵀx with the table E [D × V] of the embedding (a tied head): one number, the logit, for every token. Text form "unembed".</summary>
public sealed record UnembeddingLayer : Layer
{
    internal UnembeddingLayer()
    {
    }

    /// <inheritdoc/>
    public override string ToString() => "unembed";

    internal override Extent After(Extent input) => input.Vector(RequireSequence(input).Tokens!.Value.Vocabulary);
}
