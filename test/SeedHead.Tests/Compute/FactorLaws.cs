using SeedHead.Compute;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

/// <summary>What the factors of any matrix must obey, with the errors that the factorisations state.</summary>
internal static class FactorLaws
{
    private const double Rounding = 1.1102230246251565e-16; // 2⁻⁵³

    /// <summary>|QᵀQ − I| ≤ 10·k·ε.</summary>
    public static void AssertOrthonormal(Strided<double> q)
    {
        for (long i = 0; i < q.Columns; i++)
        {
            for (long j = 0; j <= i; j++)
            {
                double off = i == j ? -1 : 0, lost = 0; // what the sum loses is kept: long columns would be blamed for it
                for (long r = 0; r < q.Rows; r++)
                {
                    double product = q[r, i] * q[r, j], next = off + product;
                    lost += Math.Abs(off) > Math.Abs(product) ? off - next + product : product - next + off;
                    off = next;
                }

                off = Math.Abs(off + lost);
                Assert.True(off <= 10 * (q.Columns + 1) * Rounding, $"columns {i} and {j} of [{q.Rows} × {q.Columns}]: {off:E2} off");
            }
        }
    }

    public static void AssertUpper(Strided<double> r)
    {
        for (long i = 0; i < r.Rows; i++)
        {
            for (long j = 0; j < Math.Min(i, r.Columns); j++)
            {
                Assert.Equal(0, r[i, j]);
            }
        }
    }

    /// <summary>Every column of A − Q·R is at most 10·k·ε of the column of A, and a denormal number for each element.</summary>
    public static void AssertProduct(Strided<double> a, Strided<double> q, Strided<double> r)
    {
        for (long j = 0; j < a.Columns; j++)
        {
            double largest = 0;
            for (long i = 0; i < a.Rows; i++)
            {
                largest = Math.Max(largest, Math.Abs(a[i, j]));
            }

            int exponent = largest == 0 ? 0 : Math.ILogB(largest);
            double size = 0, off = 0;
            for (long i = 0; i < a.Rows; i++)
            {
                double difference = Math.ScaleB(a[i, j], -exponent);
                size += difference * difference;
                for (long k = 0; k < r.Rows; k++)
                {
                    difference -= q[i, k] * Math.ScaleB(r[k, j], -exponent);
                }

                off += difference * difference;
            }

            double allowed = 10 * (q.Columns + 1) * Rounding * Math.Sqrt(size) + Math.Sqrt(a.Rows * r.Rows) * Math.ScaleB(double.Epsilon, -exponent);
            Assert.True(Math.Sqrt(off) <= allowed, $"column {j} of [{a.Rows} × {a.Columns}]: {Math.Sqrt(off):E2} off, {allowed:E2} allowed");
        }
    }

    public static Strided<double> Fill(List<IDisposable> owner, long rows, long columns, Func<long, long, double> element)
    {
        Strided<double> a = Create<double>(owner, rows, columns);
        for (long i = 0; i < rows; i++)
        {
            for (long j = 0; j < columns; j++)
            {
                a[i, j] = element(i, j);
            }
        }

        return a;
    }

    public static double[,] Values(Strided<double> a)
    {
        double[,] values = new double[a.Rows, a.Columns];
        for (long i = 0; i < a.Rows; i++)
        {
            for (long j = 0; j < a.Columns; j++)
            {
                values[i, j] = a[i, j];
            }
        }

        return values;
    }
}
