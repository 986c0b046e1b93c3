using SeedHead.Random;

namespace SeedHead.Tests.Random;

public class OrderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_permutation_holds_every_index_once_by_ascending_key(int count)
    {
        int[] order = Order.Permutation(42, 3, count);
        Assert.Equal(Enumerable.Range(0, count), order.Order());
        Assert.Equal(order.OrderBy(i => Order.Key(42, 3, i)).ThenBy(i => i), order);
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(1000, 10)]
    [InlineData(1000, 999)]
    [InlineData(1000, 1000)]
    [InlineData(10, 50)]
    public void A_sample_is_the_sorted_beginning_of_the_permutation(int count, int size) =>
        Assert.Equal(Order.Permutation(7, 1, count).Take(size).Order(), Order.Sample(7, 1, count, size));

    [Fact]
    public void Seeds_and_purposes_give_other_orders()
    {
        int[] order = Order.Permutation(42, 3, 100);
        Assert.NotEqual(order, Order.Permutation(43, 3, 100));
        Assert.NotEqual(order, Order.Permutation(42, 4, 100));
    }

    [Fact]
    public void A_sample_is_spread_evenly_over_the_rows()
    {
        // Mean of 10,000 of 1,000,000 indices without replacement: standard error n·√((1 − 0.01) / (12·10,000)).
        double mean = Order.Sample(5, 0, 1_000_000, 10_000).Average();
        double standardError = 1e6 * Math.Sqrt(0.99 / 120_000);
        Assert.InRange(mean, 499_999.5 - 5 * standardError, 499_999.5 + 5 * standardError);
    }
}
