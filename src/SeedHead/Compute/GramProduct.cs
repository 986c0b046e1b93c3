namespace SeedHead.Compute;

/// <summary>Products of float32 rows summed in float64: the lower triangle of G += ΦᵀΦ, and C += ΦᵀY.</summary>
/// <remarks>
/// Rows are taken in blocks of <see cref="RowBlock"/> counted from the first row given; inside a block element (i, j) is one chain of float32 fused
/// multiply-adds in row order, starting at 0; each block's value is widened and added to the float64 element in block order.
/// </remarks>
internal static unsafe class GramProduct
{
    public const int RowBlock = 512;

    /// <summary>gram (lower triangle, [D × D]) += ΦᵀΦ for Φ = features [rows × D].</summary>
    public static void Add(Team team, Strided<float> features, Strided<double> gram) => Sum(features, features, gram, lower: true);

    /// <summary>cross [D × K] += ΦᵀY for Φ = features [rows × D] and Y = targets [rows × K].</summary>
    public static void AddCross(Team team, Strided<float> features, Strided<float> targets, Strided<double> cross) =>
        Sum(features, targets, cross, lower: false);

    private static void Sum(Strided<float> x, Strided<float> y, Strided<double> c, bool lower)
    {
        for (long i = 0; i < c.Rows; i++)
        {
            for (long j = 0; j < (lower ? i + 1 : c.Columns); j++)
            {
                for (long r0 = 0; r0 < x.Rows; r0 += RowBlock)
                {
                    float chain = 0;
                    for (long r = r0; r < Math.Min(r0 + RowBlock, x.Rows); r++)
                    {
                        chain = float.FusedMultiplyAdd(x[r, i], y[r, j], chain);
                    }

                    c[i, j] += chain;
                }
            }
        }
    }
}
