using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed class SingularValuesTests : IDisposable
{
    private const double Rounding = 1.1102230246251565e-16; // 2⁻⁵³
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 3)]
    [InlineData(4, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(7, 1)]
    [InlineData(5, 5)]
    [InlineData(13, 17)]
    [InlineData(40, 31)]
    [InlineData(70, 67)]
    [InlineData(2100, 11)]
    public void Any_shape_is_decomposed(int m, int n)
    {
        Check(m, n, (i, j) => Value(5, i, j));
        Check(m, n, (i, j) => i == j ? 1 : 0);
        Check(m, n, (i, j) => 0);
    }

    [Theory]
    [InlineData(30, 20)]
    [InlineData(20, 33)]
    [InlineData(60, 60)]
    public void Matrices_of_low_rank_graded_and_of_any_size_are_decomposed(int m, int n)
    {
        Check(m, n, (i, j) => 1); // rank 1
        Check(m, n, (i, j) => Value(1, i, 0) * Value(1, 0, j) + Value(1, i, 1) * Value(1, 1, j)); // rank 2
        Check(m, n, (i, j) => j == 3 || i == 2 ? 0 : Value(1, i, j)); // zeros
        Check(m, n, (i, j) => 1.0 / (i + j + 1)); // Hilbert's: values fall to nothing
        Check(m, n, (i, j) => 1.0 / (m - i + n - j - 1));
        Check(m, n, (i, j) => Math.Pow((double)i / (m - 1), j)); // Vandermonde's
        Check(m, n, (i, j) => i == j ? i % 3 : 0); // values that repeat
        Check(m, n, (i, j) => Math.ScaleB(Value(1, i, j), -3 * (int)j)); // graded
        Check(m, n, (i, j) => Math.ScaleB(Value(1, i, j), -3 * (int)i));
        Check(m, n, (i, j) => (i == j ? 1 : 0) + 1e-14 * Value(1, i, j)); // a cluster
        Check(m, n, (i, j) => 1e300 * Value(1, i, j));
        Check(m, n, (i, j) => 1e-300 * Value(1, i, j));
        Check(m, n, (i, j) => Math.ScaleB(Value(1, i, j), j % 2 == 0 ? 500 : -500));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    public void A_centred_step_ramp_of_rank_one_is_decomposed(int n) // debris of rounding, 10⁻¹⁷ to nothing, beside one value
    {
        double mean = Enumerable.Range(0, n).Average(i => Math.Max(0, (2.0 * i - (n - 1)) / (n - 1)));
        Check(n, n, (i, _) => Math.Max(0, (2.0 * i - (n - 1)) / (n - 1)) - mean);
    }

    [Fact]
    public void Draws_of_any_kind_are_decomposed() => ForAll.Draws(25, draw =>
    {
        int m = draw.Int(1, 50), n = draw.Int(1, 50), size = draw.Int(-300, 300), fall = draw.Int(0, 9);
        ulong seed = draw.Bits();
        bool sparse = draw.Bool();
        Check(m, n, (i, j) => sparse && Value(seed, j, i) > -0.5 ? 0 : Math.ScaleB(Value(seed, i, j), size - fall * (int)Math.Max(i, j)));
    });

    [Fact]
    public void Known_values_come_out()
    {
        // The second difference is D·Dᵀ for this D [n × (n + 1)]: its values are 2·sin(kπ/(2n + 2)), k = 1 … n
        const int n = 90;
        Strided<double> d = FactorLaws.Fill(buffers, n, n + 1, (i, j) => j == i ? 1 : j == i + 1 ? -1 : 0);
        double[] values = new double[n];
        SingularValues.Find(new Team(2), d, values);
        for (int k = 1; k <= n; k++)
        {
            Assert.Equal(2 * Math.Sin(k * Math.PI / (2 * n + 2)), values[n - k], 4 * n * Rounding * 2);
        }
    }

    [Fact]
    public void Threads_and_layouts_do_not_change_a_bit()
    {
        const int m = 90, n = 75;
        Strided<double> a = Filled<double>(buffers, m, n, 1), u = Create<double>(buffers, m, n), v = Create<double>(buffers, n, n);
        double[] values = new double[n];
        SingularValues.Decompose(Team.Single, a, values, u, v);
        foreach (int threads in new[] { 2, 5 })
        {
            Strided<double> left = Create<double>(buffers, m, n, Layout.ColumnMajor), right = Create<double>(buffers, n, n, Layout.Spread);
            double[] found = new double[n], alone = new double[n];
            SingularValues.Decompose(new Team(threads), Filled<double>(buffers, m, n, 1, Layout.Spread), found, left, right);
            SingularValues.Find(new Team(threads), a, alone);
            AssertSameBits(u, left, "U");
            AssertSameBits(v, right, "V");
            Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), found.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), alone.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Theory]
    [InlineData(5, 9)]
    [InlineData(9, 5)]
    public void An_element_that_is_not_finite_is_named(int m, int n)
    {
        Strided<double> a = Filled<double>(buffers, m, n, 1);
        a[3, 1] = double.NegativeInfinity;
        a[4, 0] = double.NaN;
        var error = Assert.Throws<ArgumentException>(() => SingularValues.Find(Team.Single, a, new double[5]));
        Assert.StartsWith("Element (3, 1) is -Infinity", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SingularValues.Find(Team.Single, a, new double[4]));
        Assert.Throws<ArgumentException>(() => SingularValues.Decompose(Team.Single, a, new double[5], a, a));
    }

    private void Check(int m, int n, Func<long, long, double> element)
    {
        Strided<double> a = FactorLaws.Fill(buffers, m, n, element);
        int k = Math.Min(m, n), exponent = 0;
        Strided<double> u = Create<double>(buffers, m, k), v = Create<double>(buffers, n, k);
        double[] values = new double[k];
        SingularValues.Decompose(new Team(2), a, values, u, v);
        FactorLaws.AssertOrthonormal(u);
        FactorLaws.AssertOrthonormal(v);
        double[,] scaled = FactorLaws.Values(a);
        if (k > 0 && values[0] > 0)
        {
            exponent = Math.ILogB(values[0]);
        }

        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                scaled[i, j] = Math.ScaleB(scaled[i, j], -exponent);
            }
        }

        double[] exact = SingularValuesReference.Find(scaled);
        double size = k == 0 ? 0 : exact[0], allowed = 4 * (k + 10) * Rounding * size;
        for (int i = 0; i < k; i++)
        {
            Assert.True(values[i] >= 0 && (i == 0 || values[i] <= values[i - 1]), $"values {i - 1}, {i} of {k} are not in order");
            double off = Math.Abs(Math.ScaleB(values[i], -exponent) - exact[i]);
            Assert.True(off <= allowed, $"value {i} of [{m} × {n}]: {off / Rounding / Math.Max(size, double.Epsilon):F1} ε off");
        }

        double residual = 0;
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double difference = scaled[i, j];
                for (int c = 0; c < k; c++)
                {
                    difference -= u[i, c] * Math.ScaleB(values[c], -exponent) * v[j, c];
                }

                residual += difference * difference;
            }
        }

        Assert.True(Math.Sqrt(residual) <= allowed, $"[{m} × {n}]: A − U·Σ·Vᵀ is {Math.Sqrt(residual) / Rounding / Math.Max(size, double.Epsilon):F1} ε");
    }
}
