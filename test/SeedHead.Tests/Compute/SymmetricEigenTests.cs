using SeedHead.Compute;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class SymmetricEigenTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    // Around leaves (32), parts (192), panels of reflections (32, 128), chunks of rows (128).
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(65)]
    [InlineData(129)]
    [InlineData(130)]
    [InlineData(200)]
    [InlineData(387)]
    public void Random_matrices_are_decomposed(int n) => Check(n, (i, j) => Value(5, i, j));

    [Theory]
    [InlineData(60)]
    [InlineData(250)]
    public void Matrices_that_deflate_are_decomposed(int n)
    {
        Check(n, (_, _) => 0);
        Check(n, (i, j) => i == j ? 1 : 0);
        Check(n, (i, j) => i == j ? i % 3 : 0);
        Check(n, (_, _) => 1); // rank 1
        Check(n, (i, j) => Value(1, i, 0) * Value(1, j, 0) + Value(1, i, 1) * Value(1, j, 1)); // rank 2
        Check(n, (i, j) => i == j ? Math.Abs(n / 2 - i) : i - j == 1 ? 1 : 0); // Wilkinson's: pairs that agree to all digits
        Check(n, (i, j) => i == j ? 2 : i - j == 1 && i % 20 != 0 ? -1 : 0); // blocks that repeat
        Check(n, (i, j) => i == j ? 1 : i - j == 1 ? 1e-9 : 0); // a cluster
    }

    [Theory]
    [InlineData(100)]
    [InlineData(230)]
    public void Graded_and_badly_scaled_matrices_are_decomposed(int n)
    {
        Check(n, (i, j) => Math.ScaleB(Value(3, i, j), -(int)(i + j) / 8));
        Check(n, (i, j) => Math.ScaleB(Value(3, i, j), -(int)(2 * n - i - j) / 8));
        Check(n, (i, j) => 1e300 * Value(3, i, j));
        Check(n, (i, j) => 1e-300 * Value(3, i, j));
        Check(n, (i, j) => 1.0 / (i + j + 1)); // Hilbert's: eigenvalues fall to nothing
    }

    [Theory]
    [InlineData(10)]
    [InlineData(300)]
    public void The_second_difference_matrix_has_its_known_values(int n)
    {
        Strided<double> a = Fill(n, (i, j) => i == j ? 2 : i - j == 1 ? -1 : 0), vectors = Create<double>(buffers, n, n);
        double[] values = new double[n];
        SymmetricEigen.Decompose(Team.Single, a, values, vectors);
        for (int k = 0; k < n; k++)
        {
            // 2 − 2cos(kπ/(n + 1)) = 4 sin²(kπ/(2n + 2)), k = 1 … n
            Assert.Equal(4 * Math.Pow(Math.Sin((k + 1) * Math.PI / (2 * n + 2)), 2), values[k], 1e-14);
        }
    }

    [Fact]
    public void Threads_and_layouts_do_not_change_a_bit()
    {
        const int n = 420;
        Strided<double> a = Fill(n, (i, j) => Value(5, i, j)), expected = Create<double>(buffers, n, n);
        double[] expectedValues = new double[n];
        SymmetricEigen.Decompose(Team.Single, a, expectedValues, expected);
        foreach (int threads in new[] { 2, 5 })
        {
            Strided<double> vectors = Create<double>(buffers, n, n, Layout.ColumnMajor);
            double[] values = new double[n];
            SymmetricEigen.Decompose(new Team(threads), a, values, vectors);
            AssertSameBits(expected, vectors, $"{threads} threads");
            Assert.Equal(expectedValues.Select(BitConverter.DoubleToInt64Bits), values.Select(BitConverter.DoubleToInt64Bits));
        }

        SymmetricEigen.Decompose(Team.Single, a, expectedValues, a);
        AssertSameBits(expected, a, "vectors in the place of the matrix");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void An_element_that_is_not_finite_is_named(double spoiled)
    {
        Strided<double> a = Fill(5, (i, j) => i + j), vectors = Create<double>(buffers, 5, 5);
        a[3, 1] = spoiled;
        var error = Assert.Throws<ArgumentException>(() => SymmetricEigen.Decompose(Team.Single, a, new double[5], vectors));
        Assert.StartsWith($"Element (3, 1) is {spoiled}", error.Message, StringComparison.Ordinal);
    }

    private void Check(int n, Func<long, long, double> element)
    {
        Strided<double> a = Fill(n, element), vectors = Create<double>(buffers, n, n);
        double[] values = new double[n];
        SymmetricEigen.Decompose(new Team(2), a, values, vectors);
        double size = values.Length == 0 ? 0 : values.Max(Math.Abs), trace = 0;
        for (int j = 0; j < n; j++)
        {
            Assert.True(j == 0 || values[j] >= values[j - 1], $"values {j - 1}, {j} of {n} are not in order");
            trace += a[j, j];
        }

        Assert.Equal(trace / Math.Max(size, double.Epsilon), values.Sum(v => v / Math.Max(size, double.Epsilon)), 1e-14 * (n + 1));
        Strided<double> full = Fill(n, (i, j) => element(Math.Max(i, j), Math.Min(i, j)) / Math.Max(size, double.Epsilon), whole: true);
        Strided<double> product = Create<double>(buffers, n, n), gram = Create<double>(buffers, n, n);
        MatrixProduct.Multiply(Team.Single, full, vectors, product);
        MatrixProduct.Multiply(Team.Single, vectors.Transpose, vectors, gram);
        double residual = 0, skew = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                residual = Math.Max(residual, Math.Abs(product[i, j] - vectors[i, j] * (values[j] / Math.Max(size, double.Epsilon))));
                skew = Math.Max(skew, Math.Abs(gram[i, j] - (i == j ? 1 : 0)));
            }
        }

        Assert.InRange(residual, 0, 1e-15 * (n + 10)); // ‖A·v − λ·v‖∞ / ‖A‖
        Assert.InRange(skew, 0, 1e-15 * (n + 10));
    }

    /// <summary>A lower triangle, with NaN above it unless whole.</summary>
    private Strided<double> Fill(int n, Func<long, long, double> element, bool whole = false)
    {
        Strided<double> a = Create<double>(buffers, n, n);
        for (long i = 0; i < n; i++)
        {
            for (long j = 0; j < (whole ? n : i + 1); j++)
            {
                a[i, j] = element(i, j);
            }
        }

        return a;
    }
}
