using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Makes normal rows orthogonal in blocks: rows b·d … b·d + d − 1 of a [D × d] matrix become an orthonormal set times scale·√d.</summary>
/// <remarks>
/// <para>With scale 1 every row has squared length d, as a row of independent unit-variance weights has in the mean, and rows of one block are at right angles;
/// blocks are independent. A narrower layer is the corner of a wider one, because a row depends only on rows before it in its block.</para>
/// <para>Gram–Schmidt in float64, row after row, twice over for accuracy (Kahan: "twice is enough"), sums in the order of <see cref="Vectors.Dot"/>; the signs of the normals are kept, so the law is uniform over
/// orthonormal frames (Mezzadri, "How to generate random matrices from the classical compact groups", 2007).</para>
/// </remarks>
internal static unsafe class Orthogonal
{
    public static void Rows(Strided<float> matrix, double scale = 1)
    {
        int d = checked((int)matrix.Columns);
        using var block = new NativeBuffer<double>(Math.Min(matrix.Rows, d) * d);
        double length = scale * Math.Sqrt(d);
        for (long row = 0; row < matrix.Rows; row++)
        {
            long place = row % d; // in its block
            double* v = block.Pointer + place * d;
            for (int j = 0; j < d; j++)
            {
                v[j] = matrix[row, j];
            }

            MakeOrthonormal(v, block.Pointer, place, d);
            for (int j = 0; j < d; j++)
            {
                matrix[row, j] = (float)(v[j] * length);
            }
        }
    }

    /// <summary>Takes off v what lies along the <paramref name="count"/> orthonormal rows of <paramref name="before"/>, and makes its length 1.</summary>
    private static void MakeOrthonormal(double* v, double* before, long count, int d)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            for (long i = 0; i < count; i++)
            {
                double* u = before + i * d;
                Vectors.Add(-Vectors.Dot(u, v, d), u, v, d);
            }
        }

        double length = Math.Sqrt(Vectors.Dot(v, v, d));
        for (int j = 0; j < d; j++)
        {
            v[j] /= length;
        }
    }
}
