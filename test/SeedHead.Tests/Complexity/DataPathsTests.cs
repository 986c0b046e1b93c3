using SeedHead.Complexity;
using SeedHead.Compute;

namespace SeedHead.Tests.Complexity;

public class DataPathsTests
{
    [Fact]
    public void A_target_that_rises_along_a_line_varies_by_the_distance_of_the_ends()
    {
        float[] points = [.. Enumerable.Range(0, 30).Select(i => (float)i)];
        var paths = new DataPaths(Team.Single, points, 1, 3);
        (double straight, _) = paths.Variation((a, b) => Math.Abs(points[a] - points[b]));
        (double changes, _) = paths.Variation((a, b) => a % 2 == b % 2 ? 0 : 1); // alternates from point to point: one change a unit of way
        Assert.Equal(straight, changes, 1e-9);
        Assert.InRange(straight, 8, 12); // mean |i − j| of 30: 10.3
    }

    [Fact]
    public void Threads_do_not_change_paths() => Assert.Equal(Changes(1), Changes(4));

    [Fact]
    public void Roughness_is_small_for_smooth_targets_one_for_noise_and_undefined_for_constants()
    {
        float[] points = [.. Enumerable.Range(0, 400).Select(i => i / 100f)];
        var paths = new DataPaths(Team.Single, points, 1, 3);
        Assert.InRange(paths.Roughness((a, b) => Math.Abs(points[a] - points[b])).Value, 0.005, 0.01); // 1 step over a third of 400
        Assert.InRange(paths.Roughness((a, b) => Math.Abs((a * 7919 % 400) - (b * 7919 % 400))).Value, 0.2, 1.4);
        Assert.Equal(UndefinedCause.Constant, paths.Roughness((_, _) => 0).Cause);
    }

    private static (double, double) Changes(int threads)
    {
        float[] points = [.. Enumerable.Range(0, 300).Select(i => (float)(i * 37 % 101))];
        return new DataPaths(new Team(threads), points, 3, 3).Variation((a, b) => (a + b) % 5);
    }
}
