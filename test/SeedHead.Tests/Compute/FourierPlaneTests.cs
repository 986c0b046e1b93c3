using System.Numerics;
using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class FourierPlaneTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    // Rows go in pairs, up to 32 together; columns 16 together.
    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 0, 5 }, { 5, 0 }, { 1, 1 }, { 1, 8 }, { 8, 1 }, { 2, 3 }, { 7, 6 }, { 12, 10 }, { 13, 11 }, { 33, 32 }, { 70, 35 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Transforms_are_the_sums_over_rows_and_columns(int m, int n)
    {
        CheckComplex(m, n, Layout.RowMajor);
        CheckReal<double>(m, n, Layout.RowMajor, 53);
        CheckReal<double>(m, n, Layout.ColumnMajor, 53);
        CheckReal<float>(m, n, Layout.RowMajor, 24);
    }

    [Theory]
    [InlineData(40, 36)]
    [InlineData(67, 90)]
    public void Threads_and_layouts_do_not_change_a_bit(int m, int n)
    {
        using var plane = new FourierPlane<double>(m, n);
        Strided<double> x = Filled<double>(buffers, m, n, 3), expectedRe = Create<double>(buffers, m, plane.HalfColumns), expectedIm = Create<double>(buffers, m, plane.HalfColumns);
        plane.ForwardReal(Team.Single, x, expectedRe, expectedIm);
        foreach (int threads in new[] { 2, 5 })
        {
            Strided<double> re = Create<double>(buffers, m, plane.HalfColumns, Layout.Spread), im = Create<double>(buffers, m, plane.HalfColumns, Layout.ColumnMajor);
            plane.ForwardReal(new Team(threads), Filled<double>(buffers, m, n, 3, Layout.ColumnMajor), re, im);
            AssertSameBits(expectedRe, re, "real parts");
            AssertSameBits(expectedIm, im, "imaginary parts");
            Strided<double> back = Create<double>(buffers, m, n, Layout.Spread), expected = Create<double>(buffers, m, n);
            plane.InverseReal(new Team(threads), re, im, back);
            plane.InverseReal(Team.Single, Copy(buffers, expectedRe), Copy(buffers, expectedIm), expected);
            AssertSameBits(expected, back, "back");
        }
    }

    [Fact]
    public void Shapes_that_do_not_match_are_refused()
    {
        using var plane = new FourierPlane<double>(4, 6);
        Strided<double> x = Create<double>(buffers, 4, 6), half = Create<double>(buffers, 4, 4);
        Assert.Throws<ArgumentException>(() => plane.ForwardReal(Team.Single, x, x, half));
        Assert.Throws<ArgumentException>(() => plane.InverseReal(Team.Single, half, half, half));
        Assert.Throws<ArgumentException>(() => plane.Forward(Team.Single, x.Transpose, x.Transpose));
    }

    private void CheckComplex(int m, int n, Layout layout)
    {
        using var plane = new FourierPlane<double>(m, n);
        Strided<double> re = Filled<double>(buffers, m, n, 3, layout), im = Filled<double>(buffers, m, n, 4, layout);
        Strided<double> oldRe = Copy(buffers, re), oldIm = Copy(buffers, im);
        (double[,] yr, double[,] yi) = Sums(FactorLaws.Values(re), FactorLaws.Values(im));
        plane.Forward(new Team(2), re, im);
        AssertNear(yr, yi, FactorLaws.Values(re), FactorLaws.Values(im), n, ErrorOf(m, n, 53));
        plane.Inverse(new Team(2), re, im);
        AssertNear(FactorLaws.Values(oldRe), FactorLaws.Values(oldIm), FactorLaws.Values(re), FactorLaws.Values(im), n, 2 * ErrorOf(m, n, 53));
    }

    private void CheckReal<T>(int m, int n, Layout layout, int digits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var plane = new FourierPlane<T>(m, n);
        Strided<T> x = Filled<T>(buffers, m, n, 3, layout), old = Copy(buffers, x);
        Strided<T> re = Create<T>(buffers, m, plane.HalfColumns, layout), im = Create<T>(buffers, m, plane.HalfColumns, layout);
        (double[,] yr, double[,] yi) = Sums(Doubles(x), new double[m, n]);
        plane.ForwardReal(new Team(2), x, re, im);
        AssertSameBits(old, x, "the input");
        AssertNear(yr, yi, Doubles(re), Doubles(im), plane.HalfColumns, 1.5 * ErrorOf(m, n, digits));
        plane.InverseReal(new Team(2), re, im, x);
        AssertNear(Doubles(old), new double[m, n], Doubles(x), new double[m, n], n, 3 * ErrorOf(m, n, digits));
    }

    private static double ErrorOf(int m, int n, int digits) => FourierTests.ErrorOf(m, digits) + FourierTests.ErrorOf(n, digits);

    private static (double[,] Re, double[,] Im) Sums(double[,] xr, double[,] xi)
    {
        (int m, int n) = (xr.GetLength(0), xr.GetLength(1));
        double[,] yr = new double[m, n], yi = new double[m, n];
        for (int i = 0; i < m; i++)
        {
            (double[] re, double[] im) = FourierReference.Transform([.. Enumerable.Range(0, n).Select(j => xr[i, j])], [.. Enumerable.Range(0, n).Select(j => xi[i, j])]);
            for (int j = 0; j < n; j++)
            {
                (yr[i, j], yi[i, j]) = (re[j], im[j]);
            }
        }

        for (int j = 0; j < n; j++)
        {
            (double[] re, double[] im) = FourierReference.Transform([.. Enumerable.Range(0, m).Select(i => yr[i, j])], [.. Enumerable.Range(0, m).Select(i => yi[i, j])]);
            for (int i = 0; i < m; i++)
            {
                (yr[i, j], yi[i, j]) = (re[i], im[i]);
            }
        }

        return (yr, yi);
    }

    private static void AssertNear(double[,] xr, double[,] xi, double[,] yr, double[,] yi, int columns, double relative)
    {
        double off = 0, size = 0;
        for (int i = 0; i < yr.GetLength(0); i++)
        {
            for (int j = 0; j < columns; j++)
            {
                off += Math.Pow(xr[i, j] - yr[i, j], 2) + Math.Pow(xi[i, j] - yi[i, j], 2);
                size += Math.Pow(xr[i, j], 2) + Math.Pow(xi[i, j], 2);
            }
        }

        Assert.InRange(Math.Sqrt(off), 0, relative * Math.Sqrt(size));
    }

    private static double[,] Doubles<T>(Strided<T> a)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[,] values = new double[a.Rows, a.Columns];
        for (long i = 0; i < a.Rows; i++)
        {
            for (long j = 0; j < a.Columns; j++)
            {
                values[i, j] = double.CreateTruncating(a[i, j]);
            }
        }

        return values;
    }
}
