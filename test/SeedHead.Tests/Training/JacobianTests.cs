using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Tests.Reference;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public unsafe class JacobianTests
{
    private const string Images = "6x6x2-conv4@3b-bn-tanh-maxpool2-res(conv4@3-tanh-dropout0.5-conv4@3)-flatten-3";

    [Theory]
    [InlineData("5-4-tanh-3", "all")]
    [InlineData("6-gated(5-tanh)-ln-4-softplus-2", "all")]
    [InlineData("3-encode2-5-tanh-encode1-2", "all")]
    [InlineData(Images, "all")]
    [InlineData(Images, "filters:0.5+bn+fc")]
    [InlineData("6x6x2-conv4@3-bn-relu-maxpool2-cat(conv3@3b-sigmoid)-gap-3", "filters:1@in+bn")]
    public void Rows_are_central_differences_of_the_outputs_in_double_precision(string text, string learned)
    {
        Architecture net = Architecture.Parse(text);
        using Built built = Used(net, learned);
        float[][] x = Inputs(net, 2);
        float[] jacobian = Of(built, x);
        double[][] numbers = [.. built.Modules.Parameters.Select(parameter => Built.Of(parameter).Select(value => (double)value).ToArray())];
        (int P, int column, int outputs) = ((int)Jacobian.Columns(built.Learned), 0, net.OutputCount);
        double largest = jacobian.Max(Math.Abs);
        Parameter[] parameters = [.. built.Modules.Parameters];
        for (int p = 0; p < parameters.Length; p++)
        {
            foreach ((long start, int length) in parameters[p].Runs)
            {
                for (int i = 0; i < length; i++, column++)
                {
                    double[] slopes = Slopes(numbers[p], (int)start + i, () => Scores(net, numbers, built, x));
                    Assert.All(slopes, (slope, row) => Assert.Equal(slope, jacobian[(row * P) + column], 4e-6 * largest));
                }
            }
        }

        Assert.Equal(P, column);
    }

    [Fact]
    public void Along_a_subspace_it_is_that_of_all_numbers_times_the_directions()
    {
        Architecture net = Architecture.Parse("5-6-tanh-3");
        using Built all = new(net, "all"), some = new(net, "subspace:4");
        float[][] x = Inputs(net, 2);
        float[] whole = Of(all, x), found = Of(some, x), start = some.Values;
        for (int c = 0; c < 4; c++)
        {
            some.Learned[0].SetLearned([.. Enumerable.Range(0, 4).Select(i => i == c ? 1f : 0)]);
            double[] direction = [.. some.Values.Zip(start, (value, first) => (double)value - first)];
            for (int row = 0; row < 6; row++)
            {
                Assert.Equal(direction.Select((d, i) => d * whole[(row * direction.Length) + i]).Sum(), found[(row * 4) + c], 1e-5);
            }
        }
    }

    [Fact]
    public void Scores_of_a_mask_have_the_slopes_of_their_weights_times_the_weights()
    {
        Architecture net = Architecture.Parse("5-6-tanh-3");
        using var built = new Built(net, "mask:1+bias"); // every weight is used, as it is
        using var all = new Built(net, "all");
        float[][] x = Inputs(net, 1);
        float[] found = Of(built, x), whole = Of(all, x);
        Parameter weights = all.Modules.Parameters.First();
        LearnedNumbers scores = built.Learned.First(numbers => numbers.Name == "dense1/weights/scores");
        long before = built.Learned.TakeWhile(numbers => numbers != scores).Sum(numbers => numbers.LearnedCount);
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(whole[i] * weights.Start[i] * Math.Sign(scores.Start[i]), found[before + i], 1e-6);
        }
    }

    [Theory]
    [InlineData("5-7-tanh-4-ln-3")]
    [InlineData(Images)]
    public void Jacobians_of_layers_multiply_to_that_of_the_network(string text)
    {
        Architecture net = Architecture.Parse(text);
        using Built built = Used(net, "all");
        float[] x = Inputs(net, 1)[0];
        double[] product = [.. Enumerable.Range(0, x.Length * x.Length).Select(i => i % (x.Length + 1) == 0 ? 1.0 : 0)];
        int layer = 0;
        foreach (Module module in built.Modules.Parts)
        {
            (int rows, int inner) = (module.Output.Count, module.Input.Count);
            float[] own = Jacobian.OfLayer(new Team(2), built.Modules, layer++, x);
            product = [.. Enumerable.Range(0, rows * x.Length).Select(at => Enumerable.Range(0, inner)
                .Sum(i => own[(at / x.Length * inner) + i] * product[(i * x.Length) + (at % x.Length)]))];
        }

        float[] whole = Jacobian.OfInput(new Team(1), built.Modules, x);
        Assert.All(product, (slope, i) => Assert.Equal(slope, whole[i], 1e-5));
        double[] numbers = [.. x.Select(value => (double)value)];
        double[][] tensors = [.. built.Modules.Parameters.Select(parameter => Built.Of(parameter).Select(value => (double)value).ToArray())];
        for (int i = 0; i < x.Length; i++)
        {
            double[] slopes = Slopes(numbers, i, () => Scores(net, tensors, built, [numbers]));
            Assert.All(slopes, (slope, k) => Assert.Equal(slope, whole[(k * x.Length) + i], 1e-5));
        }
    }

    [Fact]
    public void A_wrong_shape_is_refused()
    {
        using var built = new Built(Architecture.Parse("5-4-tanh-3"), "all");
        using var room = new NativeBuffer<float>(1000);
        Assert.Throws<ArgumentException>(() => Jacobian.OfInput(new Team(1), built.Modules, new float[6]));
        Assert.Throws<ArgumentException>(() => Jacobian.OfLayer(new Team(1), built.Modules, 0, new float[4]));
        var error = Assert.Throws<ArgumentException>(() => Jacobian.Of(new Team(1), built.Modules, built.Learned, Strided<float>.RowMajor(room, 2, 5), Strided<float>.RowMajor(room, 6, 38)));
        Assert.Contains("The Jacobian of 2 inputs is [6 × 39], not [6 × 38].", error.Message, StringComparison.Ordinal);
    }

    // Statistics of batch norms are no longer 0 and 1.
    private static Built Used(Architecture net, string learned)
    {
        var built = new Built(net, learned);
        float[][] x = Inputs(net, 7);
        using var scores = new NativeBuffer<float>(7L * net.OutputCount);
        fixed (float* rows = x.SelectMany(row => row).ToArray())
        {
            built.Modules.Forward(new Pass(new Team(1), 7, Training: true), rows, scores.Pointer);
        }

        return built;
    }

    private static float[][] Inputs(Architecture net, int rows)
    {
        var draw = new Draw(6);
        return [.. Enumerable.Range(0, rows).Select(_ => draw.Floats(net.InputCount))];
    }

    private static float[] Of(Built built, float[][] x)
    {
        long rows = x.Length * built.Modules.Output.Count, columns = Jacobian.Columns(built.Learned);
        var jacobian = new float[rows * columns];
        fixed (float* inputs = x.SelectMany(row => row).ToArray(), to = jacobian)
        {
            Jacobian.Of(new Team(2), built.Modules, built.Learned, Strided<float>.RowMajor(inputs, x.Length, x[0].Length), Strided<float>.RowMajor(to, rows, columns));
        }

        return jacobian;
    }

    private static double[] Scores(Architecture net, double[][] numbers, Built built, float[][] x) => Scores(net, numbers, built, [.. x.Select(row => row.Select(value => (double)value).ToArray())]);

    private static double[] Scores(Architecture net, double[][] numbers, Built built, double[][] x)
    {
        var twin = new TrainedReference<Real>(net, [.. numbers.Select(tensor => tensor.Select(Real.Of).ToArray())])
        {
            Running = [.. built.Modules.Norms.Select(norm => (norm.RunningMeans, norm.RunningVariances))],
        };
        return [.. twin.Scores([.. x.Select(row => row.Select(Real.Of).ToArray())]).SelectMany(row => row.Select(value => value.Value))];
    }

    private static double[] Slopes(double[] numbers, int at, Func<double[]> scores)
    {
        double kept = numbers[at];
        numbers[at] = kept + 1e-5;
        double[] above = scores();
        numbers[at] = kept - 1e-5;
        double[] below = scores();
        numbers[at] = kept;
        return [.. above.Zip(below, (a, b) => (a - b) / 2e-5)];
    }
}
