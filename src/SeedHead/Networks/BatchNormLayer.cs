namespace SeedHead.Networks;

/// <summary>y = γ·(z − m)/√(v + ε) + β, m and v the mean and the biased variance of a channel (a number, where there is no image) over a batch, ε = 10⁻⁵. Text form "bn".</summary>
/// <remarks>
/// γ starts at 1 and β at 0. While training m and v are the batch's; predictions take running averages, which keep the unbiased variance.
/// Source: Ioffe &amp; Szegedy, "Batch Normalization", ICML 2015.
/// </remarks>
public sealed record BatchNormLayer : Layer
{
    internal BatchNormLayer()
    {
    }

    /// <inheritdoc/>
    public override string ToString() => "bn";
}
