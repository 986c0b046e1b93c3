using SeedHead.Compute;

namespace SeedHead.Tests.Compute;

public class ElementwiseTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 40), 1023];

    [Theory, MemberData(nameof(Lengths))]
    public void Sums_and_products_are_those_of_single_numbers(int length)
    {
        var draw = new Draw((ulong)length);
        float[] x = draw.Floats(length), y = draw.Floats(length), sum = [.. x], product = [.. x];
        Elementwise.Add(sum, y);
        Elementwise.Multiply(product, 1.7f);
        Assert.Equal(x.Zip(y, (a, b) => a + b), sum);
        Assert.Equal(x.Select(a => a * 1.7f), product);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void One_number_that_is_not_finite_is_found(int length)
    {
        float[] x = new Draw((ulong)length).Floats(length, -3e38f, 3e38f);
        Assert.True(Elementwise.AreFinite(x));
        for (int i = 0; i < length; i++)
        {
            float kept = x[i];
            foreach (float unusual in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
            {
                x[i] = unusual;
                Assert.False(Elementwise.AreFinite(x));
            }

            x[i] = kept;
        }
    }
}
