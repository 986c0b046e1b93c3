using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Tests.Kernels;

public class DistillationTests
{
    private const int Points = 5, Inputs = 6, Classes = 3, Batch = 9;

    [Theory]
    [InlineData("6-64-relu-1", "he-normal")]
    [InlineData("6-64-erf-64-gelu-1", "lecun-normal+bias-normal:0.3")]
    [InlineData("6-64-tanh-res(64-sin-64)-1", "lecun-normal")]
    [InlineData("6-gated(16-sin)-ln-16-relu-1", "he-normal+bias-normal:0.2")]
    public void The_kernel_of_a_cosine_is_that_of_points_on_the_sphere_and_its_slope_that_of_differences(string text, string law)
    {
        (Architecture net, WeightPrior prior) = (Architecture.Parse(text), WeightPrior.Parse(law));
        var kernel = new SphereKernel(net, prior);
        Numbers points = SphereRows.Of(new(new Draw(3).Floats(2 * Inputs), Inputs), [0]);
        double cosine = 0, first = 0;
        for (int j = 0; j < Inputs; j++)
        {
            cosine += points.Values.Span[j] * (double)points.Values.Span[Inputs + j] / Inputs;
            first += points.Values.Span[j] * (double)points.Values.Span[j] / Inputs;
        }

        Assert.Equal(1, first, 1e-6); // float32
        (double nngp, _) = new LimitKernel(net, prior).Pair(points.Values[..Inputs], points.Values[Inputs..]);
        Assert.Equal(nngp, kernel.At(cosine).Value, 1e-5 * kernel.AtOne);
        Assert.Equal(kernel.AtOne, kernel.At(1).Value, 1e-12 * kernel.AtOne);
        foreach (double at in new[] { -0.9, -0.2, 0, 0.6, 0.97 })
        {
            const double step = 1e-5;
            Assert.Equal((kernel.At(at + step).Value - kernel.At(at - step).Value) / (2 * step), kernel.At(at).Slope, 1e-6 * kernel.AtOne);
        }
    }

    [Theory]
    [InlineData("6-64-step-1", "jumps")]
    [InlineData("6-64-relu-64-sign-1", "jumps")]
    [InlineData("3x2x1-conv4@3-relu-gap-1", "cosine")]
    [InlineData("6-ln-64-relu-1", "cosine")]
    public void A_kernel_without_slope_or_cosine_is_refused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => new SphereKernel(Architecture.Parse(text), WeightPrior.Parse("he-normal"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("6-64-relu-1")]
    [InlineData("6-64-erf-64-gelu-1")]
    public void Gradients_of_points_and_labels_are_those_of_finite_differences(string text)
    {
        using var support = new SphereSupport(new(Architecture.Parse(text), WeightPrior.Parse("he-normal+bias-normal:0.1")));
        AssertGradients(support, step: 1e-5, tolerance: 1e-7);
    }

    [Theory]
    [InlineData("6-64-erf-1", 1)]
    [InlineData("6-16-tanh-16-sin-scale0.5-2", 3)]
    [InlineData("3x2x1-conv4@3-erf-flatten-1", 2)]
    public void Gradients_through_random_networks_are_those_of_finite_differences(string text, int networks)
    {
        using var support = new SampledSupport(Architecture.Parse(text), WeightPrior.Parse("lecun-normal+bias-normal:0.1"), seed: 5, networks);
        support.Begin(Team.Single, 7);
        AssertGradients(support, step: 2e-3, tolerance: 1e-3); // features are float32: their rounding over the step is 10⁻⁴, the cubic term of the difference less
    }

    [Fact]
    public unsafe void Many_random_networks_have_the_kernel_of_their_limit()
    {
        // One hidden layer: the mean kernel is the limit kernel at every width.
        (Architecture net, WeightPrior prior) = (Architecture.Parse("6-512-relu-1"), WeightPrior.Parse("he-normal+bias-normal:0.1"));
        using var sampled = new SampledSupport(net, prior, 3, 200);
        using var limit = new SphereSupport(new(net, prior));
        double[] rows = Array.ConvertAll(SphereRows.Of(new(new Draw(3).Floats(Batch * Inputs), Inputs), [0]).Values.ToArray(), value => (double)value);
        using NativeBuffer<double> own = new(Points * Points), cross = new(Batch * Points), expectedOwn = new(Points * Points), expectedCross = new(Batch * Points);
        fixed (double* x = rows)
        {
            Strided<double> all = Strided<double>.RowMajor(x, Batch, Inputs), points = all.Block(0, 0, Points, Inputs);
            sampled.Begin(new Team(2), 0);
            sampled.Forward(new Team(2), points, all, Strided<double>.RowMajor(own, Points, Points), Strided<double>.RowMajor(cross, Batch, Points));
            limit.Forward(new Team(2), points, all, Strided<double>.RowMajor(expectedOwn, Points, Points), Strided<double>.RowMajor(expectedCross, Batch, Points));
        }

        // 102,400 units of relative variance at most 5: a standard error of 0.007 of the diagonal, 2.1 here.
        KernelRows.AssertNear([.. expectedOwn.Span(0, Points * Points)], [.. own.Span(0, Points * Points)], 5 * 0.007 * 2.1);
        KernelRows.AssertNear([.. expectedCross.Span(0, Batch * Points)], [.. cross.Span(0, Batch * Points)], 5 * 0.007 * 2.1);
    }

    private static unsafe void AssertGradients(ISupportKernel support, double step, double tolerance)
    {
        using var loss = new DistillationLoss(support, Points, Inputs, Classes, Batch, 1e-1);
        double[] z = new Draw(1).Doubles(Points * Inputs), labels = new Draw(2).Doubles(Points * Classes), targets = new Draw(4).Doubles(Batch * Classes), along = new double[z.Length];
        double[] rows = Array.ConvertAll(SphereRows.Of(new(new Draw(3).Floats(Batch * Inputs), Inputs), [0]).Values.ToArray(), value => (double)value);
        Value();
        double[] found = [.. along, .. KernelRows.All(loss.Beta)];
        Assert.True(found.Max(Math.Abs) > 20 * tolerance);
        for (int i = 0; i < found.Length; i++)
        {
            double[] place = i < z.Length ? z : labels;
            int at = i < z.Length ? i : i - z.Length;
            double before = place[at];
            place[at] = before + step;
            double up = Value();
            place[at] = before - step;
            double down = Value();
            place[at] = before;
            Assert.Equal((up - down) / (2 * step), found[i], tolerance);
        }

        double Value()
        {
            fixed (double* p = z, y = labels, x = rows, t = targets, g = along)
            {
                return loss.Of(
                    new Team(2), Strided<double>.RowMajor(p, Points, Inputs), Strided<double>.RowMajor(y, Points, Classes), Strided<double>.RowMajor(x, Batch, Inputs), Strided<double>.RowMajor(t, Batch, Classes),
                    Strided<double>.RowMajor(g, Points, Inputs));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_point_a_class_learns_what_drawn_rows_cannot_and_threads_change_no_bit(bool labels)
    {
        (Numbers rows, int[] codes) = Sectors(600);
        using var kernel = new SphereSupport(new(Architecture.Parse("2-64-relu-1"), WeightPrior.Parse("he-normal")));
        var options = new DistillationOptions { PointsPerClass = 2, Steps = 150, Batch = 200, LearnsLabels = labels };
        DistilledSet one = Distillation.Run(kernel, rows, codes, 2, options, new Execution { Threads = 1 }), many = Distillation.Run(kernel, rows, codes, 2, options, new Execution { Threads = 4 });
        Assert.Equal(one.Points.Values.ToArray(), many.Points.Values.ToArray());
        Assert.Equal(one.Labels, many.Labels);
        Assert.True(one.Losses[^1] < 0.6 * one.Losses[0], $"The loss went from {one.Losses[0]} to {one.Losses[^1]}.");
        double drawn = Accuracy(Distillation.Drawn(rows, codes, 2, 2, options.Seed)), distilled = Accuracy(one);
        Assert.True(distilled > drawn + 0.05, $"{distilled} of the rows are right after distillation, {drawn} with drawn rows.");
        Assert.Equal(labels, one.Labels.Any(value => Math.Abs(value) != 0.5));

        double Accuracy(DistilledSet set)
        {
            int[] chosen = Distillation.Predict(Team.Single, kernel, set, rows, options.Penalty);
            return chosen.Where((code, i) => code == codes[i]).Count() / (double)codes.Length;
        }
    }

    [Fact]
    public void What_cannot_be_distilled_is_refused()
    {
        (Numbers rows, int[] codes) = Sectors(20);
        Assert.Contains("10", Assert.Throws<ArgumentException>(() => Distillation.Drawn(rows, codes, 2, 11, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Distillation.Drawn(rows, [0], 2, 1, 1));
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => SphereRows.Of(new Numbers(new float[] { 1, 2, 3, 3 }, 2), [3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SphereRows.Of(rows, [1, 2, 3]));
    }

    /// <summary>Points of a circle; its four quarters belong to two classes in turn.</summary>
    private static (Numbers Rows, int[] Codes) Sectors(int count)
    {
        var values = new float[count * 2];
        for (int i = 0; i < count; i++)
        {
            double angle = 2 * Math.PI * (i + 0.5) / count;
            (values[2 * i], values[(2 * i) + 1]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
        }

        return (SphereRows.Of(new(values, 2), [0]), [.. Enumerable.Range(0, count).Select(i => 4 * i / count % 2)]);
    }
}
