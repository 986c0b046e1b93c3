namespace SeedHead.Networks;

/// <summary>y = (x, sin(2⁰πx), cos(2⁰πx), …, sin(2^(L−1)πx), cos(2^(L−1)πx)) of every number x: d numbers become d·(1 + 2L). Text form "encodeL".</summary>
/// <remarks>
/// Order: all x, then for every x its L sines and its L cosines. Sources: Tancik et al., "Fourier Features Let Networks Learn High Frequency Functions in Low Dimensional
/// Domains", 2020; Mildenhall et al., "NeRF", 2020.
/// </remarks>
public sealed record EncodingLayer : Layer
{
    /// <summary>The largest number of octaves.</summary>
    public const int MostOctaves = 16;

    internal EncodingLayer(int octaves)
    {
        if (octaves is < 1 or > MostOctaves)
        {
            throw new ArgumentOutOfRangeException(nameof(octaves), $"An encoding has from 1 to {MostOctaves} octaves, not {octaves}.");
        }

        Octaves = octaves;
    }

    /// <summary>L.</summary>
    public int Octaves { get; }

    /// <inheritdoc/>
    public override string ToString() => $"encode{Octaves}";

    internal override Extent After(Extent input) => Extent.Of(this, input.Count * (1.0 + (2.0 * Octaves)));
}
