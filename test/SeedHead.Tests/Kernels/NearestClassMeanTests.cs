using SeedHead.Compute;
using SeedHead.Kernels;
using SeedHead.Random;

namespace SeedHead.Tests.Kernels;

public class NearestClassMeanTests
{
    [Fact]
    public void Long_directions_of_the_shared_covariance_count_less()
    {
        // Two classes 1 apart along the second axis; the first axis has deviation 10, the second 0.1. Plain distances to the means would be guesses.
        const int rows = 400;
        using var points = new NativeBuffer<float>(rows * 2);
        var codes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            codes[i] = i % 2;
            Span<float> point = points.Span(i * 2, 2);
            point[0] = 10 * new WeightStream(3).Normal(new(0, 0, i, 0));
            point[1] = codes[i] + (0.1f * new WeightStream(3).Normal(new(0, 0, i, 1)));
        }

        Strided<float> all = Strided<float>.RowMajor(points, rows, 2);
        using NearestClassMean means = NearestClassMean.Learn(new Team(2), all, codes, 3, 1e-6);
        Assert.Equal(codes, means.Predict(new Team(2), all)); // and never class 2, which has no rows
    }

    [Fact]
    public void What_cannot_be_learned_is_refused()
    {
        using var points = new NativeBuffer<float>(4);
        Assert.Throws<ArgumentException>(() => NearestClassMean.Learn(Team.Single, Strided<float>.RowMajor(points, 2, 2), [0, 1], 2)); // all the same point
        Assert.Throws<ArgumentException>(() => NearestClassMean.Learn(Team.Single, Strided<float>.RowMajor(points, 2, 2), [0], 2));
    }
}
