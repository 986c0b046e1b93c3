using SeedHead.Compute;
using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

public class LeverageTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Training_rows_have_the_leverages_of_their_fit(bool standardise, bool float32)
    {
        var problem = Problem.Regression(1, 60, 9, 1);
        var fit = problem.Fit(new() { Penalties = [1e-3], Standardise = standardise });
        float[] means = [.. Enumerable.Range(0, 9).Select(j => problem.Features.Average(row => row[j]))];
        using var sums = problem.Sums(!float32, means);
        using var leverage = new Leverage(new(), sums, fit.AbsolutePenalty, standardise);
        double[] h = Of(leverage, problem);
        for (int i = 0; i < h.Length; i++)
        {
            Assert.Equal(fit.LeaveOneOut!.Leverages[i], h[i], float32 ? 1e-5 : 1e-11);
        }
    }

    [Fact]
    public void Rows_far_out_pass_the_limit_and_new_rows_like_the_old_do_not()
    {
        var all = Problem.Regression(2, 1200, 8, 1);
        Problem train = all.Rows(0, 600), fresh = all.Rows(600, 600);
        var fit = train.Fit(new());
        using var sums = train.Sums(true);
        using var leverage = new Leverage(new(), sums, fit.AbsolutePenalty, standardise: false);
        double limit = Leverage.Limit(fit.LeaveOneOut!.Leverages);

        // By exchangeability each new row passes with probability 1/601, the largest of 601: about one row in 600, with a spread near √2.
        Assert.InRange(Of(leverage, fresh).Count(h => h > limit), 0, 8);
        var far = new Problem([.. fresh.Features.Select(row => row.Select(value => 5 * value).ToArray())], fresh.Targets);
        Assert.InRange(Of(leverage, far).Count(h => h > limit), 550, 600);
    }

    [Fact]
    public void The_sums_stay_as_they_were()
    {
        using var sums = Problem.Regression(3, 30, 4, 1).Sums(true);
        double[] before = [.. Enumerable.Range(0, 4).SelectMany(i => sums.GramRow(i).ToArray())];
        new Leverage(new(), sums, 1, standardise: false).Dispose();
        Assert.Equal(before, Enumerable.Range(0, 4).SelectMany(i => sums.GramRow(i).ToArray()));
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
