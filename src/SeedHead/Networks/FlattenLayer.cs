namespace SeedHead.Networks;

/// <summary>An image read as a plain vector, row by row, channels last. Text form "flatten"; a dense layer flattens by itself.</summary>
public sealed record FlattenLayer : Layer
{
    internal FlattenLayer()
    {
    }

    /// <inheritdoc/>
    public override string ToString() => "flatten";

    internal override Extent After(Extent input) => input.Vector(input.Count);
}
