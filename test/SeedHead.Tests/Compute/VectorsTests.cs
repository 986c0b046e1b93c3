using SeedHead.Compute;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed unsafe class VectorsTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 70), 1023];

    [Theory, MemberData(nameof(Lengths))]
    public void Dot_has_sixteen_partial_sums_folded_in_halves(int length)
    {
        Strided<double> x = Filled<double>(buffers, 1, length, 1), y = Filled<double>(buffers, 1, length, 2);
        double[] sums = new double[16];
        for (int i = 0; i < length; i++)
        {
            sums[i % 16] = double.FusedMultiplyAdd(x[0, i], y[0, i], sums[i % 16]);
        }

        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }

        Assert.Equal(BitConverter.DoubleToInt64Bits(sums[0]), BitConverter.DoubleToInt64Bits(Vectors.Dot(x.Pointer, y.Pointer, length)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(127)]
    [InlineData(130)]
    [InlineData(391)]
    public void A_symmetric_matrix_times_a_vector_reads_its_upper_triangle_only(int n)
    {
        Strided<double> a = Filled<double>(buffers, n, n, 1), v = Filled<double>(buffers, 1, n, 2), y = Create<double>(buffers, 1, n);
        double[] expected = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                expected[i] += a[Math.Min(i, j), Math.Max(i, j)] * v[0, j];
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                a[i, j] = double.NaN;
            }
        }

        Strided<double> sums = Create<double>(buffers, 1, SymmetricVector.SumsLength(n));
        SymmetricVector.Multiply(new Team(2), a.Pointer, n, n, v.Pointer, y.Pointer, sums.Pointer);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(expected[i], y[0, i], 1e-15 * (n + 5)); // n products below 1
        }
    }
}
