using SeedHead.Compute;

namespace SeedHead.Tests.Compute;

public sealed class ZonalKernelTests
{
    [Theory] // printed in the specification of the studies
    [InlineData(3, 0, 0.1875)]
    [InlineData(3, 1, 0.083333)]
    [InlineData(3, 2, 0.01171875)]
    [InlineData(3, 4, 3.2552e-4)]
    [InlineData(10, 0, 0.167301)]
    [InlineData(10, 1, 0.025)]
    [InlineData(10, 2, 1.38265e-3)]
    [InlineData(10, 4, 8.18139e-6)]
    [InlineData(20, 0, 0.163182)]
    [InlineData(20, 1, 0.0125)]
    [InlineData(20, 2, 3.70028e-4)]
    [InlineData(20, 4, 6.99486e-7)]
    public void Eigenvalues_have_their_known_values(int dimension, int degree, double expected) =>
        Assert.Equal(1, Elementary.Exp(ZonalKernel.LogEigenvalue(dimension, degree)) / expected, 1e-5);

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    public void Eigenvalues_sum_to_the_energy(int dimension)
    {
        double sum = Enumerable.Range(0, 20_000).Where(l => l < 2 || l % 2 == 0)
            .Sum(l => Elementary.Exp(ZonalKernel.LogEigenvalue(dimension, l) + ZonalKernel.LogMultiplicity(dimension, l)));
        Assert.Equal(0.5, sum, 1e-8);
    }

    [Fact]
    public void Multiplicities_are_those_of_spherical_harmonics()
    {
        Assert.Equal(7, Elementary.Exp(ZonalKernel.LogMultiplicity(3, 3)), 1e-12); // 2l + 1
        Assert.Equal(2, Elementary.Exp(ZonalKernel.LogMultiplicity(2, 9)), 1e-12);
        Assert.Equal(54, Elementary.Exp(ZonalKernel.LogMultiplicity(10, 2)), 1e-11); // d(d + 1)/2 − 1
        Assert.True(ZonalKernel.LogMultiplicity(300, 4000) > 710); // beyond double, but not in logarithms
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(3, 4)]
    [InlineData(5, 2)]
    [InlineData(10, 8)]
    public void The_series_for_biases_joins_the_closed_form(int dimension, int degree)
    {
        double closed = ZonalKernel.LogEigenvalue(dimension, degree), series = ZonalKernel.LogEigenvalue(dimension, degree, 1e-12);
        Assert.Equal(closed, series, 1e-8);
    }

    [Theory]
    [InlineData(3, -1)]
    [InlineData(5, 0.5)]
    [InlineData(10, 1)]
    public void Biased_eigenvalues_sum_to_the_energy(int dimension, double beta)
    {
        double sum = Enumerable.Range(0, 61).Sum(l => Elementary.Exp(ZonalKernel.LogEigenvalue(dimension, l, beta) + ZonalKernel.LogMultiplicity(dimension, l)));
        double energy = ReluPair.Energy(beta);
        Assert.InRange(sum, energy * (1 - 1e-3), energy); // degrees above 60 are missing
    }

    [Theory] // log₁₀ N for ε = 1e-2, 1e-3, 1e-4 and 1/(50·d⁶)
    [InlineData(3, 0.92840, 1.25353, 1.85851, 2.22117)] // the same sum with 20 digits
    [InlineData(5, 1.28221, 2.23448, 3.44625, 5.94489)] // the same sum with 20 digits
    [InlineData(8, 1.63, 3.36, 5.55, 12.76)]
    [InlineData(10, 1.80, 4.12, 6.81, 17.81)]
    [InlineData(15, 2.13, 5.44, 9.57, 31.64)]
    [InlineData(20, 2.36, 6.59, 12.10, 46.67)]
    public void The_number_of_features_needed_has_its_known_values(int dimension, double first, double second, double third, double paper)
    {
        double sixth = 50.0 * dimension * dimension * dimension * (double)(dimension * dimension * dimension);
        Assert.Equal(first, ZonalKernel.LogTenFeatures(dimension, 1e-2), 0.0051);
        Assert.Equal(second, ZonalKernel.LogTenFeatures(dimension, 1e-3), 0.0051);
        Assert.Equal(third, ZonalKernel.LogTenFeatures(dimension, 1e-4), 0.0051);
        Assert.Equal(paper, ZonalKernel.LogTenFeatures(dimension, 1 / sixth), 0.0051);
    }

    [Theory] // the bounds printed beside the reference curves
    [InlineData(3, 16, 3.3e-3)]
    [InlineData(3, 128, 8.2e-5)]
    [InlineData(3, 1024, 3.5e-6)]
    [InlineData(3, 2048, 1.2e-6)]
    [InlineData(5, 32, 9.9e-3)]
    [InlineData(5, 256, 1.3e-3)]
    [InlineData(5, 2048, 2.5e-4)]
    [InlineData(9, 64, 1.5e-2)]
    [InlineData(15, 256, 1.7e-2)]
    [InlineData(25, 64, 0.157)]
    [InlineData(25, 2048, 1.9e-2)]
    public void The_bound_has_its_known_values(int dimension, int features, double expected) =>
        Assert.InRange(ZonalKernel.Bound(dimension, features), expected * 0.95, expected * 1.05);

    [Theory] // ω = π/2, R = √d: s = (π/2)²·d
    [InlineData(2, 0.330)]
    [InlineData(4, 4.21e-2)]
    [InlineData(6, 5.58e-3)]
    [InlineData(8, 7.45e-4)]
    [InlineData(10, 9.99e-5)]
    [InlineData(12, 1.34e-5)]
    [InlineData(16, 2.43e-7)]
    [InlineData(20, 4.40e-9)]
    [InlineData(30, 1.95e-13)]
    [InlineData(40, 8.65e-18)]
    [InlineData(60, 1.71e-26)]
    public void The_sine_eigenvalue_has_its_known_values(int dimension, double expected) =>
        Assert.Equal(1, Elementary.Exp(ZonalKernel.LogSineEigenvalue(dimension, Math.PI * Math.PI / 4 * dimension)) / expected, 4e-3);

    [Theory] // R = d: s = (π/2)²·d²
    [InlineData(4, 6.1e-3)]
    [InlineData(6, 8.2e-5)]
    [InlineData(8, 7.4e-7)]
    [InlineData(10, 5.0e-9)]
    [InlineData(12, 2.7e-11)]
    [InlineData(20, 5.0e-21)]
    [InlineData(40, 3.6e-48)]
    public void At_radius_d_it_falls_faster_than_exponentially(int dimension, double expected) =>
        Assert.Equal(1, Elementary.Exp(ZonalKernel.LogSineEigenvalue(dimension, Math.PI * Math.PI / 4 * dimension * dimension)) / expected, 2e-2);

    [Fact]
    public void One_input_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => ZonalKernel.Bound(1, 5));

    [Theory]
    [InlineData(2, 121)] // Σ over l ≤ 60 of the multiplicities: 1 + 2·60
    [InlineData(3, 3_721)] // 61²
    public void With_a_bias_no_bound_is_claimed_beyond_the_degrees_that_are_summed(int dimension, int features)
    {
        Assert.True(ZonalKernel.Bound(dimension, features - 100, 0.5) >= ZonalKernel.Bound(dimension, features, 0.5));
        Assert.Equal(0, ZonalKernel.Bound(dimension, features + 1, 0.5));
    }
}
