using System.Numerics;
using SeedHead.Compute;

namespace SeedHead.Tests.Reference;

/// <summary>The definition of <see cref="MatrixProduct"/>, element by element.</summary>
internal static class MatrixProductReference
{
    public static void Multiply<T>(Strided<T> a, Strided<T> b, Strided<T> c, bool add = false, bool lower = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int block = MatrixProduct.BlockLength<T>();
        for (long i = 0; i < c.Rows; i++)
        {
            for (long j = 0; j < (lower ? Math.Min(i + 1, c.Columns) : c.Columns); j++)
            {
                T total = add ? c[i, j] : T.Zero;
                for (long k0 = 0; k0 < a.Columns; k0 += block)
                {
                    T chain = T.Zero;
                    for (long k = k0; k < Math.Min(k0 + block, a.Columns); k++)
                    {
                        chain = T.FusedMultiplyAdd(a[i, k], b[k, j], chain);
                    }

                    total = k0 == 0 && !add ? chain : total + chain;
                }

                c[i, j] = total;
            }
        }
    }
}
