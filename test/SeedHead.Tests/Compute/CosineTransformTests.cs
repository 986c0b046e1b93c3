using SeedHead.Compute;
using SeedHead.Tests.Reference;
using static SeedHead.Tests.Compute.Matrices;

namespace SeedHead.Tests.Compute;

public sealed unsafe class CosineTransformTests : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public void Dispose() => buffers.ForEach(b => b.Dispose());

    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 27), 32, 49, 64, 97, 100, 243];

    [Theory, MemberData(nameof(Lengths))]
    public void Transforms_are_the_sums_that_define_them_and_come_back(int n)
    {
        Strided<double> x = Filled<double>(buffers, n, 1, 3), old = Copy(buffers, x);
        double[] expected = FourierReference.Cosines([.. Enumerable.Range(0, n).Select(i => old[i, 0])]);
        using var cosines = new CosineTransform<double>(n);
        cosines.Forward(x.Pointer);
        double size = Math.Sqrt(expected.Sum(value => value * value)), off = 0, back = 0;
        for (int k = 0; k < n; k++)
        {
            off += (x[k, 0] - expected[k]) * (x[k, 0] - expected[k]);
        }

        Assert.InRange(Math.Sqrt(off), 0, ErrorOf(n, 53) * size);
        cosines.Inverse(x.Pointer);
        for (int i = 0; i < n; i++)
        {
            back += (x[i, 0] - old[i, 0]) * (x[i, 0] - old[i, 0]);
        }

        Assert.InRange(Math.Sqrt(back), 0, 2 * ErrorOf(n, 53) * size); // an orthonormal transform keeps sizes
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 8)]
    [InlineData(7, 12)]
    [InlineData(33, 70)]
    public void Planes_are_transformed_along_rows_then_columns_on_any_threads(int m, int n)
    {
        using var rows = new CosineTransform<double>(m);
        using var columns = new CosineTransform<double>(n);
        double[,] expected = FactorLaws.Values(Filled<double>(buffers, m, n, 5));
        for (int i = 0; i < m; i++)
        {
            double[] y = FourierReference.Cosines([.. Enumerable.Range(0, n).Select(j => expected[i, j])]);
            Array.ForEach([.. Enumerable.Range(0, n)], j => expected[i, j] = y[j]);
        }

        for (int j = 0; j < n; j++)
        {
            double[] y = FourierReference.Cosines([.. Enumerable.Range(0, m).Select(i => expected[i, j])]);
            Array.ForEach([.. Enumerable.Range(0, m)], i => expected[i, j] = y[i]);
        }

        Strided<double> first = Filled<double>(buffers, m, n, 5);
        CosineTransform<double>.ForwardPlane(Team.Single, rows, columns, first);
        double allowed = (ErrorOf(m, 53) + ErrorOf(n, 53)) * Math.Sqrt(m * n);
        AssertNear(expected, first, allowed);
        foreach (Layout layout in new[] { Layout.ColumnMajor, Layout.Spread })
        {
            Strided<double> other = Filled<double>(buffers, m, n, 5, layout);
            CosineTransform<double>.ForwardPlane(new Team(3), rows, columns, other);
            AssertSameBits(first, other, $"{layout}, 3 threads");
        }

        CosineTransform<double>.InversePlane(new Team(2), rows, columns, first);
        AssertNear(FactorLaws.Values(Filled<double>(buffers, m, n, 5)), first, 2 * allowed);
    }

    [Fact]
    public void Floats_are_transformed_by_the_same_code()
    {
        Strided<float> x = Filled<float>(buffers, 60, 1, 3), old = Copy(buffers, x);
        double[] expected = FourierReference.Cosines([.. Enumerable.Range(0, 60).Select(i => (double)old[i, 0])]);
        using var cosines = new CosineTransform<float>(60);
        cosines.Forward(x.Pointer);
        double off = Enumerable.Range(0, 60).Sum(k => Math.Pow(x[k, 0] - expected[k], 2));
        Assert.InRange(Math.Sqrt(off), 0, ErrorOf(60, 24) * Math.Sqrt(expected.Sum(value => value * value)));
    }

    [Fact]
    public void A_matrix_of_another_length_is_refused()
    {
        using var cosines = new CosineTransform<double>(5);
        Assert.Throws<ArgumentException>(() => cosines.ForwardColumns(Team.Single, Create<double>(buffers, 4, 5)));
        Assert.Throws<ArgumentException>(() => cosines.InverseColumns(Team.Single, Create<double>(buffers, 6, 5)));
    }

    private static double ErrorOf(int n, int digits) => FourierTests.ErrorOf(2 * n, digits); // 2 + log₂ n

    private static void AssertNear(double[,] expected, Strided<double> actual, double allowed)
    {
        double off = 0;
        for (int i = 0; i < actual.Rows; i++)
        {
            for (int j = 0; j < actual.Columns; j++)
            {
                off += Math.Pow(actual[i, j] - expected[i, j], 2);
            }
        }

        Assert.InRange(Math.Sqrt(off), 0, allowed);
    }
}
