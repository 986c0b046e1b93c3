using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class CholeskyUpdateTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    // Around blocks (64), partial sums (16) and the blocks of a product (256).
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 0, 3 }, { 1, 1 }, { 2, 5 }, { 7, 0 }, { 31, 1 }, { 63, 2 }, { 64, 1 }, { 65, 17 }, { 67, 300 }, { 130, 1 }, { 149, 33 }, { 257, 5 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Adding_and_removing_have_the_bits_of_the_definition(int n, int p)
    {
        Strided<double> grown = Factor(n, p), x = Rows(n, p);
        double[,] expected = FactorLaws.Values(grown);
        Assert.True(CholeskyUpdateReference.Run(expected, FactorLaws.Values(x), remove: false));
        double[,] shrunk = (double[,])expected.Clone();
        Assert.True(CholeskyUpdateReference.Run(shrunk, FactorLaws.Values(x), remove: true));
        foreach (int threads in new[] { 1, 2, 5 })
        {
            foreach (Layout layout in new[] { Layout.RowMajor, Layout.ColumnMajor, Layout.Spread })
            {
                Strided<double> l = Factor(n, p, layout, gap: 3), given = Filled<double>(buffers, n, p, 9, layout, gap: 1);
                Assert.True(CholeskyUpdate.Add(new Team(threads), l, given).Succeeded);
                AssertSameBits(Lower(expected), Lower(FactorLaws.Values(l)), $"added, {layout}, {threads} threads");
                Assert.True(CholeskyUpdate.Remove(new Team(threads), l, given).Succeeded);
                AssertSameBits(Lower(shrunk), Lower(FactorLaws.Values(l)), $"removed, {layout}, {threads} threads");
                AssertSameBits(x, given, "X");
            }
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void The_new_factor_is_that_of_the_new_matrix(int n, int p) => CheckBothWays(n, p, (i, j) => Value(9, i, j));

    [Fact]
    public void Any_sizes_of_rows_obey_the_law() => ForAll.Draws(40, draw =>
    {
        int n = draw.Int(1, 150), p = draw.Int(1, 20), range = draw.Int(0, 40), shift = draw.Int(-100, 100);
        ulong seed = draw.Bits();
        bool sparse = draw.Bool();
        CheckBothWays(n, p, (i, j) => sparse && Value(seed, j, i) < 0 ? 0 : Math.ScaleB(Value(seed, i, j), shift - (int)(i + j) % (range + 1)));
    });

    [Theory]
    [InlineData(5, 3)]
    [InlineData(100, 64)]
    [InlineData(200, 199)]
    public void A_removal_that_leaves_nothing_positive_names_the_pivot(int n, int row)
    {
        Assert.Equal(new CholeskyStatus(row, 4 - 9), Change(3, CholeskyUpdate.Remove));
        Assert.Equal(new CholeskyStatus(row, 0), Change(2, CholeskyUpdate.Remove));
        Assert.Equal(new CholeskyStatus(row, double.NaN), Change(double.NaN, CholeskyUpdate.Remove));
        Assert.Equal(new CholeskyStatus(row, double.PositiveInfinity), Change(1e200, CholeskyUpdate.Add));

        CholeskyStatus Change(double element, Func<Team, Strided<double>, Strided<double>, CholeskyStatus> change)
        {
            Strided<double> l = FactorLaws.Fill(buffers, n, n, (i, j) => i == j ? 2 : 0);
            return change(new Team(2), l, FactorLaws.Fill(buffers, n, 2, (i, j) => i == row && j == 1 ? element : 0));
        }
    }

    [Fact]
    public void Removing_all_rows_fails_or_leaves_next_to_nothing()
    {
        Strided<double> l = Factor(20, 0);
        Strided<double> x = Copy(buffers, l);
        for (int i = 0; i < 20; i++)
        {
            x.Row(i)[(i + 1)..].Clear();
        }

        CholeskyStatus status = CholeskyUpdate.Remove(Team.Single, l, x); // L·Lᵀ − L·Lᵀ
        Assert.Equal(0, status.Pivot);
        Assert.InRange(status.Value, -1e-14, 0);
    }

    [Fact]
    public void Shapes_that_do_not_match_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CholeskyUpdate.Add(Team.Single, Create<double>(buffers, 3, 4), Create<double>(buffers, 3, 1)));
        Assert.Throws<ArgumentException>(() => CholeskyUpdate.Remove(Team.Single, Create<double>(buffers, 3, 3), Create<double>(buffers, 4, 1)));
    }

    /// <summary>Adds and removes rows, comparing L·Lᵀ with the matrix each time.</summary>
    private void CheckBothWays(int n, int p, Func<long, long, double> element)
    {
        Strided<double> x = FactorLaws.Fill(buffers, n, p, element), l = Factor(n, p);
        double[,] matrix = Square(FactorLaws.Values(l)), rows = FactorLaws.Values(x), grown = (double[,])matrix.Clone();
        QrReference.Subtract(grown, 0, 0, Negative(rows), QrReference.Transpose(rows));
        double size = 0; // the trace bounds the norm
        for (int i = 0; i < n; i++)
        {
            size += grown[i, i];
        }

        Assert.True(CholeskyUpdate.Add(new Team(2), l, x).Succeeded);
        AssertNear(grown, l, size, p);
        CholeskyStatus status = CholeskyUpdate.Remove(new Team(2), l, x);
        if (status.Succeeded)
        {
            AssertNear(matrix, l, size, p);
        }
        else
        {
            // Only where what was there is lost in the rounding of what was added.
            Assert.InRange(-status.Value, 0, 10 * (n + p) * 1.1102230246251565e-16 * size);
            Assert.True(size > 1e13, $"[{n} × {p}]: pivot {status.Pivot} is {status.Value}, sizes are {size}");
        }
    }

    private static void AssertNear(double[,] matrix, Strided<double> l, double size, int p)
    {
        double[,] product = Square(FactorLaws.Values(l));
        for (int i = 0; i < l.Rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double off = Math.Abs(product[i, j] - matrix[i, j]), allowed = 10 * (l.Rows + p) * 1.1102230246251565e-16 * size;
                Assert.True(off <= allowed, $"({i}, {j}) of {l.Rows} rows, {p} added: {off:E2} off, {allowed:E2} allowed");
            }
        }
    }

    private static double[,] Square(double[,] l)
    {
        for (int i = 0; i < l.GetLength(0); i++)
        {
            for (int j = i + 1; j < l.GetLength(0); j++)
            {
                l[i, j] = 0;
            }
        }

        return QrReference.Product(l, QrReference.Transpose(l));
    }

    private static double[,] Negative(double[,] a)
    {
        double[,] result = (double[,])a.Clone();
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                result[i, j] = -a[i, j];
            }
        }

        return result;
    }

    private Strided<double> Rows(int n, int p) => Filled<double>(buffers, n, p, 9);

    private Strided<double> Lower(double[,] values) =>
        FactorLaws.Fill(buffers, values.GetLength(0), values.GetLength(1), (i, j) => j > i ? 0 : values[i, j]);

    /// <summary>A factor with diagonal near √n, other elements in [−½, ½) below it.</summary>
    private Strided<double> Factor(int n, int p, Layout layout = Layout.RowMajor, int gap = 0)
    {
        Strided<double> l = Filled<double>(buffers, n, n, (ulong)(p + 1), layout, gap);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                l[i, j] /= 2;
            }

            l[i, i] = Math.Sqrt(n) + 0.5 + l[i, i] / 4;
        }

        return l;
    }
}
