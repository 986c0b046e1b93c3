using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class TriangularTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 3 }, { 3, 0 }, { 1, 1 }, { 5, 7 }, { 64, 64 }, { 63, 65 }, { 65, 1 }, { 129, 10 }, { 300, 130 }, { 600, 3 }, { 130, 700 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Solutions_have_the_bits_of_the_definition(int n, int m)
    {
        Strided<double> lower = Lower(n);
        Strided<double> expected = Filled<double>(buffers, n, m, 2), expectedTransposed = Filled<double>(buffers, n, m, 2);
        CholeskyReference.Solve(lower, expected);
        CholeskyReference.SolveTransposed(lower, expectedTransposed);
        foreach (Layout layout in Enum.GetValues<Layout>())
        {
            foreach (int threads in new[] { 1, 2, 5 })
            {
                Strided<double> b = Filled<double>(buffers, n, m, 2, layout), c = Filled<double>(buffers, n, m, 2, layout);
                Strided<double> stored = Lower(n, threads == 2 ? Layout.ColumnMajor : Layout.RowMajor);
                Triangular.Solve(new Team(threads), stored, b);
                Triangular.SolveTransposed(new Team(threads), stored, c);
                AssertSameBits(expected, b, $"L⁻¹·B, [{n} × {m}], {layout}, {threads} threads");
                AssertSameBits(expectedTransposed, c, $"L⁻ᵀ·B, [{n} × {m}], {layout}, {threads} threads");
            }
        }
    }

    [Fact]
    public void A_solution_times_the_triangle_is_the_right_hand_side()
    {
        const int n = 300;
        Strided<double> lower = Lower(n), b = Filled<double>(buffers, n, 3, 2), x = Copy(buffers, b), y = Copy(buffers, b);
        Triangular.Solve(Team.Single, lower, x);
        Triangular.SolveTransposed(Team.Single, lower, y);
        for (long i = 0; i < n; i++)
        {
            double forward = 0, backward = 0;
            for (long k = 0; k < n; k++)
            {
                forward += k <= i ? lower[i, k] * x[k, 1] : 0;
                backward += k >= i ? lower[k, i] * y[k, 1] : 0;
            }

            Assert.Equal(b[i, 1], forward, 1e-13);
            Assert.Equal(b[i, 1], backward, 1e-13);
        }
    }

    [Fact]
    public void Shapes_that_do_not_match_are_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Triangular.Solve(Team.Single, Lower(3), Create<double>(buffers, 4, 1)));
        Assert.Contains("L[3 × 3] cannot solve B[4 × 1]", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A triangle with a heavy diagonal, so that solutions stay near the size of the right-hand side; NaN above the diagonal.</summary>
    private Strided<double> Lower(int n, Layout layout = Layout.RowMajor)
    {
        Strided<double> lower = Filled<double>(buffers, n, n, 1, layout, gap: 1);
        for (long i = 0; i < n; i++)
        {
            lower[i, i] = 0.5 * n + 2 + i;
            for (long j = i + 1; j < n; j++)
            {
                lower[i, j] = double.NaN;
            }
        }

        return lower;
    }
}
