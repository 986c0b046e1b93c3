namespace SeedHead.Complexity;

/// <summary>Linear pieces of a piecewise linear function along straight paths, mean over paths: one more than its kinks, as far as n points tell them apart.</summary>
/// <remarks>
/// <para>A kink between two points, or at one, makes one or two neighbouring second differences differ from 0; a run of r of them is ⌈r/2⌉ kinks. A kink is
/// seen where it bends by more than 2⁻³⁶ of the largest value.</para>
/// <para>Where more than a third of the second differences are not 0 the function is not piecewise linear, or has more pieces than n points tell: not resolved.</para>
/// <para>Source of the count: Hanin &amp; Rolnick, "Complexity of Linear Regions in Deep Networks", ICML 2019.</para>
/// </remarks>
public sealed class LinearRegions : IComplexityMeasure
{
    private const double Bend = 1.0 / (1L << 36);

    /// <inheritdoc/>
    public string Name => "regions";

    /// <inheritdoc/>
    public string Meaning => "linear pieces along a path";

    /// <inheritdoc/>
    public Sampling Sampling { get; } = new(Placement.Paths);

    /// <inheritdoc/>
    public int LeastSide => 16;

    /// <inheritdoc/>
    public ComplexityValue Of(FunctionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double limit = Bend * Math.Max(Math.Abs(values.Least), Math.Abs(values.Greatest));
        (long kinks, long bent) = (0, 0);
        for (int path = 0; path < values.Rows; path++)
        {
            ReadOnlySpan<double> f = values.Span.Slice(path * values.Columns, values.Columns);
            int run = 0;
            for (int i = 1; i < f.Length; i++)
            {
                bool bends = i < f.Length - 1 && Math.Abs((f[i + 1] - f[i]) - (f[i] - f[i - 1])) > limit;
                kinks += bends ? 0 : (run + 1) / 2;
                bent += bends ? 1 : 0;
                run = bends ? run + 1 : 0;
            }
        }

        return 3 * bent > (long)values.Rows * (values.Columns - 2)
            ? ComplexityValue.Undefined(UndefinedCause.NotResolved)
            : ComplexityValue.Of(1 + ((double)kinks / values.Rows));
    }
}
