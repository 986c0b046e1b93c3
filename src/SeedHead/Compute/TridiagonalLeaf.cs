namespace SeedHead.Compute;

/// <summary>Eigenvalues and vectors of a small tridiagonal matrix by implicit QL steps.</summary>
/// <remarks>Source: A. Dubrulle, R. Martin, J. Wilkinson, "The implicit QL algorithm", Numer. Math. 12 (1968); procedure tql2.</remarks>
internal static unsafe class TridiagonalLeaf
{
    private const int MostSteps = 50; // an eigenvalue; two are usual
    private const int UsualSteps = 30; // past these what a large part of the matrix leaves in a small one by rounding is negligible

    /// <summary>diagonal ← eigenvalues, in no order; row i of vectors [n × n], the identity before, ← the vector of diagonal[i].</summary>
    public static void Solve(int n, double* diagonal, double* beside, Strided<double> vectors)
    {
        Span<double> e = stackalloc double[n];
        new ReadOnlySpan<double>(beside, n - 1).CopyTo(e);
        for (int l = 0; l < n; l++)
        {
            int steps = 0;
            double limit = 0;
            for (int m = Split(l, n, diagonal, e, limit); m > l; m = Split(l, n, diagonal, e, limit))
            {
                limit = steps < UsualSteps ? 0 : Vectors.Rounding * Largest(n, diagonal, e);
                if (steps++ == MostSteps)
                {
                    throw new ArithmeticException($"Eigenvalue {l} of a [{n} × {n}] tridiagonal matrix does not converge.");
                }

                Step(l, m, diagonal, e, vectors);
            }
        }
    }

    /// <summary>The first row from l on whose element beside the diagonal is negligible.</summary>
    private static int Split(int l, int n, double* d, ReadOnlySpan<double> e, double limit)
    {
        int m = l;
        while (m < n - 1 && Math.Abs(e[m]) > Math.Max(limit, Vectors.Rounding * (Math.Abs(d[m]) + Math.Abs(d[m + 1]))))
        {
            m++;
        }

        return m;
    }

    private static double Largest(int n, double* d, ReadOnlySpan<double> e)
    {
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            largest = Math.Max(largest, Math.Max(Math.Abs(d[i]), Math.Abs(e[i])));
        }

        return largest;
    }

    private static void Step(int l, int m, double* d, Span<double> e, Strided<double> vectors)
    {
        // Wilkinson's shift
        double g = (d[l + 1] - d[l]) / (2 * e[l]);
        double r = Hypotenuse(g, 1);
        g = d[m] - d[l] + e[l] / (g + (g < 0 ? -r : r));
        double s = 1, c = 1, p = 0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * e[i], b = c * e[i];
            r = Hypotenuse(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p; // the matrix falls apart here
                e[m] = 0;
                return;
            }

            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
            Vectors.Rotate(
                &vectors.Pointer[(i + 1) * vectors.RowStride], &vectors.Pointer[i * vectors.RowStride], c, s, (nint)vectors.Columns);
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    private static double Hypotenuse(double a, double b)
    {
        (a, b) = (Math.Abs(a), Math.Abs(b));
        (a, b) = a > b ? (a, b) : (b, a);
        double ratio = a == 0 ? 0 : b / a;
        return a * Math.Sqrt(1 + ratio * ratio);
    }
}
