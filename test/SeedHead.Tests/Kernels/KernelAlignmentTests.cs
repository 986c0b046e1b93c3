using System.Text.Json;
using SeedHead.Compute;
using SeedHead.Kernels;

namespace SeedHead.Tests.Kernels;

public sealed class KernelAlignmentTests : IDisposable
{
    private const int Rows = 40, Columns = 6;
    private static readonly JsonElement Golden = KernelRows.Golden(); // Golden/kernel-pca.py
    private static readonly int[] Codes = [.. Enumerable.Range(0, Rows).Select(i => i * 7 % 3)];
    private readonly NativeBuffer<float> x = KernelRows.Grid(1, Rows * Columns);
    private readonly NativeBuffer<double> cubic, linear;

    public KernelAlignmentTests() => (cubic, linear) = (KernelRows.Polynomial(x, x, Columns, 1, Columns, 3), KernelRows.Polynomial(x, x, Columns, 0, 1, 1));

    private Strided<double> Cubic => Strided<double>.RowMajor(cubic, Rows, Rows);

    private Strided<double> Linear => Strided<double>.RowMajor(linear, Rows, Rows);

    private Strided<float> Features => Strided<float>.RowMajor(x, Rows, Columns);

    public void Dispose()
    {
        x.Dispose();
        cubic.Dispose();
        linear.Dispose();
    }

    [Fact]
    public void Alignments_are_those_of_NumPy()
    {
        Assert.Equal(Golden.GetProperty("alignment").GetDouble(), KernelAlignment.Of(new Team(2), Cubic, Linear), 1e-12);
        Assert.Equal(Golden.GetProperty("alignmentWithClasses").GetDouble(), KernelAlignment.WithClasses(Team.Single, Cubic, Codes), 1e-12);
        Assert.Equal(Golden.GetProperty("linearAlignmentWithClasses").GetDouble(), KernelAlignment.WithClasses(Team.Single, Linear, Codes), 1e-12);
        Assert.Equal(Golden.GetProperty("linearAlignmentWithClasses").GetDouble(), KernelAlignment.OfFeaturesWithClasses(new Team(2), Features, Codes), 1e-12);
        Assert.Equal(Golden.GetProperty("debiased").GetDouble(), KernelAlignment.Debiased(new Team(2), Cubic, Linear), 1e-11);
    }

    [Fact]
    public void A_kernel_is_aligned_with_itself_however_it_is_scaled_and_shifted()
    {
        Assert.Equal(1, KernelAlignment.OfFeatures(Team.Single, Features, Features), 1e-14);
        using var moved = new NativeBuffer<double>(Rows * Rows);
        for (int i = 0; i < Rows * Rows; i++)
        {
            moved.Span(i, 1)[0] = (3 * linear.Span(i, 1)[0]) + 5;
        }

        Assert.Equal(1, KernelAlignment.Of(Team.Single, Linear, Strided<double>.RowMajor(moved, Rows, Rows)), 1e-12);
    }

    [Fact]
    public void A_constant_kernel_is_aligned_with_nothing()
    {
        using var zero = new NativeBuffer<double>(Rows * Rows);
        Assert.Equal(0, KernelAlignment.Of(Team.Single, Linear, Strided<double>.RowMajor(zero, Rows, Rows)));
    }

    [Fact]
    public void The_unbiased_estimate_is_0_in_the_mean_for_independent_rows()
    {
        const int draws = 400, rows = 8;
        double[] estimates = [.. Enumerable.Range(0, draws).Select(draw =>
        {
            using NativeBuffer<float> a = KernelRows.Grid((ulong)(2 * draw) + 100, rows), b = KernelRows.Grid((ulong)(2 * draw) + 101_001, rows);
            using NativeBuffer<double> k = KernelRows.Polynomial(a, a, 1, 0, 1, 1), l = KernelRows.Polynomial(b, b, 1, 0, 1, 1);
            return KernelAlignment.UnbiasedHsic(Team.Single, Strided<double>.RowMajor(k, rows, rows), Strided<double>.RowMajor(l, rows, rows));
        })];
        double mean = estimates.Average(), error = Math.Sqrt(estimates.Sum(value => (value - mean) * (value - mean)) / (draws - 1) / draws);
        Assert.InRange(mean, -4 * error, 4 * error);
    }

    [Fact]
    public void Matrices_of_other_rows_are_refused()
    {
        using var small = new NativeBuffer<double>(9);
        Assert.Throws<ArgumentException>(() => KernelAlignment.Of(Team.Single, Linear, Strided<double>.RowMajor(small, 3, 3)));
        Assert.Throws<ArgumentException>(() => KernelAlignment.Debiased(Team.Single, Strided<double>.RowMajor(small, 3, 3), Strided<double>.RowMajor(small, 3, 3)));
        Assert.Throws<ArgumentException>(() => KernelAlignment.WithClasses(Team.Single, Linear, [0, 1]));
        Assert.Throws<ArgumentException>(() => KernelAlignment.WithClasses(Team.Single, Strided<double>.RowMajor(small, 3, 3), [0, -1, 1]));
    }
}
