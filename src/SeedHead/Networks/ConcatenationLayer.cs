namespace SeedHead.Networks;

/// <summary>The channels of x, then those of f(x) (the numbers, where there is no image). Text form "cat(bn-relu-conv12@3)".</summary>
/// <remarks>Source: Huang, Liu, van der Maaten &amp; Weinberger, "Densely Connected Convolutional Networks", CVPR 2017.</remarks>
public sealed record ConcatenationLayer : Layer
{
    internal ConcatenationLayer(IReadOnlyList<Layer> parts)
    {
        RequireParts(parts, least: 1, nameof(parts), "A concatenation");
        Parts = [.. parts];
    }

    /// <summary>f.</summary>
    public IReadOnlyList<Layer> Parts { get; }

    /// <summary>Equal when the parts are, one by one.</summary>
    /// <param name="other">The other concatenation.</param>
    public bool Equals(ConcatenationLayer? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parts.Count, Parts[0]);

    /// <inheritdoc/>
    public override string ToString() => $"cat({string.Join('-', Parts)})";

    internal override Extent After(Extent input)
    {
        Extent added = Extent.After(Parts, input);
        return (input.Shape, added.Shape) switch
        {
            (null, null) => Extent.Of(this, (double)input.Count + added.Count) with { Tokens = input.Tokens },
            ({ } image, { } more) when (image.Height, image.Width) == (more.Height, more.Width) => Extent.Of(this, image.Height, image.Width, (double)image.Channels + more.Channels),
            _ => throw new ShapeException(this, $"{this}: {input} and {added} cannot be joined: images must be equally high and wide."),
        };
    }
}
