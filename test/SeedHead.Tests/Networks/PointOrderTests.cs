using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Tests.Networks;

public unsafe class PointOrderTests
{
    [Fact]
    public void Sixteen_points_of_a_grid_follow_the_z_curve() =>
        Assert.Equal([0, 4, 1, 5, 8, 12, 9, 13, 2, 6, 3, 7, 10, 14, 11, 15], Of(16, 2, i => [i / 4, i % 4])!); // the first coordinate has the lower bit

    [Fact]
    public void An_order_has_every_point_once() => ForAll.Draws(50, draw =>
    {
        int points = draw.Int(0, 300), inputs = draw.Int(1, 8);
        float scale = draw.Of(1f, 0f, 1e-40f, 1e38f);
        int[] order = Of(points, inputs, _ => draw.Floats(inputs, -3 * scale, 3 * scale))!;
        Assert.Equal(Enumerable.Range(0, points), order.Order());
    });

    [Fact]
    public void Points_of_many_coordinates_or_none_keep_their_order()
    {
        Assert.Null(Of(5, 9, i => new float[9]));
        Assert.Null(Of(5, 0, _ => []));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Points_that_are_not_finite_keep_their_order(float unusual) => Assert.Null(Of(5, 2, i => [1, i == 3 ? unusual : 0]));

    private static int[]? Of(int points, int inputs, Func<int, float[]> point)
    {
        using var buffer = new NativeBuffer<float>((long)points * inputs);
        Strided<float> x = Strided<float>.RowMajor(buffer, points, inputs);
        for (int i = 0; i < points; i++)
        {
            point(i).CopyTo(x.Row(i));
        }

        return PointOrder.Of(x);
    }
}
