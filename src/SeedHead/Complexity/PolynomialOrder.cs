namespace SeedHead.Complexity;

/// <summary>What the order of a product of polynomials in two inputs is.</summary>
public enum OrderRule
{
    /// <summary>i + j.</summary>
    Sum,

    /// <summary>max(i, j).</summary>
    Largest,
}

/// <summary>Σ order·|c| / Σ |c| over all coefficients but the constant one.</summary>
internal static class PolynomialOrder
{
    public static ComplexityValue Mean(ReadOnlySpan<double> coefficients, int rows, int columns, OrderRule rule)
    {
        (double weighted, double amounts) = (0, 0);
        for (int i = 0; i < rows; i++)
        {
            for (int j = i == 0 ? 1 : 0; j < columns; j++)
            {
                double size = Math.Abs(coefficients[(i * columns) + j]);
                weighted = Math.FusedMultiplyAdd(size, rule == OrderRule.Sum ? i + j : Math.Max(i, j), weighted);
                amounts += size;
            }
        }

        return ComplexityValue.Ratio(weighted, amounts);
    }
}
