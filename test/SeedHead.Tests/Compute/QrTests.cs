using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class QrTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    // Around leaves (8), halves (16, 32, 64), panels (128) and the blocks of a product (256).
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 0, 3 }, { 3, 0 }, { 1, 1 }, { 1, 5 }, { 5, 1 }, { 2, 2 }, { 7, 7 }, { 8, 8 }, { 9, 9 }, { 17, 13 }, { 13, 17 }, { 33, 31 }, { 64, 64 },
        { 65, 64 }, { 64, 65 }, { 67, 129 }, { 131, 67 }, { 300, 70 }, { 70, 300 }, { 521, 40 }, { 128, 128 }, { 141, 133 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Factors_have_the_bits_of_the_definition(int m, int n)
    {
        Strided<double> a = Filled<double>(buffers, m, n, 3);
        var reference = new QrReference(Values(a));
        double[,] thin = reference.Apply(Identity(Math.Min(m, n)));
        foreach (int threads in new[] { 1, 2, 5 })
        {
            foreach (Layout layout in new[] { Layout.RowMajor, Layout.ColumnMajor, Layout.Spread })
            {
                using Qr qr = Qr.Factor(new Team(threads), Filled<double>(buffers, m, n, 3, layout, gap: 3));
                Strided<double> q = Create<double>(buffers, m, qr.Rank, layout, gap: 1);
                qr.FormThin(new Team(threads), q);
                AssertSameBits(Place(reference.R), qr.R, $"R, {layout}, {threads} threads");
                AssertSameBits(Place(thin), q, $"Q, {layout}, {threads} threads");
            }
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Q_is_orthonormal_and_q_times_r_is_the_matrix(int m, int n) => CheckLaws(Filled<double>(buffers, m, n, 5));

    [Theory]
    [InlineData(50, 30)]
    [InlineData(30, 50)]
    [InlineData(150, 140)]
    public void Matrices_of_low_rank_are_factored(int m, int n)
    {
        CheckLaws(Fill(m, n, (_, _) => 0));
        CheckLaws(Fill(m, n, (_, _) => 1));
        CheckLaws(Fill(m, n, (i, j) => i == j ? 1 : 0));
        CheckLaws(Fill(m, n, (i, j) => j % 3 == 0 ? 0 : Value(1, i, 0) * Value(2, j, 0)));
        CheckLaws(Fill(m, n, (i, j) => i == j ? 1 : 1e-200 * Value(1, i, j))); // squares of the tails vanish
    }

    [Theory]
    [InlineData(40, 20)]
    [InlineData(90, 80)]
    public void Columns_of_any_size_keep_their_accuracy(int m, int n)
    {
        CheckLaws(Fill(m, n, (i, j) => Math.ScaleB(Value(7, i, j), j % 2 == 0 ? 1000 : -1000)));
        CheckLaws(Fill(m, n, (i, j) => Math.ScaleB(Value(7, i, j), -1060 + (int)j))); // denormal numbers
        CheckLaws(Fill(m, n, (i, j) => Math.ScaleB(Value(7, i, j), -(int)i * 11))); // graded rows
        CheckLaws(Fill(m, n, (i, j) => Math.ScaleB(Value(7, i, j), (int)i * 11)));
    }

    [Fact]
    public void Any_shape_obeys_the_laws() => ForAll.Draws(40, draw =>
    {
        int m = draw.Int(0, 90), n = draw.Int(0, 90), size = draw.Int(-600, 600);
        ulong seed = draw.Bits();
        bool sparse = draw.Bool();
        CheckLaws(Fill(m, n, (i, j) => sparse && Value(seed, j, i) > 0 ? 0 : Math.ScaleB(Value(seed, i, j), size)));
    });

    [Fact]
    public void Applying_q_and_its_transpose_gives_the_matrix_back()
    {
        Strided<double> a = Filled<double>(buffers, 100, 70, 1), b = Filled<double>(buffers, 100, 9, 2, Layout.ColumnMajor), old = Copy(buffers, b);
        using Qr qr = Qr.Factor(Team.Single, a);
        qr.ApplyTransposed(Team.Single, b);
        Strided<double> thin = Create<double>(buffers, 100, 70), products = Create<double>(buffers, 70, 9);
        qr.FormThin(Team.Single, thin);
        MatrixProduct.Multiply(Team.Single, thin.Transpose, old, products);
        Assert.InRange(Difference(products, b.Block(0, 0, 70, 9)), 0, 1e-14);
        qr.Apply(Team.Single, b);
        Assert.InRange(Difference(old, b), 0, 1e-14);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_element_that_is_not_finite_is_named(double spoiled)
    {
        Strided<double> a = Filled<double>(buffers, 30, 20, 1);
        a[17, 12] = a[18, 3] = spoiled;
        var error = Assert.Throws<ArgumentException>(() => Qr.Factor(new Team(2), a));
        Assert.StartsWith($"Element (17, 12) is {spoiled}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_of_another_shape_is_refused()
    {
        using Qr qr = Qr.Factor(Team.Single, Filled<double>(buffers, 5, 3, 1));
        Assert.Throws<ArgumentException>(() => qr.FormThin(Team.Single, Create<double>(buffers, 5, 5)));
        Assert.Throws<ArgumentException>(() => qr.Apply(Team.Single, Create<double>(buffers, 3, 5)));
        Assert.Throws<ArgumentException>(() => qr.ApplyTransposed(Team.Single, Create<double>(buffers, 3, 5)));
    }

    private void CheckLaws(Strided<double> a)
    {
        using Qr qr = Qr.Factor(new Team(2), a);
        Strided<double> q = Create<double>(buffers, a.Rows, qr.Rank);
        qr.FormThin(new Team(2), q);
        FactorLaws.AssertOrthonormal(q);
        FactorLaws.AssertUpper(qr.R);
        FactorLaws.AssertProduct(a, q, qr.R);
    }

    private Strided<double> Fill(int m, int n, Func<long, long, double> element) => FactorLaws.Fill(buffers, m, n, element);

    private Strided<double> Place(double[,] values) => FactorLaws.Fill(buffers, values.GetLength(0), values.GetLength(1), (i, j) => values[i, j]);

    private static double[,] Values(Strided<double> a) => FactorLaws.Values(a);

    private static double[,] Identity(int n)
    {
        double[,] result = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            result[i, i] = 1;
        }

        return result;
    }

    private static double Difference(Strided<double> a, Strided<double> b)
    {
        double largest = 0;
        for (long i = 0; i < a.Rows; i++)
        {
            for (long j = 0; j < a.Columns; j++)
            {
                largest = Math.Max(largest, Math.Abs(a[i, j] - b[i, j]));
            }
        }

        return largest;
    }
}
