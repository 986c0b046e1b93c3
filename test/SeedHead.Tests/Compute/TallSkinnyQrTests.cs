using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class TallSkinnyQrTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    // Blocks have 1,024 rows: none, one, one and a rest of fewer rows than columns, 2, 3, 5 and 6 blocks.
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 0, 4 }, { 5, 0 }, { 7, 3 }, { 3, 7 }, { 1024, 2 }, { 1025, 3 }, { 1030, 9 }, { 2048, 5 }, { 2500, 13 }, { 4099, 17 }, { 5121, 3 },
        { 5900, 1 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Factors_have_the_bits_of_the_definition_on_any_threads(int m, int n)
    {
        (double[,] r, double[,] q) = TallSkinnyQrReference.Factor(FactorLaws.Values(Filled<double>(buffers, m, n, 3)));
        foreach (int threads in new[] { 1, 2, 5 })
        {
            foreach (Layout layout in new[] { Layout.RowMajor, Layout.ColumnMajor })
            {
                using TallSkinnyQr qr = TallSkinnyQr.Factor(new Team(threads), Filled<double>(buffers, m, n, 3, layout, gap: 3));
                Strided<double> thin = Create<double>(buffers, m, qr.Rank, layout);
                qr.FormThin(new Team(threads), thin);
                AssertSameBits(FactorLaws.Fill(buffers, qr.Rank, n, (i, j) => r[i, j]), qr.R, $"R on {threads} threads");
                AssertSameBits(FactorLaws.Fill(buffers, m, qr.Rank, (i, j) => q[i, j]), thin, $"Q on {threads} threads");
            }
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Q_is_orthonormal_and_q_times_r_is_the_matrix(int m, int n)
    {
        CheckLaws(m, n, (i, j) => Value(5, i, j));
        CheckLaws(m, n, (i, j) => Value(5, i, 0)); // rank 1
        CheckLaws(m, n, (i, j) => i < 1024 ? 0 : Math.ScaleB(Value(5, i, j), -1000)); // a first block of zeros, tiny numbers after it
    }

    [Fact]
    public void A_block_that_is_not_finite_is_refused()
    {
        Strided<double> a = Filled<double>(buffers, 3000, 4, 1);
        a[2500, 2] = double.NaN;
        var error = Assert.Throws<ArgumentException>(() => TallSkinnyQr.Factor(new Team(2), a));
        Assert.StartsWith("Element (2500, 2) is NaN", error.Message, StringComparison.Ordinal);
        using TallSkinnyQr qr = TallSkinnyQr.Factor(Team.Single, Filled<double>(buffers, 5, 3, 1));
        Assert.Throws<ArgumentException>(() => qr.FormThin(Team.Single, Create<double>(buffers, 5, 4)));
    }

    private void CheckLaws(int m, int n, Func<long, long, double> element)
    {
        Strided<double> a = FactorLaws.Fill(buffers, m, n, element);
        using TallSkinnyQr qr = TallSkinnyQr.Factor(new Team(2), a);
        Strided<double> q = Create<double>(buffers, m, qr.Rank);
        qr.FormThin(new Team(2), q);
        FactorLaws.AssertOrthonormal(q);
        FactorLaws.AssertUpper(qr.R);
        FactorLaws.AssertProduct(a, q, qr.R);
    }
}
