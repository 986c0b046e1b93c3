using SeedHead.Compute;
using SeedHead.Studies;

namespace SeedHead.Tests.Studies;

/// <summary>The learners of the probe: ridge on nested widths, the kernel, the step.</summary>
public unsafe class ProbeFitsTests
{
    private static readonly ProbeRows Rows = ProbeRows.Of(ProbeData.Of(120, 3, x => x[0] + Math.Abs(x[1])), 4, 1, 5);

    [Fact]
    public void Every_row_has_one_part_and_test_rows_are_a_quarter()
    {
        Assert.Equal((72, 18, 30), (Rows.Training, Rows.Choosing, Rows.Testing));
        Assert.Equal(120, Rows.Targets.Distinct().Count());
    }

    [Fact]
    public void Weights_solve_the_normal_equations_of_centred_features()
    {
        const int n = 90, width = 6;
        float[] features = Features(width);
        fixed (float* phi = features)
        {
            using ProbeSums sums = ProbeSums.Of(Team.Single, Strided<float>.RowMajor(phi, Rows.Count, width), Rows, 0, n);
            double[] weights = sums.Solve(Team.Single, width, 0.1)!;
            double total = 0;
            double[] means = [.. Enumerable.Range(0, width).Select(j => Enumerable.Range(0, n).Average(i => features[(i * width) + j]))];
            for (int i = 0; i < n * width; i++)
            {
                total += Square(features[i] - means[i % width]) / n;
            }

            // The gradient of mean squared error/2 + 0.1·T·|w|²/2 is 0, and so is the mean residual.
            double[] residuals = [.. Enumerable.Range(0, n).Select(i => Rows.Targets[i] - weights[width] - Enumerable.Range(0, width).Sum(j => features[(i * width) + j] * weights[j]))];
            Assert.Equal(0, residuals.Average(), 6);
            for (int j = 0; j < width; j++)
            {
                double slope = Enumerable.Range(0, n).Average(i => residuals[i] * features[(i * width) + j]);
                Assert.Equal(0.1 * total * weights[j], slope, 5);
            }
        }
    }

    [Fact]
    public void A_narrower_network_is_fitted_as_if_there_were_no_wider_one()
    {
        float[] wide = Features(16);
        float[] narrow = [.. Enumerable.Range(0, Rows.Count * 8).Select(i => wide[(i / 8 * 16) + (i % 8)])];
        fixed (float* w = wide, s = narrow)
        {
            ProbeFit[] nested = ProbeRidge.Fit(Team.Single, Strided<float>.RowMajor(w, Rows.Count, 16), Rows, [8, 16]);
            ProbeFit alone = ProbeRidge.Fit(Team.Single, Strided<float>.RowMajor(s, Rows.Count, 8), Rows, [8])[0];
            Assert.Equal(alone.Errors, nested[0].Errors);
            Assert.NotEqual(alone.Errors, nested[1].Errors);
        }
    }

    [Fact]
    public void Many_features_come_near_the_kernel()
    {
        ProbeFit limit = ProbeKernel.Fit(Team.Single, Rows, new() { Threads = 1 });
        float[] features = Features(4096);
        fixed (float* phi = features)
        {
            ProbeFit[] found = ProbeRidge.Fit(Team.Single, Strided<float>.RowMajor(phi, Rows.Count, 4096), Rows, [8, 1024]);
            double few = found[0].Errors.Sum(), many = found[1].Errors.Sum(), all = limit.Errors.Sum();
            Assert.InRange(Math.Abs(many - all), 0, 0.3 * Math.Abs(few - all));
        }
    }

    [Fact]
    public void One_step_turns_the_neurons_towards_the_target()
    {
        // y = 3·[x₁]₊ of ten inputs: the gradient of every neuron has its largest part along the first.
        ProbeRows rows = ProbeRows.Of(ProbeData.Of(400, 10, x => 3 * Math.Max(x[0], 0)), 4, 0, 5);
        ProbeLayer layer = ProbeLayer.Random(10, 32, 1, 0);
        using var buffer = new NativeBuffer<float>(rows.Count * 32);
        Strided<float> features = Strided<float>.RowMajor(buffer, rows.Count, 32);
        layer.Map(Team.Single, rows.Points, rows.Count, features);
        double before = ProbeRidge.Fit(Team.Single, features, rows, [32])[0].Errors.Sum();
        layer.Step(Team.Single, rows, features, 8, 1).Map(Team.Single, rows.Points, rows.Count, features);
        Assert.InRange(ProbeRidge.Fit(Team.Single, features, rows, [32])[0].Errors.Sum(), 0, before / 2);
    }

    [Fact]
    public void The_small_network_has_about_as_many_learned_numbers_as_the_head()
    {
        Assert.Equal(46, ProbeTraining.Neurons(512, 9, 1)); // 46·(9 + 1 + 1) = 506
        Assert.Equal(8, ProbeTraining.Neurons(512, 1000, 1));
    }

    private static float[] Features(int width)
    {
        var features = new float[Rows.Count * width];
        fixed (float* phi = features)
        {
            ProbeLayer.Random(Rows.Columns, width, 11, 0).Map(Team.Single, Rows.Points, Rows.Count, Strided<float>.RowMajor(phi, Rows.Count, width));
        }

        return features;
    }

    private static double Square(double x) => x * x;
}
