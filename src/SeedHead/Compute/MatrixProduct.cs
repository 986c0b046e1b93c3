namespace SeedHead.Compute;

/// <summary>C = A·B (or C += A·B) for strided matrices of any shape, transposes by strides.</summary>
/// <remarks>
/// Element (i, j) is defined as: for every block of <see cref="BlockLength"/> consecutive k, one chain of fused multiply-adds in k order that
/// starts at 0; the chains are added to C in block order (the first one stored, unless C is added to). Tile shapes, instruction sets and threads
/// cannot change a bit of it.
/// </remarks>
internal static unsafe class MatrixProduct
{
    public static int BlockLength<T>() where T : unmanaged => sizeof(T) == 4 ? 1024 : 256;

    public static void Multiply(Team team, Strided<float> a, Strided<float> b, Strided<float> c, bool add = false)
    {
        for (long i = 0; i < c.Rows; i++)
        {
            for (long j = 0; j < c.Columns; j++)
            {
                float total = add ? c[i, j] : 0;
                for (long k0 = 0; k0 < a.Columns; k0 += 1024)
                {
                    float chain = 0;
                    for (long k = k0; k < Math.Min(k0 + 1024, a.Columns); k++)
                    {
                        chain = float.FusedMultiplyAdd(a[i, k], b[k, j], chain);
                    }

                    total = k0 == 0 && !add ? chain : total + chain;
                }

                c[i, j] = total;
            }
        }
    }

    public static void Multiply(Team team, Strided<double> a, Strided<double> b, Strided<double> c, bool add = false)
    {
        for (long i = 0; i < c.Rows; i++)
        {
            for (long j = 0; j < c.Columns; j++)
            {
                double total = add ? c[i, j] : 0;
                for (long k0 = 0; k0 < a.Columns; k0 += 256)
                {
                    double chain = 0;
                    for (long k = k0; k < Math.Min(k0 + 256, a.Columns); k++)
                    {
                        chain = double.FusedMultiplyAdd(a[i, k], b[k, j], chain);
                    }

                    total = k0 == 0 && !add ? chain : total + chain;
                }

                c[i, j] = total;
            }
        }
    }
}
