namespace SeedHead.Compute;

/// <summary>Solves with a lower triangular matrix L [n × n] and many right-hand sides B [n × m], in place.</summary>
internal static unsafe class Triangular
{
    /// <summary>B ← L⁻¹·B.</summary>
    public static void Solve(Team team, Strided<double> lower, Strided<double> b)
    {
        for (long i = 0; i < lower.Rows; i++)
        {
            for (long c = 0; c < b.Columns; c++)
            {
                double sum = b[i, c];
                for (long k = 0; k < i; k++)
                {
                    sum = double.FusedMultiplyAdd(-lower[i, k], b[k, c], sum);
                }

                b[i, c] = sum / lower[i, i];
            }
        }
    }

    /// <summary>B ← L⁻ᵀ·B.</summary>
    public static void SolveTransposed(Team team, Strided<double> lower, Strided<double> b)
    {
        for (long i = lower.Rows - 1; i >= 0; i--)
        {
            for (long c = 0; c < b.Columns; c++)
            {
                double sum = b[i, c];
                for (long k = i + 1; k < lower.Rows; k++)
                {
                    sum = double.FusedMultiplyAdd(-lower[k, i], b[k, c], sum);
                }

                b[i, c] = sum / lower[i, i];
            }
        }
    }
}
