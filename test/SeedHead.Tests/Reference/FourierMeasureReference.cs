using SeedHead.Complexity;
using SeedHead.Compute;

namespace SeedHead.Tests.Reference;

/// <summary>The mean frequency of the paper by its defining sums.</summary>
internal static class FourierMeasureReference
{
    public static double Radial(FunctionValues values)
    {
        (int m, int n) = (values.Rows, values.Columns);
        double weighted = 0, amounts = 0;
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double re = 0, im = 0;
                for (int p = 0; p < m * n; p++)
                {
                    (double cos, double sin) = Elementary.CosSinOfTurn((long)i * (p / n) * n + (long)j * (p % n) * m, (long)m * n);
                    re += values.Span[p] * cos;
                    im -= values.Span[p] * sin;
                }

                double size = i + j == 0 ? 0 : Math.Sqrt(re * re + im * im);
                int a = Math.Min(i, m - i), b = Math.Min(j, n - j);
                weighted += size * Math.Sqrt(a * a + b * b);
                amounts += size;
            }
        }

        return weighted / amounts / (n / 2) / (m == 1 ? 1 : Math.Sqrt(2));
    }
}
