using SeedHead.Compute;

namespace SeedHead.Complexity;

/// <summary>Mean order of the Legendre polynomials that make up the function: Σ (i + j)·|c(i, j)| / Σ |c(i, j)| over (i, j) ≠ 0. At least 1.</summary>
/// <remarks>
/// f(x, y) = Σ c(i, j)·P_i(x)·P_j(y) at the n × n Gauss-Legendre points, P_k(1) = 1; c by Gauss-Legendre quadrature. Source: Teney et al., "Neural
/// Redshift", CVPR 2024, fig. 6.
/// </remarks>
public sealed class LegendreOrder : IComplexityMeasure
{
    private readonly OrderRule rule;

    /// <summary>The measure.</summary>
    /// <param name="rule">What the order of P_i(x)·P_j(y) is.</param>
    public LegendreOrder(OrderRule rule = OrderRule.Sum) => this.rule = rule;

    /// <inheritdoc/>
    public string Name => rule == OrderRule.Sum ? "legendre" : "legendre:max";

    /// <inheritdoc/>
    public string Meaning => "mean order of Legendre polynomials, weighted by size; linear functions 1";

    /// <inheritdoc/>
    public Sampling Sampling { get; } = new(Placement.LegendreGrid);

    /// <inheritdoc/>
    public int LeastSide => 4;

    /// <inheritdoc/>
    public unsafe ComplexityValue Of(FunctionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int n = values.Columns, m = values.Rows;
        double[] x = values.Centred(), along = new double[x.Length], c = new double[x.Length], transform = GaussLegendre.Of(n).Transform;
        fixed (double* px = x, pa = along, pc = c, pt = transform)
        {
            Strided<double> t = Strided<double>.RowMajor(pt, n, n), rows = Strided<double>.RowMajor(pa, m, n);
            MatrixProduct.Multiply(Team.Single, Strided<double>.RowMajor(px, m, n), t.Transpose, rows);
            if (m > 1)
            {
                MatrixProduct.Multiply(Team.Single, t, rows, Strided<double>.RowMajor(pc, m, n));
            }
        }

        return PolynomialOrder.Mean(m > 1 ? c : along, m, n, rule);
    }
}
