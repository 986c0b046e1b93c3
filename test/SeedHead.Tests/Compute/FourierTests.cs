using System.Numerics;
using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed unsafe class FourierTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    // All small ones; powers of 2, 3, 4, 5; mixed; primes and products with primes beyond 5.
    public static TheoryData<int> Lengths =>
        [.. Enumerable.Range(0, 36), 49, 60, 64, 75, 97, 100, 121, 125, 128, 210, 243, 256, 257, 360, 509, 625];

    [Theory, MemberData(nameof(Lengths))]
    public void Transforms_are_the_sums_that_define_them(int n)
    {
        CheckSums<double>(n);
        CheckSums<float>(n);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(1000)]
    [InlineData(1009)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(90000)]
    public void Sizes_shifts_sums_and_inverses_are_as_they_must(int n)
    {
        using var fourier = new Fourier<double>(n);
        (Strided<double> xr, Strided<double> xi) = Line<double>(n, 1);
        (Strided<double> yr, Strided<double> yi) = Line<double>(n, 2);
        (Strided<double> sr, Strided<double> si) = Combine(n, i => (xr[i, 0] + 3 * yr[i, 0], xi[i, 0] + 3 * yi[i, 0]));
        (Strided<double> tr, Strided<double> ti) = Combine(n, i => (xr[(i + 5) % n, 0], xi[(i + 5) % n, 0]));
        (Strided<double> oldRe, Strided<double> oldIm) = (Copy(buffers, xr), Copy(buffers, xi));
        double size = Norm(xr, xi), allowed = ErrorOf(n, 53) * Math.Sqrt(n) * size;
        foreach ((Strided<double> re, Strided<double> im) in new[] { (xr, xi), (yr, yi), (sr, si), (tr, ti) })
        {
            fourier.Forward(re.Pointer, im.Pointer);
        }

        Assert.Equal(Math.Sqrt(n) * size, Norm(xr, xi), 2 * allowed); // Parseval
        AssertNear(n, sr, si, i => (xr[i, 0] + 3 * yr[i, 0], xi[i, 0] + 3 * yi[i, 0]), 10 * allowed);
        AssertNear(n, tr, ti, k =>
        {
            (double cos, double sin) = Elementary.CosSinOfTurn(5L * k % n, n); // x[j + 5] turns X[k] by 5k/n
            return (xr[k, 0] * cos - xi[k, 0] * sin, xr[k, 0] * sin + xi[k, 0] * cos);
        }, 3 * allowed);
        fourier.Inverse(xr.Pointer, xi.Pointer);
        AssertNear(n, xr, xi, i => (oldRe[i, 0], oldIm[i, 0]), 2 * ErrorOf(n, 53) * size);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(35)]
    [InlineData(64)]
    [InlineData(77)]
    public void A_line_has_the_same_bits_alone_and_among_others_on_any_threads(int n)
    {
        using var fourier = new Fourier<double>(n);
        foreach (Layout layout in new[] { Layout.RowMajor, Layout.ColumnMajor, Layout.Spread })
        {
            foreach (int columns in new[] { 0, 1, 3, 8, 15, 37 })
            {
                Strided<double> re = Filled<double>(buffers, n, columns, 1, layout), im = Filled<double>(buffers, n, columns, 2, layout);
                fourier.ForwardColumns(new Team(columns % 3 + 1), re, im);
                AssertLines(n, columns, re, im, (r, i) => fourier.Forward(r, i));
                (re, im) = (Filled<double>(buffers, n, columns, 1, layout), Filled<double>(buffers, n, columns, 2, layout));
                fourier.InverseColumns(new Team(2), re, im);
                AssertLines(n, columns, re, im, (r, i) => fourier.Inverse(r, i));
            }
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(30)]
    [InlineData(31)]
    public void A_number_that_is_not_finite_spoils_its_own_line_only(int n)
    {
        using var fourier = new Fourier<double>(n);
        foreach (double spoiled in new[] { double.NaN, double.NegativeInfinity })
        {
            Strided<double> re = Filled<double>(buffers, n, 9, 1), im = Filled<double>(buffers, n, 9, 2);
            Strided<double> clean = Copy(buffers, re), cleanIm = Copy(buffers, im);
            re[n / 2, 4] = spoiled;
            fourier.ForwardColumns(Team.Single, re, im);
            fourier.ForwardColumns(Team.Single, clean, cleanIm);
            for (int k = 0; k < n; k++)
            {
                Assert.False(double.IsFinite(re[k, 4]) && double.IsFinite(im[k, 4]), $"element {k} of {n} is finite");
                (re[k, 4], im[k, 4]) = (clean[k, 4], cleanIm[k, 4]);
            }

            AssertSameBits(clean, re, "the other lines");
            AssertSameBits(cleanIm, im, "the other lines");
        }
    }

    [Fact]
    public void Numbers_of_any_size_are_transformed_alike()
    {
        using var fourier = new Fourier<double>(60);
        foreach (int exponent in new[] { -900, 900 })
        {
            (Strided<double> xr, Strided<double> xi) = Line<double>(60, 1);
            (Strided<double> yr, Strided<double> yi) = Combine(60, i => (Math.ScaleB(xr[i, 0], exponent), Math.ScaleB(xi[i, 0], exponent)));
            fourier.Forward(xr.Pointer, xi.Pointer);
            fourier.Forward(yr.Pointer, yi.Pointer);
            AssertSameBits(Combine(60, i => (Math.ScaleB(xr[i, 0], exponent), 0)).Re, yr, $"2^{exponent}");
        }
    }

    [Fact]
    public void Angles_of_turns_are_exact_to_an_ulp() => ForAll.Draws(3000, draw =>
    {
        long n = draw.Int(1, draw.Bool() ? 100 : int.MaxValue), k = (long)(draw.Bits() % (ulong)n);
        (double cos, double sin) = Elementary.CosSinOfTurn(k, n);
        (decimal exactCos, decimal exactSin) = FourierReference.CosSin(k, n);
        AssertUlps(exactCos, cos);
        AssertUlps(exactSin, sin);

        static void AssertUlps(decimal exact, double actual)
        {
            // The sum has 28 digits, so a value below 1e-10 cannot be judged to the last place.
            decimal difference = Math.Abs(exact - FourierReference.Exact(actual));
            double ulp = Math.BitIncrement(Math.Abs(actual)) - Math.Abs(actual);
            Assert.True((double)difference <= 0.8 * ulp + 1e-26, $"{actual:R} is {(double)difference / ulp:F2} ulp from {exact}");
        }
    });

    [Fact]
    public void Shapes_that_do_not_match_are_refused()
    {
        using var fourier = new Fourier<double>(5);
        Assert.Throws<ArgumentException>(() => fourier.ForwardColumns(Team.Single, Create<double>(buffers, 4, 2), Create<double>(buffers, 4, 2)));
        Assert.Throws<ArgumentException>(() => fourier.ForwardColumns(Team.Single, Create<double>(buffers, 5, 2), Create<double>(buffers, 5, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fourier<float>(-1));
    }

    /// <summary>The error that <see cref="Fourier{T}"/> states, relative to the size of the result.</summary>
    public static double ErrorOf(int n, int digits) => Math.ScaleB((1 + Math.Log2(Math.Max(1, n))) * (FourierLength.IsSmooth(n) ? 1 : 4), -digits);

    private void CheckSums<T>(int n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var fourier = new Fourier<T>(n);
        (Strided<T> re, Strided<T> im) = Line<T>(n, 7);
        (double[] yr, double[] yi) = FourierReference.Transform(Doubles(re), Doubles(im));
        fourier.Forward(re.Pointer, im.Pointer);
        double off = 0, size = 0;
        for (int k = 0; k < n; k++)
        {
            off += Math.Pow(double.CreateTruncating(re[k, 0]) - yr[k], 2) + Math.Pow(double.CreateTruncating(im[k, 0]) - yi[k], 2);
            size += yr[k] * yr[k] + yi[k] * yi[k];
        }

        double allowed = ErrorOf(n, typeof(T) == typeof(double) ? 53 : 24) * Math.Sqrt(size);
        Assert.True(Math.Sqrt(off) <= allowed, $"{n} of {typeof(T).Name}: {Math.Sqrt(off):E2} off, {allowed:E2} allowed");
    }

    private void AssertLines(int n, int columns, Strided<double> re, Strided<double> im, Transform transform)
    {
        for (int c = 0; c < columns; c++)
        {
            Strided<double> oneRe = Create<double>(buffers, n, 1), oneIm = Create<double>(buffers, n, 1);
            for (int i = 0; i < n; i++)
            {
                (oneRe[i, 0], oneIm[i, 0]) = (Value(1, i, c), Value(2, i, c));
            }

            transform(oneRe.Pointer, oneIm.Pointer);
            AssertSameBits(oneRe, re.Block(0, c, n, 1), $"column {c} of {columns}, real");
            AssertSameBits(oneIm, im.Block(0, c, n, 1), $"column {c} of {columns}, imaginary");
        }
    }

    private delegate void Transform(double* re, double* im);

    private (Strided<T> Re, Strided<T> Im) Line<T>(int n, ulong seed)
        where T : unmanaged, IFloatingPointIeee754<T> => (Filled<T>(buffers, n, 1, seed), Filled<T>(buffers, n, 1, seed + 100));

    private (Strided<double> Re, Strided<double> Im) Combine(int n, Func<long, (double Re, double Im)> element) =>
        (FactorLaws.Fill(buffers, n, 1, (i, _) => element(i).Re), FactorLaws.Fill(buffers, n, 1, (i, _) => element(i).Im));

    private static double[] Doubles<T>(Strided<T> column)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] values = new double[column.Rows];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = double.CreateTruncating(column[i, 0]);
        }

        return values;
    }

    private static double Norm(Strided<double> re, Strided<double> im)
    {
        double sum = 0;
        for (long i = 0; i < re.Rows; i++)
        {
            sum += re[i, 0] * re[i, 0] + im[i, 0] * im[i, 0];
        }

        return Math.Sqrt(sum);
    }

    private static void AssertNear(int n, Strided<double> re, Strided<double> im, Func<long, (double Re, double Im)> expected, double allowed)
    {
        double off = 0;
        for (long i = 0; i < n; i++)
        {
            (double r, double m) = expected(i);
            off += (re[i, 0] - r) * (re[i, 0] - r) + (im[i, 0] - m) * (im[i, 0] - m);
        }

        Assert.InRange(Math.Sqrt(off), 0, allowed);
    }
}
