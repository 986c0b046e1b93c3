using SeedHead.Compute;

namespace SeedHead.Tests.Compute;

public class SoftmaxTests
{
    public static TheoryData<int> Lengths => [1, 2, 3, 15, 16, 17, 31, 32, 33, 100, 1030];

    [Theory, MemberData(nameof(Lengths))]
    public void A_row_is_close_to_the_definition_in_double_and_sums_to_one(int length)
    {
        float[] x = [.. Enumerable.Range(0, length).Select(i => (i * 37 % 101 / 10f) - 5)];
        double[] powers = [.. x.Select(value => Math.Exp(value - (double)x.Max()))];
        float[] shares = [.. x];
        Softmax.Row(shares);
        for (int i = 0; i < length; i++)
        {
            Assert.InRange(shares[i] / (powers[i] / powers.Sum()), 1 - 1e-5, 1 + 1e-5);
        }

        Assert.Equal(1, shares.Sum(share => (double)share), 5);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Large_numbers_do_not_overflow(int length)
    {
        float[] x = [.. Enumerable.Repeat(1e30f, length)];
        Softmax.Row(x);
        Assert.All(x, share => Assert.Equal(1f / length, share, 1e-6f));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_number_that_is_not_finite_makes_all_NaN(float bad)
    {
        float[] x = [1, 2, bad, 3];
        Softmax.Row(x);
        Assert.All(x, share => Assert.True(float.IsNaN(share)));
    }
}
