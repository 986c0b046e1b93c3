namespace SeedHead.Networks;

/// <summary>While training every number is 0 with probability R and divided by 1 − R otherwise; later it does nothing. Text form "dropout0.3".</summary>
/// <remarks>Source: Srivastava et al., "Dropout", Journal of Machine Learning Research 15 (2014).</remarks>
public sealed record DropoutLayer : Layer
{
    internal DropoutLayer(double rate) => Rate = rate is >= 0 and < 1
        ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "The rate of a dropout must be at least 0 and less than 1.");

    /// <summary>R.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override string ToString() => "dropout" + PlainNumber.Format(Rate);
}
