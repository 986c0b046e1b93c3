using SeedHead.Features;

namespace SeedHead.Tests.Features;

public class MedianDistanceTests
{
    [Fact]
    public void The_median_of_all_pairs_is_exact_for_few_rows() =>
        Assert.Equal(4, MedianDistance.Of(new Rows([[0, 0], [3, 0], [0, 4]]), 1)); // 3, 4, 5

    [Fact]
    public void The_median_is_that_of_sorted_distances() => ForAll.Draws(60, draw =>
    {
        int levels = draw.Of(2, 5, 1000); // few levels: many distances are equal
        float[][] rows = [.. Enumerable.Range(0, draw.Int(2, 60)).Select(_ => new float[] { draw.Int(0, levels), draw.Int(0, levels) })];
        double[] distances = [.. rows.SelectMany((a, i) => rows.Take(i).Select(b => Math.Sqrt(Square(a[0] - b[0]) + Square(a[1] - b[1])))).Where(d => d > 0).Order()];
        Assert.Equal(distances.Length == 0 ? 1 : distances[distances.Length / 2], MedianDistance.Of(new Rows(rows), 1), 1e-9);
        static double Square(double x) => x * x;
    });

    [Fact]
    public void Equal_rows_do_not_count()
    {
        Rows rows = new([.. Enumerable.Repeat(new float[] { 0.1f, 0.2f, 0.3f }, 90), .. Enumerable.Repeat(new float[] { 0.1f, 0.2f, 0.8f }, 10)]);
        Assert.Equal(0.5, MedianDistance.Of(rows, 1), 1e-7);
    }

    [Fact]
    public void Rows_without_difference_give_one()
    {
        Assert.Equal(1, MedianDistance.Of(new Rows([.. Enumerable.Repeat(new float[] { 0.1f, 0.2f }, 5)]), 1));
        Assert.Equal(1, MedianDistance.Of(new Rows([[3]]), 1));
    }

    [Fact]
    public void Many_sorted_rows_are_sampled_from_all_of_them()
    {
        // Distances |i − j| of 0 … n − 1 have the median n·(1 − √½): the share of pairs closer than t·n is 1 − (1 − t)²
        Rows rows = new([.. Enumerable.Range(0, 20_000).Select(i => new float[] { i })]);
        Assert.InRange(MedianDistance.Of(rows, 1) / 20_000, 0.9 * 0.29289, 1.1 * 0.29289);
        Assert.NotEqual(MedianDistance.Of(rows, 1), MedianDistance.Of(rows, 2));
    }
}
