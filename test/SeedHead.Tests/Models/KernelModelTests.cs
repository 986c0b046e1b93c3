using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Models;
using SeedHead.Networks;

namespace SeedHead.Tests.Models;

public class KernelModelTests
{
    private static readonly LimitKernel Kernel = new(Architecture.Parse("2-64-erf-64-erf-1"), WeightPrior.Parse("lecun-normal:1.7+bias-normal:0.3"));

    [Fact]
    public void A_smooth_function_is_learned_and_nine_of_ten_observations_lie_in_their_intervals()
    {
        Dataset train = Noisy(300, 1), test = Noisy(400, 2);
        using KernelModel model = KernelModel.Fit(train, Kernel);
        Predictions predictions = model.Predict(test.Inputs);
        double[] truth = ((NumberTarget)test.Target!).Values;
        double error = Math.Sqrt(truth.Zip(predictions.Values, (y, p) => (y - p) * (y - p)).Average());
        int inside = truth.Where((y, i) => y >= predictions.Low[i] && y <= predictions.High[i]).Count();
        Assert.InRange(error, 0.108 - (3 * 0.004), 0.108 + (3 * 0.004)); // NumPy with the same law finds 0.106 to 0.109; over 400 rows it has a standard error of 0.004
        Assert.InRange(model.LeftOutError, 0.108 - (3 * 0.0045), 0.108 + (3 * 0.0045));
        Assert.InRange(inside, 400 * 0.9 - (3 * 6), 400 * 0.9 + (3 * 6)); // a binomial count has deviation 6
        Assert.Null(predictions.Classes);
    }

    [Fact]
    public void Predictions_are_those_of_the_formula()
    {
        Dataset train = Noisy(40, 3);
        using KernelModel model = KernelModel.Fit(train, Kernel, new() { Noises = [0.01], Tangent = true });
        Dataset test = Noisy(5, 4);
        Predictions predictions = model.Predict(test.Inputs);
        double[] y = ((NumberTarget)train.Target!).Values;
        KernelInputs inputs = KernelInputs.Learn(train.Inputs);
        Numbers points = inputs.Read(train.Inputs), news = inputs.Read(test.Inputs);
        using LimitGram gram = Kernel.Gram(points, tangent: true), cross = Kernel.Gram(news, points, tangent: true);
        double unit = Enumerable.Range(0, 40).Average(i => gram.Tangent![i, i]), mean = y.Average();
        double[] alpha = Solved([.. Enumerable.Range(0, 40).Select(i => Enumerable.Range(0, 40).Select(j => gram.Tangent![i, j] + (i == j ? 0.01 * unit : 0)).ToArray())], [.. y.Select(value => value - mean)]);
        for (int i = 0; i < 5; i++)
        {
            double expected = mean + Enumerable.Range(0, 40).Sum(j => cross.Tangent![i, j] * alpha[j]);
            Assert.Equal(expected, predictions.Values[i], 1e-5);
        }
    }

    [Fact]
    public void Classes_get_probabilities_and_rows_beyond_the_training_range_are_marked()
    {
        Dataset all = Noisy(200, 5);
        double[] values = ((NumberTarget)all.Target!).Values;
        Dataset train = all with { Target = new ClassTarget("side", [.. values.Select(value => value > 0 ? 1 : 0)], ["low", "high"]) };
        using KernelModel model = KernelModel.Fit(train, Kernel, new() { ByMarginalLikelihood = true });
        Predictions predictions = model.Predict(Table([0.5f, -0.5f, 100f, 0f]));
        Assert.Equal(["low", "high"], predictions.Classes);
        Assert.Equal(1, predictions.Values[0] + predictions.Values[1], 1e-6);
        Assert.Equal([false, true], predictions.OutOfRange);
        Assert.InRange(model.LeftOutError, 0, 0.15);
    }

    [Fact]
    public void Bits_do_not_depend_on_threads_or_on_how_many_rows_are_asked_for()
    {
        Dataset train = Noisy(150, 6), test = Noisy(30, 7);
        using KernelModel one = KernelModel.Fit(train, Kernel, run: new Execution { Threads = 1 }), many = KernelModel.Fit(train, Kernel, run: new Execution { Threads = 3 });
        Predictions together = one.Predict(test.Inputs, new Execution { Threads = 1 });
        Assert.Equal(together.Values, many.Predict(test.Inputs, new Execution { Threads = 3 }).Values);
        Assert.Equal(together.High[7], many.Predict(test.Inputs.Select([7])).High[0]);
    }

    [Fact]
    public void What_cannot_be_learned_is_refused_in_words()
    {
        Dataset train = Noisy(20, 8);
        Assert.Contains("no target", Assert.Throws<DataException>(() => KernelModel.Fit(train with { Target = null }, Kernel)).Message, StringComparison.Ordinal);
        var wide = new LimitKernel(Architecture.Parse("5-64-relu-1"), WeightPrior.Parse("he-normal"));
        Assert.Contains("5", Assert.Throws<ArgumentException>(() => KernelModel.Fit(train, wide)).Message, StringComparison.Ordinal);
    }

    private static Dataset Noisy(int rows, int seed)
    {
        var draw = new Draw((ulong)seed);
        float[] x = draw.Floats(2 * rows), noise = draw.Floats(6 * rows); // uniform in (−1, 1)
        double[] y = [.. Enumerable.Range(0, rows).Select(i => Math.Sin(2 * x[2 * i]) + (x[(2 * i) + 1] * x[2 * i]) + (0.1 * Enumerable.Range(0, 3).Sum(k => noise[(6 * i) + k])))];
        return new("noisy", Table(x), new NumberTarget("y", y), "");
    }

    private static Numbers Table(float[] values) => new(values, 2);

    private static double[] Solved(double[][] a, double[] b)
    {
        for (int k = 0; k < b.Length; k++)
        {
            for (int i = k + 1; i < b.Length; i++)
            {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j < b.Length; j++)
                {
                    a[i][j] -= factor * a[k][j];
                }

                b[i] -= factor * b[k];
            }
        }

        for (int k = b.Length - 1; k >= 0; k--)
        {
            b[k] = (b[k] - Enumerable.Range(k + 1, b.Length - k - 1).Sum(j => a[k][j] * b[j])) / a[k][k];
        }

        return b;
    }
}
