namespace SeedHead.Networks;

/// <summary>A token becomes its column of the table E [D × V]. Text form "embed768". Stands first behind an input of tokens.</summary>
public sealed record EmbeddingLayer : Layer
{
    internal EmbeddingLayer(int width) => Width = InputLayer.Positive(width, nameof(width), "numbers of an embedding");

    /// <summary>D, the numbers of one token.</summary>
    public int Width { get; }

    /// <inheritdoc/>
    public override string ToString() => $"embed{Width}";

    internal override Extent After(Extent input) => input.AreIds
        ? input.Vector(Width) with { AreIds = false }
        : throw new ShapeException(this, $"{this}: reads tokens, but {input} come in. Begin with an input of tokens, such as tokens512x1024.");
}
