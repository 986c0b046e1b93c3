using SeedHead.Compute;

namespace SeedHead.Tests.Reference;

/// <summary>The definition of <see cref="GramProduct"/>, element by element.</summary>
internal static class GramProductReference
{
    public static void Add(Strided<float> features, Strided<double> gram) => Sum(features, features, gram, lower: true);

    public static void AddCross(Strided<float> features, Strided<float> targets, Strided<double> cross) =>
        Sum(features, targets, cross, lower: false);

    private static void Sum(Strided<float> x, Strided<float> y, Strided<double> c, bool lower)
    {
        for (long i = 0; i < c.Rows; i++)
        {
            for (long j = 0; j < (lower ? i + 1 : c.Columns); j++)
            {
                for (long r0 = 0; r0 < x.Rows; r0 += GramProduct.RowBlock)
                {
                    float chain = 0;
                    for (long r = r0; r < Math.Min(r0 + GramProduct.RowBlock, x.Rows); r++)
                    {
                        chain = float.FusedMultiplyAdd(x[r, i], y[r, j], chain);
                    }

                    c[i, j] += chain;
                }
            }
        }
    }
}
