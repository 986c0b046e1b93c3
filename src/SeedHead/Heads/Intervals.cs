namespace SeedHead.Heads;

/// <summary>Half widths of predictive intervals of a regression, from the ridge's leave-one-out errors.</summary>
/// <remarks>
/// <para>The left-out error of a training row with leverage h, eᵢ = rᵢ/(1 − hᵢ), has the spread σ·√(1/(1 − h)) that a new row as far out would
/// have. Scaled errors |eᵢ|·√(1 − hᵢ) are alike; the ⌈(n + 1)·level⌉-th smallest, q, gives a new row of leverage h the interval ŷ ± q·√(1 + h),
/// h from <see cref="Leverage"/>. Without leverages the plain |eᵢ| are ranked and all intervals are equally wide.</para>
/// <para>Source: the jackknife interval of Barber et al., "Predictive inference with the jackknife+", Annals of Statistics 49 (2021), sec. 1.2.
/// Coverage is that of the left-out rows; it needs errors that do not depend on x beyond leverage.</para>
/// </remarks>
/// <param name="Level">The share of new rows whose truth shall lie inside.</param>
/// <param name="HalfWidth">q, in target units.</param>
/// <param name="UsesLeverage">Whether q is to be multiplied by √(1 + h).</param>
internal sealed record Intervals(double Level, double HalfWidth, bool UsesLeverage)
{
    /// <summary>From left-out errors.</summary>
    /// <param name="errors">eᵢ, truth less left-out prediction [r].</param>
    /// <param name="leverages">hᵢ [r], or empty when new rows' leverages will not be known.</param>
    /// <param name="level">In (0, 1).</param>
    public static Intervals FromLeaveOneOut(ReadOnlySpan<double> errors, ReadOnlySpan<double> leverages, double level = 0.9)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level of an interval must lie between 0 and 1.");
        }

        if (errors.Length == 0 || (leverages.Length != 0 && leverages.Length != errors.Length))
        {
            throw new ArgumentException($"{errors.Length} errors and {leverages.Length} leverages. Pass one each a row.", nameof(errors));
        }

        var scaled = new double[errors.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = Math.Abs(errors[i]) * (leverages.Length == 0 ? 1 : Math.Sqrt(Math.Max(1 - leverages[i], 0)));
        }

        Array.Sort(scaled);
        int rank = (int)Math.Ceiling((scaled.Length + 1) * level); // beyond the last: too few rows for the level, the widest error stands in
        return new(level, scaled[Math.Min(rank, scaled.Length) - 1], leverages.Length != 0);
    }

    /// <summary>The half width at a row of the given leverage.</summary>
    public double At(double leverage = 0) => UsesLeverage ? HalfWidth * Math.Sqrt(1 + leverage) : HalfWidth;
}
