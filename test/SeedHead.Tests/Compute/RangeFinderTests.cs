using SeedHead.Compute;
using SeedHead.Random;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class RangeFinderTests : IDisposable
{
    private const int Rows = 120, Columns = 90, Found = 20, Draws = 20;
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_left_over_keeps_to_the_published_bounds(int powers)
    {
        CheckBounds(powers, j => Math.ScaleB(1, -j));
        CheckBounds(powers, j => Math.Pow(0.9, j));
        CheckBounds(powers, j => 1.0 / (j + 1));
        CheckBounds(powers, j => 1 / Math.Sqrt(j + 1));
        CheckBounds(powers, j => j < 12 ? 1 : 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void A_matrix_of_no_higher_rank_is_held_whole(int rank)
    {
        Strided<double> a = WithValues(j => j < rank ? 3 : 0), q = Create<double>(buffers, Rows, Found);
        RangeFinder.Find(new Team(2), a, Normals(1), 0, q);
        FactorLaws.AssertOrthonormal(q);
        Assert.InRange(Residual(a, q).Largest, 0, 1e-13);
    }

    [Theory]
    [InlineData(1, 1, 1, 0)]
    [InlineData(6, 4, 0, 1)]
    [InlineData(9, 7, 4, 0)]
    [InlineData(33, 50, 12, 2)]
    [InlineData(1500, 20, 5, 1)]
    public void Columns_have_the_bits_of_the_definition(int m, int n, int l, int powers)
    {
        Strided<double> a = Filled<double>(buffers, m, n, 1), test = Filled<double>(buffers, n, l, 2);
        double[,] values = FactorLaws.Values(a), expected = Orthonormal(values, FactorLaws.Values(test));
        for (int power = 0; power < powers; power++)
        {
            expected = Orthonormal(values, Orthonormal(QrReference.Transpose(values), expected));
        }

        foreach (int threads in new[] { 1, 2, 5 })
        {
            foreach (Layout layout in new[] { Layout.RowMajor, Layout.ColumnMajor, Layout.Spread })
            {
                Strided<double> q = Create<double>(buffers, m, l, layout);
                RangeFinder.Find(new Team(threads), Filled<double>(buffers, m, n, 1, layout), test, powers, q);
                AssertSameBits(FactorLaws.Fill(buffers, m, l, (i, j) => expected[i, j]), q, $"{layout}, {threads} threads");
            }
        }
    }

    [Fact]
    public void Shapes_that_do_not_match_are_refused()
    {
        Strided<double> a = Filled<double>(buffers, 5, 4, 1);
        Assert.Throws<ArgumentException>(() => RangeFinder.Find(Team.Single, a, Create<double>(buffers, 5, 2), 0, Create<double>(buffers, 5, 2)));
        Assert.Throws<ArgumentException>(() => RangeFinder.Find(Team.Single, a, Create<double>(buffers, 4, 5), 0, Create<double>(buffers, 5, 5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RangeFinder.Find(Team.Single, a, Filled<double>(buffers, 4, 2, 1), -1, Create<double>(buffers, 5, 2)));
        a[2, 2] = double.NaN;
        Assert.Throws<ArgumentException>(() => RangeFinder.Find(Team.Single, a, Filled<double>(buffers, 4, 2, 1), 0, Create<double>(buffers, 5, 2)));
    }

    private static double[,] Orthonormal(double[,] a, double[,] b) => TallSkinnyQrReference.Factor(QrReference.Product(a, b)).Q;

    /// <summary>Means over several Ω against theorems 10.5 and 10.6 and corollary 10.10 of Halko, Martinsson and Tropp, every draw against the best possible.</summary>
    private void CheckBounds(int powers, Func<int, double> value)
    {
        double[] sigma = [.. Enumerable.Range(0, Columns).Select(value)];
        Strided<double> a = WithValues(value), q = Create<double>(buffers, Rows, Found);
        double largest = 0, whole = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            RangeFinder.Find(new Team(2), a, Normals((ulong)draw), powers, q);
            (double norm, double size) = Residual(a, q);
            Assert.InRange(norm, sigma[Found] - 1e-14, double.PositiveInfinity);
            largest += norm / Draws;
            whole += size / Draws;
        }

        int s = 2 * powers + 1;
        double bound = double.PositiveInfinity, boundOfWhole = double.PositiveInfinity;
        for (int k = 1; k <= Found - 2; k++)
        {
            double p = Found - k;
            double tail = Math.Sqrt(sigma.Skip(k).Sum(x => Math.Pow(x, 2 * s)));
            bound = Math.Min(bound, Math.Pow((1 + Math.Sqrt(k / (p - 1))) * Math.Pow(sigma[k], s) + Math.E * Math.Sqrt(k + p) / p * tail, 1.0 / s));
            boundOfWhole = Math.Min(boundOfWhole, Math.Sqrt((1 + k / (p - 1)) * sigma.Skip(k).Sum(x => x * x)));
        }

        Assert.InRange(largest, 0, bound + 1e-14);
        Assert.InRange(whole, 0, boundOfWhole + 1e-14); // powers only help
    }

    /// <summary>A = U·Σ·Vᵀ with the given singular values and vectors drawn from nowhere in particular.</summary>
    private Strided<double> WithValues(Func<int, double> value)
    {
        using Qr left = Qr.Factor(Team.Single, Filled<double>(buffers, Rows, Columns, 31)), right = Qr.Factor(Team.Single, Filled<double>(buffers, Columns, Columns, 32));
        Strided<double> a = FactorLaws.Fill(buffers, Rows, Columns, (i, j) => i == j ? value((int)i) : 0);
        left.Apply(Team.Single, a);
        right.Apply(Team.Single, a.Transpose);
        return a;
    }

    private Strided<double> Normals(ulong seed)
    {
        Strided<float> normals = Create<float>(buffers, Columns, Found);
        new WeightStream(seed).FillNormal(1, 2, WeightKind.Weight, normals);
        return FactorLaws.Fill(buffers, Columns, Found, (i, j) => normals[i, j]);
    }

    /// <summary>‖A − Q·Qᵀ·A‖, spectral and Frobenius.</summary>
    private (double Largest, double Whole) Residual(Strided<double> a, Strided<double> q)
    {
        Strided<double> part = Create<double>(buffers, q.Columns, Columns), rest = Copy(buffers, a);
        MatrixProduct.Multiply(Team.Single, q.Transpose, a, part);
        MatrixProduct.Multiply(Team.Single, TileSets.Double, q, part, rest, Into.Subtract);
        double[] values = new double[Columns];
        SingularValues.Find(Team.Single, rest, values);
        return (values[0], Math.Sqrt(values.Sum(value => value * value)));
    }
}
