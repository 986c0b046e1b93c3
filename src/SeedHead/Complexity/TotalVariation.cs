namespace SeedHead.Complexity;

/// <summary>Total variation along straight paths: the mean over paths of Σ |f(x_{i+1}) − f(x_i)|, divided by the range of all values. A monotone function has at most 1.</summary>
/// <remarks>
/// Divided by the range so that, as for all measures here, adding to f or multiplying it changes nothing; the measure as printed is without. Source: Teney et al.,
/// "Do We Always Need the Simplicity Bias?", CVPR 2025.
/// </remarks>
public sealed class TotalVariation : IComplexityMeasure
{
    private readonly bool asPrinted;

    /// <summary>The measure.</summary>
    /// <param name="asPrinted">Whether the range does not divide.</param>
    public TotalVariation(bool asPrinted = false) => this.asPrinted = asPrinted;

    /// <inheritdoc/>
    public string Name => asPrinted ? "tv:raw" : "tv";

    /// <inheritdoc/>
    public string Meaning => asPrinted ? "total variation along paths, in units of the output" : "total variation along paths, in ranges of the function";

    /// <inheritdoc/>
    public Sampling Sampling { get; } = new(Placement.Paths);

    /// <inheritdoc/>
    public int LeastSide => 2;

    /// <inheritdoc/>
    public ComplexityValue Of(FunctionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double sum = 0, unit = asPrinted ? 1 : values.Greatest - values.Least;
        for (int path = 0; path < values.Rows; path++)
        {
            ReadOnlySpan<double> f = values.Span.Slice(path * values.Columns, values.Columns);
            for (int i = 1; i < f.Length; i++)
            {
                sum += Math.Abs(f[i] - f[i - 1]) / unit;
            }
        }

        return double.IsFinite(sum) ? ComplexityValue.Of(sum / values.Rows) : ComplexityValue.Undefined(UndefinedCause.NotFinite);
    }
}
