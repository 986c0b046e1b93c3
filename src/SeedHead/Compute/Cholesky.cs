namespace SeedHead.Compute;

/// <summary>How a factorisation ended: <c>Pivot</c> is −1 when all went well, else the row whose pivot was <c>Value</c> ≤ 0 (or NaN).</summary>
internal readonly record struct CholeskyStatus(long Pivot, double Value)
{
    public bool Succeeded => Pivot < 0;
}

/// <summary>A = L·Lᵀ in place: reads and overwrites the lower triangle of a [n × n] row-major matrix; the strict upper triangle is untouched.</summary>
internal static unsafe class Cholesky
{
    public static CholeskyStatus Factor(Team team, Strided<double> a)
    {
        for (long j = 0; j < a.Rows; j++)
        {
            double pivot = a[j, j];
            for (long k = 0; k < j; k++)
            {
                pivot = double.FusedMultiplyAdd(-a[j, k], a[j, k], pivot);
            }

            if (!(pivot > 0))
            {
                return new(j, pivot);
            }

            double root = Math.Sqrt(pivot);
            a[j, j] = root;
            for (long i = j + 1; i < a.Rows; i++)
            {
                double sum = a[i, j];
                for (long k = 0; k < j; k++)
                {
                    sum = double.FusedMultiplyAdd(-a[i, k], a[j, k], sum);
                }

                a[i, j] = sum / root;
            }
        }

        return new(-1, 0);
    }
}
