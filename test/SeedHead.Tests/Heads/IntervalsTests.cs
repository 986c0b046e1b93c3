using SeedHead.Compute;
using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

public class IntervalsTests
{
    [Fact]
    public void The_half_width_is_the_ranked_error()
    {
        double[] errors = [.. Enumerable.Range(1, 99).Select(i => i % 2 == 0 ? i : -(double)i)];
        Assert.Equal(90, Intervals.FromLeaveOneOut(errors, []).HalfWidth); // ⌈100 · 0.9⌉ = 90
        Assert.Equal(50, Intervals.FromLeaveOneOut(errors, [], 0.5).HalfWidth);
        Assert.Equal(99, Intervals.FromLeaveOneOut(errors, [], 0.999).HalfWidth);
        Assert.Equal(90, Intervals.FromLeaveOneOut(errors, []).At(leverage: 3));
    }

    [Fact]
    public void With_leverages_errors_are_scaled_down_and_intervals_up()
    {
        double[] errors = [2, 2, 2], leverages = [0.75, 0.75, 0.75];
        var intervals = Intervals.FromLeaveOneOut(errors, leverages);
        Assert.Equal(1, intervals.HalfWidth, 1e-15); // 2·√(1 − ¾)
        Assert.Equal(2, intervals.At(3), 1e-15);     // a left-out row of leverage ¾ had ¾/¼ = 3 when it was out
    }

    [Theory]
    [InlineData(0.9, 300, 10)]
    [InlineData(0.9, 120, 60)]  // leverages near ½: plain residuals would be far too small
    [InlineData(0.5, 300, 10)]
    [InlineData(0.9, 60, 100)]  // dual
    public void New_rows_are_covered_as_often_as_promised(double level, int rows, int features)
    {
        const int Repeats = 30, Fresh = 300;
        var plain = new double[Repeats];
        var aware = new double[Repeats];
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            var all = Problem.Regression((ulong)repeat, rows + Fresh, features, 1, noise: 2);
            Problem train = all.Rows(0, rows), fresh = all.Rows(rows, Fresh);
            var fit = train.Fit(new() { Penalties = [1e-4, 1e-2] });
            var left = fit.LeaveOneOut!;
            double[] errors = [.. left.Scores.Select((score, i) => train.Targets[left.Rows[i]][0] - (double)score)];
            using var sums = train.Sums(true);
            using var leverage = new Leverage(new(), sums, fit.AbsolutePenalty, standardise: false);
            double[] h = Of(leverage, fresh);
            double[] misses = [.. fresh.X.Select((x, i) => Math.Abs(fit.Intercepts[0] + x.Zip(fit.Weights, (a, b) => a * b).Sum() - fresh.Targets[i][0]))];
            Intervals flat = Intervals.FromLeaveOneOut(errors, [], level), scaled = Intervals.FromLeaveOneOut(errors, left.Leverages, level);
            plain[repeat] = misses.Average(miss => miss <= flat.At() ? 1.0 : 0.0);
            aware[repeat] = misses.Select((miss, i) => miss <= scaled.At(h[i]) ? 1.0 : 0.0).Average();
        }

        AssertCovers(level, plain);
        AssertCovers(level, aware);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_level_that_is_no_share_is_refused(double level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Intervals.FromLeaveOneOut([1.0], [], level));

    // Repeats are independent: their spread gives the standard error of their mean.
    private static void AssertCovers(double level, double[] coverages)
    {
        double mean = coverages.Average();
        double error = Math.Sqrt(coverages.Average(c => (c - mean) * (c - mean)) / (coverages.Length - 1));
        Assert.InRange(mean, level - (3 * error), level + (3 * error));
    }

    private static unsafe double[] Of(Leverage leverage, Problem problem)
    {
        float[] x = [.. problem.Features.SelectMany(row => row)];
        var h = new double[problem.Count];
        fixed (float* pointer = x)
        {
            leverage.Of(Team.Single, Strided<float>.RowMajor(pointer, problem.Count, problem.FeatureCount), h);
        }

        return h;
    }
}
