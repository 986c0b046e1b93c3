using SeedHead.Compute;

namespace SeedHead.Tests.Reference;

/// <summary>The definitions of <see cref="Cholesky"/> and <see cref="Triangular"/>, element by element.</summary>
internal static unsafe class CholeskyReference
{
    public static CholeskyStatus Factor(Strided<double> a, long offset = 0)
    {
        long n = a.Rows, half = Triangular.Half(n);
        if (n <= Triangular.Leaf)
        {
            return FactorLeaf(a, offset);
        }

        Strided<double> corner = a.Block(half, 0, n - half, half);
        CholeskyStatus status = Factor(a.Block(0, 0, half, half), offset);
        if (!status.Succeeded)
        {
            return status;
        }

        Solve(a.Block(0, 0, half, half), corner.Transpose);
        Subtract(corner, corner.Transpose, a.Block(half, half, n - half, n - half), lower: true);
        return Factor(a.Block(half, half, n - half, n - half), offset + half);
    }

    public static void Solve(Strided<double> lower, Strided<double> b)
    {
        long n = lower.Rows, half = Triangular.Half(n);
        if (n <= Triangular.Leaf)
        {
            for (long c = 0; c < b.Columns; c++)
            {
                for (long i = 0; i < n; i++)
                {
                    double sum = b[i, c];
                    for (long k = 0; k < i; k++)
                    {
                        sum = double.FusedMultiplyAdd(-lower[i, k], b[k, c], sum);
                    }

                    b[i, c] = sum * (1 / lower[i, i]);
                }
            }

            return;
        }

        Strided<double> first = b.Block(0, 0, half, b.Columns), second = b.Block(half, 0, n - half, b.Columns);
        Solve(lower.Block(0, 0, half, half), first);
        Subtract(lower.Block(half, 0, n - half, half), first, second, lower: false);
        Solve(lower.Block(half, half, n - half, n - half), second);
    }

    public static void SolveTransposed(Strided<double> lower, Strided<double> b)
    {
        long n = lower.Rows, half = Triangular.Half(n);
        if (n <= Triangular.Leaf)
        {
            for (long c = 0; c < b.Columns; c++)
            {
                for (long i = n - 1; i >= 0; i--)
                {
                    double sum = b[i, c];
                    for (long k = n - 1; k > i; k--)
                    {
                        sum = double.FusedMultiplyAdd(-lower[k, i], b[k, c], sum);
                    }

                    b[i, c] = sum * (1 / lower[i, i]);
                }
            }

            return;
        }

        Strided<double> first = b.Block(0, 0, half, b.Columns), second = b.Block(half, 0, n - half, b.Columns);
        SolveTransposed(lower.Block(half, half, n - half, n - half), second);
        Subtract(lower.Block(half, 0, n - half, half).Transpose, second, first, lower: false);
        SolveTransposed(lower.Block(0, 0, half, half), first);
    }

    private static CholeskyStatus FactorLeaf(Strided<double> a, long offset)
    {
        for (long j = 0; j < a.Rows; j++)
        {
            for (long i = j; i < a.Rows; i++)
            {
                double sum = a[i, j];
                for (long k = 0; k < j; k++)
                {
                    sum = double.FusedMultiplyAdd(-a[i, k], a[j, k], sum);
                }

                if (i == j && !(sum > 0 && sum < double.PositiveInfinity))
                {
                    return new(offset + j, sum);
                }

                a[i, j] = i == j ? Math.Sqrt(sum) : sum * (1 / a[j, j]);
            }
        }

        return new(-1, 0);
    }

    private static void Subtract(Strided<double> a, Strided<double> b, Strided<double> c, bool lower)
    {
        int block = MatrixProduct.BlockLength<double>();
        for (long i = 0; i < c.Rows; i++)
        {
            for (long j = 0; j < (lower ? i + 1 : c.Columns); j++)
            {
                for (long k0 = 0; k0 < a.Columns; k0 += block)
                {
                    double chain = 0;
                    for (long k = k0; k < Math.Min(k0 + block, a.Columns); k++)
                    {
                        chain = double.FusedMultiplyAdd(a[i, k], b[k, j], chain);
                    }

                    c[i, j] -= chain;
                }
            }
        }
    }
}
