namespace SeedHead.Complexity;

/// <summary>Mean order of the Chebyshev polynomials that make up the function: Σ (i + j)·|c(i, j)| / Σ |c(i, j)| over (i, j) ≠ 0. At least 1.</summary>
/// <remarks>
/// <para>f(x, y) = Σ c(i, j)·T_i(x)·T_j(y) interpolates f at the n × n Chebyshev-Gauss points; the coefficients are a cosine transform of the values.
/// White noise has about n − 1.</para>
/// <para>Source: Teney et al., "Neural Redshift", CVPR 2024, sec. 3 (the fit is given there in an appendix that this does not follow).</para>
/// </remarks>
public sealed class ChebyshevOrder : IComplexityMeasure
{
    private readonly OrderRule rule;

    /// <summary>The measure.</summary>
    /// <param name="rule">What the order of T_i(x)·T_j(y) is.</param>
    public ChebyshevOrder(OrderRule rule = OrderRule.Sum) => this.rule = rule;

    /// <inheritdoc/>
    public string Name => rule == OrderRule.Sum ? "chebyshev" : "chebyshev:max";

    /// <inheritdoc/>
    public string Meaning => "mean order of Chebyshev polynomials, weighted by size; linear functions 1, white noise n - 1";

    /// <inheritdoc/>
    public Sampling Sampling { get; } = new(Placement.ChebyshevGrid);

    /// <inheritdoc/>
    public int LeastSide => 4;

    /// <inheritdoc/>
    public ComplexityValue Of(FunctionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] c = Spectrum.Cosine(values);
        double half = Math.Sqrt(0.5); // orthonormal → Chebyshev coefficients, up to a common factor
        for (int i = 0; i < values.Rows; i++)
        {
            c[i * values.Columns] *= half;
        }

        for (int j = 0; values.Dimension == 2 && j < values.Columns; j++)
        {
            c[j] *= half;
        }

        return PolynomialOrder.Mean(c, values.Rows, values.Columns, rule);
    }
}
