using SeedHead.Compute;

namespace SeedHead.Kernels;

/// <summary>The lower triangle of a symmetric matrix, row after row: entry (i, j ≤ i) at i·(i + 1)/2 + j.</summary>
internal static class Packed
{
    /// <summary>Numbers of the triangle of an n × n matrix.</summary>
    public static long Length(long n) => n * (n + 1) / 2;

    /// <summary>Where entry (i, j) lies, in either order.</summary>
    public static long At(long i, long j) => Length(Math.Max(i, j)) + Math.Min(i, j);

    /// <summary>A copy of a matrix's triangle.</summary>
    public static double[] Of(Strided<double> matrix)
    {
        var lower = new double[Length(matrix.Rows)];
        for (long i = 0, at = 0; i < matrix.Rows; i++)
        {
            for (long j = 0; j <= i; j++, at++)
            {
                lower[at] = matrix[i, j];
            }
        }

        return lower;
    }
}
