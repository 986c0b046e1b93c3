namespace SeedHead.Tests.Reference;

/// <summary>
/// Singular values by turning pairs of columns until all are orthogonal: slow, and exact to the last digits even for small values of well-scaled columns.
/// </summary>
/// <remarks>Source: M. Hestenes, "Inversion of matrices by biorthogonalization and related results", J. SIAM 6 (1958).</remarks>
internal static class SingularValuesReference
{
    /// <summary>The min(m, n) singular values of a [m × n] of norm about 1, descending.</summary>
    public static double[] Find(double[,] a)
    {
        double[,] c = a.GetLength(0) >= a.GetLength(1) ? (double[,])a.Clone() : QrReference.Transpose(a);
        (int m, int n) = (c.GetLength(0), c.GetLength(1));
        bool turned = true;
        for (int sweep = 0; turned; sweep++)
        {
            Assert.True(sweep < 60, "the columns do not become orthogonal");
            turned = false;
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    turned |= Turn(c, m, p, q);
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(j => Math.Sqrt(Product(c, m, j, j))).OrderDescending()];
    }

    private static bool Turn(double[,] c, int m, int p, int q)
    {
        double pp = Product(c, m, p, p), qq = Product(c, m, q, q), pq = Product(c, m, p, q);
        if (Math.Abs(pq) <= 1e-15 * Math.Sqrt(pp) * Math.Sqrt(qq) + 1e-36) // columns that are nothing but rounding never end
        {
            return false;
        }

        double zeta = (qq - pp) / (2 * pq), t = Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
        double cos = 1 / Math.Sqrt(1 + t * t), sin = cos * t;
        for (int i = 0; i < m; i++)
        {
            (c[i, p], c[i, q]) = (cos * c[i, p] - sin * c[i, q], sin * c[i, p] + cos * c[i, q]);
        }

        return true;
    }

    private static double Product(double[,] c, int m, int p, int q)
    {
        double sum = 0;
        for (int i = 0; i < m; i++)
        {
            sum += c[i, p] * c[i, q];
        }

        return sum;
    }
}
