namespace SeedHead.Networks;

/// <summary>y = x + f(x), or g(x) + f(x) with a shortcut g. Text form "res(64-relu-64)", "res(64-relu-32|32)".</summary>
/// <remarks>
/// <para>f and g are networks without input whose outputs are as many; without g, as many as x has. A residual around an activation alone,
/// 64-res(tanh), is z + tanh(z) with z = Wx + b: the residual connection of Teney et al. 2024.</para>
/// <para>Source: He, Zhang, Ren &amp; Sun, "Deep Residual Learning for Image Recognition", CVPR 2016.</para>
/// </remarks>
public sealed record ResidualLayer : Layer
{
    internal ResidualLayer(IReadOnlyList<Layer> parts, IReadOnlyList<Layer> shortcut)
    {
        RequireParts(parts, least: 1, nameof(parts), "A residual");
        RequireParts(shortcut, least: 0, nameof(shortcut), "A shortcut");
        (Parts, Shortcut) = ([.. parts], [.. shortcut]);
    }

    /// <summary>f.</summary>
    public IReadOnlyList<Layer> Parts { get; }

    /// <summary>g; nothing means g(x) = x.</summary>
    public IReadOnlyList<Layer> Shortcut { get; }

    /// <summary>Equal when both branches are equal, part by part.</summary>
    /// <param name="other">The other residual.</param>
    public bool Equals(ResidualLayer? other) => other is not null && Parts.SequenceEqual(other.Parts) && Shortcut.SequenceEqual(other.Shortcut);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parts.Count, Parts[0], Shortcut.Count);

    /// <inheritdoc/>
    public override string ToString() => $"res({string.Join('-', Parts)}{(Shortcut.Count > 0 ? "|" : "")}{string.Join('-', Shortcut)})";

    internal override Extent After(Extent input)
    {
        Extent added = Extent.After(Parts, input), kept = Extent.After(Shortcut, input);
        string cure = Shortcut.Count > 0 ? $", or its shortcut in {Size(added)}"
            : added.Shape is null ? $", or give it a shortcut: res({string.Join('-', Parts)}|{added.Count})"
            : ", or give it a shortcut behind \"|\"";
        return added == kept ? added : throw new ShapeException(this, $"{this} adds {added} to {Size(kept)}. Let its branch end in {Size(kept)}{cure}.");
    }

    private static string Size(Extent extent) => extent.Shape?.ToString() ?? extent.Count.ToString();
}
