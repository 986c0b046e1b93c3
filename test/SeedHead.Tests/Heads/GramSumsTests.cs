using SeedHead.Compute;
using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

public class GramSumsTests
{
    [Fact]
    public void Sums_of_all_rows_equal_sums_of_the_parts_merged() => ForAll.Draws(40, draw =>
    {
        var (problem, cut, exact) = Case(draw);
        using var all = problem.Sums(exact, Shift(draw, problem));
        using var merged = problem.Rows(0, cut).Sums(exact, Shift(draw, problem));
        using var rest = problem.Rows(cut, problem.Count - cut).Sums(exact, Shift(draw, problem)); // another shift
        merged.Merge(rest);
        AssertSameMoments(all, merged, exact ? 1e-12 : 1e-5);
    });

    [Fact]
    public void Rows_taken_away_leave_the_sums_of_the_others() => ForAll.Draws(40, draw =>
    {
        var (problem, cut, exact) = Case(draw);
        using var left = problem.Sums(exact, Shift(draw, problem));
        using var gone = problem.Rows(cut, problem.Count - cut).Sums(exact, Shift(draw, problem));
        using var kept = problem.Rows(0, cut).Sums(exact, Shift(draw, problem));
        left.Subtract(gone);
        AssertSameMoments(kept, left, exact ? 1e-11 : 1e-5);
    });

    [Fact]
    public void A_refit_after_forgetting_equals_a_fit_without_the_rows_to_1e_6() => ForAll.Draws(20, draw =>
    {
        var problem = Problem.Regression(draw.Bits(), 120, draw.Int(3, 12), 2);
        int cut = draw.Int(60, 119);
        float[] shift = Shift(draw, problem);
        using var sums = problem.Sums(true, shift);
        using var gone = problem.Rows(cut, 120 - cut).Sums(true, shift);
        using var kept = problem.Rows(0, cut).Sums(true, shift);
        sums.Subtract(gone);
        var options = new RidgeOptions { Penalties = [1e-4] };
        RidgeFit expected = Ridge.FromSums(new(), kept, options), forgot = Ridge.FromSums(new(), sums, options);
        float largest = expected.Weights.Max(Math.Abs);
        Assert.All(expected.Weights.Zip(forgot.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-6f * largest));
    });

    [Fact]
    public void Whole_blocks_added_apart_or_together_have_the_same_bits()
    {
        var problem = Problem.Regression(3, 3 * GramProduct.RowBlock, 9, 2);
        float[] shift = Shift(new Draw(1), problem);
        using var all = problem.Sums(false, shift);
        using var parts = problem.Rows(0, GramProduct.RowBlock).Sums(false, shift);
        for (int block = 1; block < 3; block++)
        {
            using var next = problem.Rows(block * GramProduct.RowBlock, GramProduct.RowBlock).Sums(false, shift);
            parts.Merge(next);
        }

        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(all.GramRow(i).ToArray(), parts.GramRow(i).ToArray());
        }

        Assert.Equal(all.CrossNumbers.ToArray(), parts.CrossNumbers.ToArray());
    }

    [Fact]
    public void A_shift_near_the_means_makes_float32_products_several_times_more_exact()
    {
        var problem = Problem.Regression(4, 2000, 12, 1);
        var positive = new Problem([.. problem.Features.Select(row => row.Select(value => 10 + value).ToArray())], problem.Targets);
        using var exact = positive.Sums(true);
        using var plain = positive.Sums(false);
        using var shifted = positive.Sums(false, Means(positive));
        double[,] truth = Centred(exact);
        Assert.True(5 * Distance(truth, Centred(shifted)) < Distance(truth, Centred(plain)));
    }

    [Fact]
    public void From_sums_alone_generalised_cross_validation_chooses_and_the_ridge_is_the_same()
    {
        var problem = Problem.Regression(5, 80, 10, 2);
        using var sums = problem.Sums(true);
        var fit = Ridge.FromSums(new(), sums, new());
        Assert.Equal("generalised cross-validation", fit.Selection);
        Assert.Null(fit.LeaveOneOut);
        Assert.Equal(fit.Path.Min(point => point.GeneralisedCrossValidation), fit.Path.Single(point => point.Chosen).GeneralisedCrossValidation, 1e-5);
        var full = problem.Fit(new() { Penalties = [fit.Penalty] });
        Assert.Equal(full.DegreesOfFreedom, fit.DegreesOfFreedom, 1e-9);
        Assert.Equal(full.Path[0].GeneralisedCrossValidation, fit.Path.Single(point => point.Chosen).GeneralisedCrossValidation, 1e-9);
        Assert.All(full.Weights.Zip(fit.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Fitting_leaves_the_sums_as_they_were()
    {
        using var sums = Problem.Regression(7, 30, 5, 1).Sums(true);
        double[] before = Moments(sums);
        Ridge.FromSums(new(), sums, new());
        Assert.Equal(before, Moments(sums));
    }

    [Fact]
    public void More_rows_cannot_be_forgotten_than_were_learned()
    {
        var problem = Problem.Regression(6, 10, 3, 1);
        using var few = problem.Rows(0, 4).Sums(true);
        using var all = problem.Sums(true);
        Assert.Contains("10 rows", Assert.Throws<ArgumentException>(() => few.Subtract(all)).Message);
    }

    [Fact]
    public void Sums_of_other_features_or_outputs_do_not_join()
    {
        using var a = new GramSums(3, 2);
        using var b = new GramSums(3, 1);
        using var c = new GramSums(4, 2);
        Assert.Throws<ArgumentException>(() => a.Merge(b));
        Assert.Throws<ArgumentException>(() => a.Merge(c));
    }

    private static (Problem Problem, int Cut, bool Exact) Case(Draw draw)
    {
        int rows = draw.Int(2, 90);
        return (Problem.Regression(draw.Bits(), rows, draw.Int(1, 9), draw.Int(1, 3)), draw.Int(1, rows - 1), draw.Bool());
    }

    private static float[] Shift(Draw draw, Problem problem) => draw.Floats(problem.FeatureCount, -1, 3);

    private static float[] Means(Problem problem) =>
        [.. Enumerable.Range(0, problem.FeatureCount).Select(j => problem.Features.Average(row => row[j]))];

    // Raw moments Σφφᵀ, Σφyᵀ, Σφ, Σy: what the sums say whatever their shift.
    private static void AssertSameMoments(GramSums expected, GramSums actual, double relative)
    {
        Assert.Equal(expected.Rows, actual.Rows);
        double[] e = Moments(expected), a = Moments(actual);
        double tolerance = relative * e.Max(Math.Abs);
        for (int i = 0; i < e.Length; i++)
        {
            Assert.InRange(a[i], e[i] - tolerance, e[i] + tolerance);
        }
    }

    private static double[] Moments(GramSums sums)
    {
        double n = sums.Rows;
        var c = sums.FeatureShift;
        var f = sums.FeatureSums;
        List<double> moments = [.. sums.TargetSums, .. sums.TargetSquares];
        for (int i = 0; i < sums.FeatureCount; i++)
        {
            moments.Add(f[i] + (n * c[i]));
            for (int j = 0; j <= i; j++)
            {
                moments.Add(sums.Gram[i, j] + ((double)c[i] * f[j]) + ((double)c[j] * f[i]) + (n * c[i] * c[j]));
            }

            for (int k = 0; k < sums.Outputs; k++)
            {
                moments.Add(sums.Cross[i, k] + (c[i] * sums.TargetSums[k]));
            }
        }

        return [.. moments];
    }

    private static double[,] Centred(GramSums sums)
    {
        var centred = new CentredSums(sums, standardise: false);
        centred.Fill(Team.Single, 0);
        var g = centred.Factor;
        var result = new double[sums.FeatureCount, sums.FeatureCount];
        for (int i = 0; i < sums.FeatureCount; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                result[i, j] = g[i, j];
            }
        }

        centred.Restore();
        return result;
    }

    private static double Distance(double[,] a, double[,] b) => Math.Sqrt(a.Cast<double>().Zip(b.Cast<double>(), (x, y) => (x - y) * (x - y)).Sum());
}
