namespace SeedHead.Complexity;

/// <summary>1/c, c = Σ |F(k)|·|k| / Σ |F(k)| over all k ≠ 0, |k| in periods of the grid, on [−100, 100]. Large for simple functions; its mean over networks is SimBa's s.</summary>
/// <remarks>Source: Lee et al., "SimBa: Simplicity Bias for Scaling Up Parameters in Deep Reinforcement Learning", 2024 (arXiv 2410.09754): 300 × 300 points, 100 networks.</remarks>
public sealed class SimplicityScore : IComplexityMeasure
{
    /// <inheritdoc/>
    public string Name => "simba";

    /// <inheritdoc/>
    public string Meaning => "SimBa's simplicity score on [-100, 100]: larger is simpler";

    /// <inheritdoc/>
    public Sampling Sampling { get; } = new(Placement.UniformGrid, 100);

    /// <inheritdoc/>
    public int LeastSide => 4;

    /// <inheritdoc/>
    public ComplexityValue Of(FunctionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        (double weighted, double amounts) = FourierFrequency.Sums(values);
        return ComplexityValue.Ratio(amounts, weighted);
    }
}
