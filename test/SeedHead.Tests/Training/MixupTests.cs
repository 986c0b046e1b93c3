using SeedHead.Training;

namespace SeedHead.Tests.Training;

public unsafe class MixupTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Shares_have_the_mean_and_variance_of_the_beta_law(double alpha)
    {
        const int N = 20_000;
        double[] shares = [.. Enumerable.Range(0, N).Select(step => Mixup.Share(alpha, 3, step))];
        Assert.All(shares, share => Assert.InRange(share, 0, 1));
        double variance = 1 / (4 * ((2 * alpha) + 1)), mean = shares.Average(); // of Beta(α, α)
        Assert.InRange(mean, 0.5 - (5 * Math.Sqrt(variance / N)), 0.5 + (5 * Math.Sqrt(variance / N)));
        double[] squares = [.. shares.Select(share => (share - 0.5) * (share - 0.5))];
        double found = squares.Average(), error = Math.Sqrt(squares.Sum(square => (square - found) * (square - found))) / N;
        Assert.InRange(found, variance - (5 * error), variance + (5 * error));
    }

    [Theory]
    [InlineData(1e-14)]
    [InlineData(1e-3)]
    public void A_small_alpha_takes_one_row_or_the_other(double alpha) =>
        Assert.All(Enumerable.Range(0, 200), step => Assert.True(Mixup.Share(alpha, 3, step) is < 0.01 or > 0.99));

    [Fact]
    public void Rows_mix_with_those_from_the_other_end()
    {
        float[] rows = [1, 10, 2, 20, 3, 30];
        fixed (float* at = rows)
        {
            Mixup.Apply(0.75, at, 3, 2);
        }

        Assert.Equal([1.5f, 15, 2, 20, 2.5f, 25], rows);
    }
}
