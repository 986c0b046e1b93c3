using SeedHead.Compute;
using SeedHead.Heads;
using SeedHead.Tests.Reference;

namespace SeedHead.Tests.Heads;

public class RidgeTests
{
    public static TheoryData<int, int, bool> Shapes => new()
    {
        { 40, 7, false }, { 40, 7, true },    // primal
        { 30, 30, false }, { 30, 30, true },  // primal, as many features as rows
        { 30, 31, false }, { 30, 31, true },  // dual, one feature more
        { 31, 60, false }, { 31, 60, true },  // dual
        { 2, 1, false }, { 2, 3, true }, { 3, 2, false },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Weights_equal_elimination_on_the_normal_equations(int rows, int features, bool standardise)
    {
        foreach (double penalty in new[] { 1e-6, 1e-3, 1, 100 })
        {
            var problem = Problem.Regression(1, rows, features, 3);
            var fit = problem.Fit(new() { Penalties = [penalty], Standardise = standardise });
            double[] scales = RidgeReference.Scales(problem.X, standardise);
            double absolute = penalty * RidgeReference.Unit(problem.X, scales);
            var (weights, intercepts) = RidgeReference.Fit(problem.X, problem.Y, scales, absolute);
            Assert.Equal(rows < features ? "dual" : "primal", fit.Form);
            Close(absolute, fit.AbsolutePenalty, 1e-9);
            Close(weights.Cast<double>(), fit.Weights, 1e-6);
            Close(intercepts, fit.Intercepts, 1e-6);
        }
    }

    [Fact]
    public void Classes_choose_the_least_log_loss_of_calibrated_left_out_scores()
    {
        var problem = Problem.Classes(12, 80, 30, 3);
        var fit = problem.Fit(new() { Classification = true, Penalties = RidgeOptions.UsualPenalties });
        var chosen = fit.Path.Single(point => point.Chosen);
        Assert.Equal(fit.Path.Min(point => point.LogLoss!.Value), chosen.LogLoss!.Value, 1e-5);
        Assert.True(chosen.Loss > fit.Path.Min(point => point.Loss)); // the squared error would choose otherwise here
        int[] truth = [.. problem.Targets.Select(row => Array.IndexOf(row, 1f))];
        var score = Scoring.Classification(fit.LeaveOneOut!.Scores, fit.Temperature!.Value, truth, 3);
        Assert.Equal(chosen.LogLoss!.Value, score.LogLoss!.Value, 1e-6);
        Assert.Equal(chosen.Error!.Value, 1 - score.Accuracy!.Value, 1e-12);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Leave_one_out_scores_equal_refits_without_the_row(int rows, int features, bool standardise)
    {
        foreach (double penalty in new[] { 1e-5, 1e-3, 1, 100 })
        {
            var problem = Problem.Regression(2, rows, features, 2);
            var fit = problem.Fit(new() { Penalties = [penalty], Standardise = standardise });
            double[] scales = RidgeReference.Scales(problem.X, standardise);
            double[][] expected = RidgeReference.LeaveOneOut(problem.X, problem.Y, scales, fit.AbsolutePenalty);
            Close(expected.SelectMany(row => row), fit.LeaveOneOut!.Scores, 1e-6);
            double loss = expected.Zip(problem.Y, (s, y) => s.Zip(y, (a, b) => (a - b) * (a - b)).Average()).Average();
            Close(loss, fit.Path[0].Loss!.Value, 1e-6);
            Close(Math.Sqrt(loss), fit.Path[0].Error!.Value, 1e-6);
        }
    }

    [Fact]
    public void Leave_one_out_of_classes_sorted_by_label_counts_the_errors_of_refits()
    {
        var problem = Problem.Classes(3, 60, 10, 3);
        var fit = problem.Fit(new() { Classification = true });
        double[] scales = RidgeReference.Scales(problem.X, standardise: false);
        double[][] expected = RidgeReference.LeaveOneOut(problem.X, problem.Y, scales, fit.AbsolutePenalty);
        double wrong = expected.Zip(problem.Y, (s, y) => Array.IndexOf(s, s.Max()) == Array.IndexOf(y, y.Max()) ? 0.0 : 1.0).Average();
        Assert.InRange(wrong, 0.01, 0.6); // neither trivial nor hopeless, so the comparison says something
        Assert.Equal(wrong, fit.Path.Single(point => point.Chosen).Error!.Value, 12);
        Close(expected.SelectMany(row => row), fit.LeaveOneOut!.Scores, 1e-6);
    }

    [Theory]
    [InlineData(40, 12)]
    [InlineData(20, 45)]
    public void Degrees_of_freedom_are_the_trace_of_the_hat_matrix_and_enter_generalised_cross_validation(int rows, int features)
    {
        var problem = Problem.Regression(4, rows, features, 2);
        var fit = problem.Fit(new() { Penalties = [1e-2] });
        double[] scales = RidgeReference.Scales(problem.X, false);

        // Column i of the hat matrix is the fit to the i-th unit vector.
        double trace = 0;
        for (int i = 0; i < rows; i++)
        {
            double[][] unit = [.. Enumerable.Range(0, rows).Select(r => new[] { r == i ? 1.0 : 0.0 })];
            var (w, b) = RidgeReference.Fit(problem.X, unit, scales, fit.AbsolutePenalty);
            double leverage = RidgeReference.Predict(problem.X[i], w, b)[0];
            Close(leverage, fit.LeaveOneOut!.Leverages[i], 1e-9);
            trace += leverage;
        }

        Close(trace, fit.DegreesOfFreedom, 1e-9);
        var (weights, intercepts) = RidgeReference.Fit(problem.X, problem.Y, scales, fit.AbsolutePenalty);
        double squares = problem.X.Zip(problem.Y, (x, y) => RidgeReference.Predict(x, weights, intercepts).Zip(y, (a, c) => (a - c) * (a - c)).Sum()).Sum();
        Close(rows * squares / (2 * (rows - trace) * (rows - trace)), fit.Path[0].GeneralisedCrossValidation, 1e-8);
    }

    [Fact]
    public void The_dual_and_the_primal_form_give_the_same_ridge()
    {
        var problem = Problem.Regression(5, 24, 25, 2);
        foreach (bool standardise in new[] { false, true })
        {
            var options = new RidgeOptions { Penalties = [1e-4, 1e-2, 1], Standardise = standardise };
            RidgeFit dual = problem.Fit(options), primal = problem.Fit(options with { KeepSums = true });
            primal.Sums!.Dispose();
            Assert.Equal(("dual", "primal"), (dual.Form, primal.Form));
            Assert.Equal(primal.Penalty, dual.Penalty);
            Close(primal.Weights.Select(w => (double)w), dual.Weights, 1e-6);
            Close(primal.LeaveOneOut!.Scores.Select(s => (double)s), dual.LeaveOneOut!.Scores, 1e-6);
            foreach (var (a, b) in primal.Path.Zip(dual.Path))
            {
                Close(a.Loss!.Value, b.Loss!.Value, 1e-8);
                Close(a.GeneralisedCrossValidation, b.GeneralisedCrossValidation, 1e-8);
                Close(a.DegreesOfFreedom, b.DegreesOfFreedom, 1e-8);
            }
        }
    }

    [Fact]
    public void The_search_finds_the_least_loss_of_the_whole_grid()
    {
        for (ulong number = 0; number < 8; number++)
        {
            var problem = Problem.Regression(number, 20, 40, 1, noise: 1 << (int)(number / 2)); // dual: one factor a penalty
            var all = problem.Fit(new() { Penalties = RidgeOptions.UsualPenalties });
            var searched = problem.Fit(new());
            Assert.Equal(all.Penalty, searched.Penalty);
            Assert.Equal(all.Path.Single(point => point.Chosen), searched.Path.Single(point => point.Chosen));
            Assert.True(searched.Path.Count <= 16, $"{searched.Path.Count} penalties evaluated");
            Assert.Equal(searched.Path.OrderBy(point => point.Penalty), searched.Path);
        }
    }

    [Theory]
    [InlineData(70, 12, 1e12, 1e-9)]    // held rows, float64 throughout
    [InlineData(8300, 6, 0, 1e-5)]      // streamed rows, float32 products
    public void One_decomposition_gives_what_a_factor_a_penalty_gives(int rows, int features, double doublePrecisionBudget, double relative)
    {
        var problem = Problem.Classes(13, rows, features, 3);
        var widened = new Problem([.. problem.Features.Select(row => (float[])[.. row, 2f])], problem.Targets); // with a dead feature
        var options = new RidgeOptions { Penalties = [1e-6, 1e-4, 1e-2, 1, 100], Classification = true, DoublePrecisionBudget = doublePrecisionBudget };
        var together = widened.Fit(options);
        Assert.Equal(5, together.Path.Count);
        foreach (var point in together.Path)
        {
            var alone = widened.Fit(options with { Penalties = [point.Penalty] });
            Close(alone.Path[0].Loss!.Value, point.Loss!.Value, relative);
            Close(alone.Path[0].StandardError!.Value, point.StandardError!.Value, relative);
            Close(alone.Path[0].LogLoss!.Value, point.LogLoss!.Value, Math.Max(relative, 1e-6));
            Close(alone.Path[0].GeneralisedCrossValidation, point.GeneralisedCrossValidation, relative);
            Close(alone.Path[0].DegreesOfFreedom, point.DegreesOfFreedom, relative);
            if (point.Chosen)
            {
                Close(alone.Weights.Select(w => (double)w), together.Weights, 1e-6);
                Close(alone.LeaveOneOut!.Scores.Select(s => (double)s), together.LeaveOneOut!.Scores, Math.Max(relative, 1e-6));
                Close(alone.Temperature!.Value, together.Temperature!.Value, Math.Max(relative, 1e-6));
                Assert.InRange(alone.Condition, together.Condition / 3, together.Condition * 1.001); // a few steps of iteration: from below
            }
        }
    }

    [Fact]
    public void Duplicate_and_constant_features_change_nothing_but_the_unit_of_the_penalty()
    {
        var problem = Problem.Regression(6, 50, 6, 1);
        var widened = new Problem([.. problem.Features.Select(row => (float[])[.. row, row[0], 3.7f, row[0], 0f])], problem.Targets);
        var fit = widened.Fit(new());
        Assert.Equal(0f, fit.Weights[7]);
        Assert.Equal(0f, fit.Weights[9]);
        Assert.Equal(fit.Weights[0], fit.Weights[6], 1e-4f * Math.Abs(fit.Weights[0])); // the least-norm share of equal columns
        double[] scales = RidgeReference.Scales(widened.X, false);
        Close(fit.Penalty * RidgeReference.Unit(widened.X, scales), fit.AbsolutePenalty, 1e-9);
        var (weights, _) = RidgeReference.Fit(widened.X, widened.Y, scales, fit.AbsolutePenalty);
        Close(weights.Cast<double>(), fit.Weights, 1e-5);
    }

    [Fact]
    public void A_penalty_too_small_for_the_condition_is_raised_and_said()
    {
        var problem = Problem.Regression(7, 50, 6, 1);
        var doubled = new Problem([.. problem.Features.Select(row => (float[])[.. row, .. row])], problem.Targets);
        var fit = doubled.Fit(new() { Penalties = [1e-15] });
        Assert.InRange(fit.Penalty, 1e-15, 1e-9);
        Assert.InRange(fit.Condition, 1, 1e12);
        Assert.Contains("penalty raised to", Assert.Single(fit.Notes));
        Assert.All(fit.Weights, weight => Assert.True(float.IsFinite(weight)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(5, 1)]
    [InlineData(5, 9)]
    public void Where_nothing_varies_the_mean_is_predicted(int rows, int features)
    {
        var problem = new Problem(
            [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Repeat(2.5f, features).ToArray())],
            [.. Enumerable.Range(0, rows).Select(i => new[] { (float)i, 1f })]);
        var fit = problem.Fit(new());
        Assert.All(fit.Weights, weight => Assert.Equal(0, weight));
        Assert.Equal([(rows - 1) / 2f, 1f], fit.Intercepts);
        Assert.Equal(rows == 1, fit.LeaveOneOut is null);
        Assert.Empty(fit.Notes);
    }

    [Theory]
    [InlineData(100, 20)]
    [InlineData(30, 50)]
    public void Bits_do_not_depend_on_threads(int rows, int features)
    {
        var problem = Problem.Regression(8, rows, features, 2);
        foreach (double budget in new[] { 0, 1e12 })
        {
            var one = problem.Fit(new() { DoublePrecisionBudget = budget });
            foreach (int threads in new[] { 2, 5 })
            {
                var other = problem.Fit(new() { DoublePrecisionBudget = budget }, threads);
                Assert.Equal(one.Weights, other.Weights);
                Assert.Equal(one.Intercepts, other.Intercepts);
                Assert.Equal(one.Path, other.Path);
                Assert.Equal(one.LeaveOneOut!.Scores, other.LeaveOneOut!.Scores);
                Assert.Equal(one.Condition, other.Condition);
            }
        }
    }

    [Fact]
    public void Bits_of_streamed_rows_do_not_depend_on_threads()
    {
        var problem = Problem.Classes(14, 8300, 5, 3);
        foreach (double[]? penalties in new double[]?[] { null, [1e-3] }) // one decomposition, one factor
        {
            var options = new RidgeOptions { Penalties = penalties, Classification = true, DoublePrecisionBudget = 0 };
            RidgeFit one = problem.Fit(options), three = problem.Fit(options, threads: 3);
            Assert.Equal(one.Weights, three.Weights);
            Assert.Equal(one.Path, three.Path);
            Assert.Equal(one.Temperature, three.Temperature);
            Assert.Equal(one.LeaveOneOut!.Scores, three.LeaveOneOut!.Scores);
        }
    }

    [Fact]
    public void Streamed_rows_free_the_coefficients_of_every_penalty_of_what_float32_products_cost_them()
    {
        var problem = Problem.Regression(15, 8300, 40, 3);
        foreach (double penalty in new[] { 1e-8, 1e-5, 1e-2 })
        {
            double[] path = [penalty, 2 * penalty, 4 * penalty];
            RidgeFit exact = problem.Fit(new() { Penalties = path, DoublePrecisionBudget = 1e12 });
            RidgeFit streamed = problem.Fit(new() { Penalties = path, DoublePrecisionBudget = 0 });
            RidgeFit coarse = problem.Fit(new() { Penalties = path, DoublePrecisionBudget = 0, Refine = false });
            Assert.Equal(exact.Penalty, streamed.Penalty);
            double size = exact.Weights.Max(Math.Abs);
            double Worst(RidgeFit fit) => fit.Weights.Zip(exact.Weights, (a, b) => (double)Math.Abs(a - b)).Max() / size;
            Assert.InRange(Worst(streamed), 0, 2e-7); // a rounding or two to float32
            Assert.True(Worst(coarse) > Worst(streamed));
        }
    }

    [Fact]
    public void One_pass_reads_every_row_once()
    {
        var problem = Problem.Classes(16, 8300, 5, 3);
        var reads = new int[problem.Count];
        float[] y = [.. problem.Targets.SelectMany(row => row)];
        unsafe
        {
            fixed (float* pointer = y)
            {
                var targets = Strided<float>.RowMajor(pointer, problem.Count, problem.Outputs);
                RidgeFit fit = Ridge.Fit(new Execution(), new Counted(problem, reads), targets, RidgeOptions.OnePass with { Classification = true, DoublePrecisionBudget = 0 });
                Assert.Equal("leave-one-out on 1024 sampled rows", fit.Selection);
                Assert.NotNull(fit.Temperature);
            }
        }

        Assert.All(reads, times => Assert.Equal(1, times));
    }

    private sealed class Counted(Problem problem, int[] reads) : IFeatureRows
    {
        public int Count => problem.Count;

        public int FeatureCount => problem.FeatureCount;

        public void Read(Team team, int first, Strided<float> features)
        {
            for (int r = 0; r < features.Rows; r++)
            {
                reads[first + r]++;
            }

            problem.Read(team, first, features);
        }
    }

    [Fact]
    public void Tiny_problems_of_any_shape_have_finite_answers() => ForAll.Draws(200, draw =>
    {
        var problem = Problem.Regression(draw.Bits(), draw.Int(1, 5), draw.Int(1, 6), draw.Int(1, 3));
        if (draw.Bool())
        {
            problem.Features[^1] = problem.Features[0]; // a row twice
        }

        var fit = problem.Fit(new() { Standardise = draw.Bool(), Classification = draw.Bool(), DoublePrecisionBudget = draw.Of(0, 1e9) });
        Assert.All(fit.Weights.Concat(fit.Intercepts).Concat(fit.LeaveOneOut?.Scores ?? []), value => Assert.True(float.IsFinite(value)));
        Assert.Single(fit.Path, point => point.Chosen);
        Assert.True(double.IsFinite(fit.DegreesOfFreedom) && double.IsFinite(fit.Condition));
    });

    [Fact]
    public void Many_rows_are_streamed_within_the_budget_and_sampled_beyond_it()
    {
        var problem = Problem.Classes(10, 9000, 3, 3);
        var all = problem.Fit(new() { Penalties = [1e-3], Classification = true });
        var sampled = problem.Fit(new() { Penalties = [1e-3], Classification = true, LeaveOneOutBudget = 9 * 2000, Seed = 3 });
        Assert.Equal("leave-one-out", all.Selection);
        Assert.Equal("leave-one-out on 2000 sampled rows", sampled.Selection);
        Assert.Equal(Enumerable.Range(0, 9000), all.LeaveOneOut!.Rows);
        Assert.Equal(all.Weights, sampled.Weights);
        double[] leverages = all.LeaveOneOut!.Leverages;
        double spread = Math.Sqrt(leverages.Average(h => h * h) - Math.Pow(leverages.Average(), 2)) * 9000 / Math.Sqrt(2000);
        Assert.Equal(all.DegreesOfFreedom, sampled.DegreesOfFreedom, 4 * spread);
        Assert.Equal(sampled.LeaveOneOut!.Leverages.Average() * 9000, sampled.DegreesOfFreedom, 1e-9);

        var left = sampled.LeaveOneOut!;
        Assert.Equal(left.Rows.Distinct().Order(), left.Rows);
        Assert.InRange(left.Rows.Average(), 4200, 4800); // spread over the rows, which are sorted by label
        for (int i = 0; i < left.Rows.Length; i++)
        {
            Assert.Equal(all.LeaveOneOut.Leverages[left.Rows[i]], left.Leverages[i], 1e-12);
            Assert.Equal(all.LeaveOneOut.Scores[left.Rows[i] * 3], left.Scores[i * 3], 1e-6);
        }

        PenaltyPoint exact = all.Path[0], part = sampled.Path[0];
        Assert.InRange(part.Loss!.Value, exact.Loss!.Value - (5 * part.StandardError!.Value), exact.Loss!.Value + (5 * part.StandardError!.Value));
        Assert.Equal(exact.StandardError!.Value * Math.Sqrt(9000.0 / 2000), part.StandardError.Value, 0.2 * part.StandardError.Value);
    }

    [Fact]
    public void Features_that_are_not_finite_are_refused_by_name()
    {
        var problem = Problem.Regression(9, 20, 4, 1);
        problem.Features[7][2] = float.PositiveInfinity;
        Assert.Contains("Feature 2 ", Assert.Throws<ArgumentException>(() => problem.Fit(new())).Message);
    }

    [Fact]
    public void A_path_that_does_not_ascend_is_refused() =>
        Assert.Throws<ArgumentException>(() => new RidgeOptions { Penalties = [1e-2, 1e-3] });

    private static void Close(double expected, double actual, double relative) =>
        Assert.InRange(actual, expected - (relative * Math.Abs(expected)) - 1e-15, expected + (relative * Math.Abs(expected)) + 1e-15);

    // Relative to the largest value expected: small ones among large ones have only its absolute accuracy.
    private static void Close(IEnumerable<double> expected, IEnumerable<float> actual, double relative)
    {
        double[] e = [.. expected];
        float[] a = [.. actual];
        Assert.Equal(e.Length, a.Length);
        double tolerance = relative * e.Max(Math.Abs);
        for (int i = 0; i < e.Length; i++)
        {
            Assert.InRange(a[i], e[i] - tolerance, e[i] + tolerance);
        }
    }
}
