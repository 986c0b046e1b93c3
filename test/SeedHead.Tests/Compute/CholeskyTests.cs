using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class CholeskyTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    // Around leaves (64), halves (128) and the blocks of a product (256).
    public static TheoryData<int> Sizes => [0, 1, 2, 3, 7, 8, 9, 63, 64, 65, 127, 128, 129, 130, 193, 257, 300, 577];

    [Theory, MemberData(nameof(Sizes))]
    public void Factor_has_the_bits_of_the_definition_and_leaves_the_upper_triangle(int n)
    {
        Strided<double> expected = PositiveDefinite(n);
        CholeskyReference.Factor(expected);
        foreach (int threads in new[] { 1, 2, 5 })
        {
            foreach (Layout layout in new[] { Layout.RowMajor, Layout.ColumnMajor })
            {
                Strided<double> actual = PositiveDefinite(n, layout, gap: 3);
                Assert.True(Cholesky.Factor(new Team(threads), actual).Succeeded);
                AssertSameBits(expected, actual, $"factor of {n} rows, {layout}, {threads} threads");
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void The_factor_times_its_transpose_is_the_matrix(int n)
    {
        Strided<double> a = PositiveDefinite(n), l = PositiveDefinite(n);
        Cholesky.Factor(Team.Single, l);
        for (long i = 0; i < n; i++)
        {
            for (long j = 0; j <= i; j++)
            {
                double sum = 0;
                for (long k = 0; k <= j; k++)
                {
                    sum += l[i, k] * l[j, k];
                }

                Assert.Equal(a[i, j], sum, 1e-15 * (n + 10) * a[i, i]); // rounding errors of n products of at most a[i, i]
            }
        }
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(64, 63)]
    [InlineData(200, 64)]
    [InlineData(300, 130)]
    [InlineData(577, 576)]
    public void A_pivot_that_is_not_positive_is_named_by_its_row(int n, int row)
    {
        foreach (double spoiled in new[] { -1, 0, double.NaN, double.PositiveInfinity })
        {
            Strided<double> a = PositiveDefinite(n);
            for (int k = 0; k < n; k++)
            {
                a[Math.Max(row, k), Math.Min(row, k)] = 0; // alone in its row and column, the pivot is the element itself
            }

            a[row, row] = spoiled;
            Assert.Equal(new CholeskyStatus(row, spoiled), Cholesky.Factor(new Team(2), a));
        }
    }

    [Fact]
    public void Only_square_matrices_have_a_factor() =>
        Assert.Throws<ArgumentException>(() => Cholesky.Factor(Team.Single, Create<double>(buffers, 3, 4)));

    /// <summary>Symmetric, diagonal n, the rest in [−1, 1): positive definite, since the diagonal outweighs its row.</summary>
    private Strided<double> PositiveDefinite(int n, Layout layout = Layout.RowMajor, int gap = 0)
    {
        Strided<double> a = Filled<double>(buffers, n, n, 7, layout, gap);
        for (long i = 0; i < n; i++)
        {
            a[i, i] = n + 0.5;
        }

        return a;
    }
}
