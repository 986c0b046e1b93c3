using SeedHead.Compute;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class PolarFactorTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(17, 0)]
    [InlineData(60, 0)]
    [InlineData(60, 10)]  // the smallest singular value near 2⁻¹⁰: steps by Cholesky factors too
    [InlineData(60, 40)]  // and more by QR factors
    [InlineData(60, -40)] // the smallest first
    public void W_is_orthogonal_and_what_is_left_is_symmetric_and_positive(int n, int fall)
    {
        Strided<double> lower = Lower(n, (i, j) => (i == j ? 2 : Value(3, i, j) / n) * Math.ScaleB(1, fall > 0 ? -fall * (int)i / n : fall * (int)(n - 1 - j) / n));
        using PolarFactor polar = PolarFactor.OfTriangle(new Team(2), lower);
        Assert.False(polar.Deficient);
        FactorLaws.AssertOrthonormal(polar.W);
        Strided<double> h = Create<double>(buffers, n, n), vectors = Create<double>(buffers, n, n);
        MatrixProduct.Multiply(Team.Single, polar.W.Transpose, lower, h);
        double allowed = 10 * (n + 1) * 1.1102230246251565e-16 * 4;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(h[j, i], h[i, j], allowed);
            }
        }

        double[] values = new double[n];
        SymmetricEigen.Decompose(Team.Single, h, values, vectors);
        Assert.InRange(values[0], -allowed, 4);
    }

    [Fact]
    public void The_factor_of_a_triangle_that_keeps_lengths_is_itself()
    {
        using PolarFactor polar = PolarFactor.OfTriangle(Team.Single, Lower(3, (i, j) => i != j ? 0 : i == 1 ? -5 : 5));
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(i != j ? 0 : i == 1 ? -1 : 1, polar.W[i, j], 1e-15);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-25)]
    public void Singular_matrices_say_so_and_keep_the_rest_orthonormal(double small)
    {
        Strided<double> lower = Lower(12, (i, j) => i == 7 ? (j == 7 ? small : 0) : i == j ? 1 : Value(1, i, j) / 20);
        using PolarFactor polar = PolarFactor.OfTriangle(Team.Single, lower);
        Assert.True(polar.Deficient);
        Strided<double> h = Create<double>(buffers, 12, 12), back = Create<double>(buffers, 12, 12);
        MatrixProduct.Multiply(Team.Single, polar.W.Transpose, lower, h);
        MatrixProduct.Multiply(Team.Single, polar.W, h, back);
        for (int i = 0; i < 12; i++)
        {
            for (int j = 0; j < 12; j++)
            {
                Assert.Equal(lower[i, j], back[i, j], 1e-14);
            }
        }
    }

    private Strided<double> Lower(int n, Func<long, long, double> element) => FactorLaws.Fill(buffers, n, n, (i, j) => j > i ? 0 : element(i, j));
}
