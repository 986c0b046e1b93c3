namespace SeedHead.Networks;

/// <summary>Adds a vector that every position has of its own: row t of a table [T × D]. Text form "pos".</summary>
public sealed record PositionLayer : Layer
{
    internal PositionLayer()
    {
    }

    /// <inheritdoc/>
    public override string ToString() => "pos";

    internal override Extent After(Extent input) => RequireSequence(input);
}
