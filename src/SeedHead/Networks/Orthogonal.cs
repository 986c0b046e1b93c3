using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Makes normal rows orthogonal in blocks: rows b·d … b·d + d − 1 of a [D × d] matrix become an orthonormal set times √d.</summary>
/// <remarks>
/// <para>Every row then has squared length d, as a row of independent unit-variance weights has in the mean, and rows of one block are at right angles;
/// blocks are independent. A narrower layer is the corner of a wider one, because a row depends only on rows before it in its block.</para>
/// <para>Gram–Schmidt in float64, twice over for accuracy (Kahan: "twice is enough"); the signs of the normals are kept, so the law is uniform over
/// orthonormal frames (Mezzadri, "How to generate random matrices from the classical compact groups", 2007).</para>
/// </remarks>
internal static class Orthogonal
{
    public static void Rows(Strided<float> matrix)
    {
        int d = checked((int)matrix.Columns);
        var block = new double[Math.Min(matrix.Rows, d)][];
        for (long first = 0; first < matrix.Rows; first += d)
        {
            int count = (int)Math.Min(d, matrix.Rows - first);
            for (int r = 0; r < count; r++)
            {
                block[r] = Orthogonalised(matrix, first + r, block.AsSpan(0, r));
                for (int j = 0; j < d; j++)
                {
                    matrix[first + r, j] = (float)(block[r][j] * Math.Sqrt(d));
                }
            }
        }
    }

    private static double[] Orthogonalised(Strided<float> matrix, long row, ReadOnlySpan<double[]> before)
    {
        var v = new double[matrix.Columns];
        for (int j = 0; j < v.Length; j++)
        {
            v[j] = matrix[row, j];
        }

        for (int pass = 0; pass < 2; pass++)
        {
            foreach (double[] u in before)
            {
                double product = Dot(u, v);
                for (int j = 0; j < v.Length; j++)
                {
                    v[j] = Math.FusedMultiplyAdd(-product, u[j], v[j]);
                }
            }
        }

        double length = Math.Sqrt(Dot(v, v));
        for (int j = 0; j < v.Length; j++)
        {
            v[j] /= length;
        }

        return v;
    }

    private static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            sum = Math.FusedMultiplyAdd(x[j], y[j], sum);
        }

        return sum;
    }
}
