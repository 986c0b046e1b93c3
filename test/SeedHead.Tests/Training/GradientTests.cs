using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Tests.Reference;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public unsafe class GradientTests
{
    /// <summary>Every kind of layer, with what is learned of it.</summary>
    public static TheoryData<string, string> Networks => new()
    {
        { "5-4-tanh-3", "all" },
        { "5-4-sigmoid-4-sin-3", "layers:1..2" },
        { "6-5-ln-softplus-3", "all" },
        { "6-5-bn-tanh-3", "all" },
        { "6-scale0.5-5-res(tanh)-res(5-tanh)-3", "all" },
        { "6-res(5-tanh-4|4)-3", "all" },
        { "6-gated(5-tanh)-gated(4)-3", "all" },
        { "6-cat(5-tanh-4)-3", "all" },
        { "6-8-tanh-dropout0.4-8-dropout0.2-3", "all" },
        { "5x4x2-conv3@3-tanh-conv4@3/2b-tanh-flatten-3", "all" },
        { "6x6x4-conv6@3g2b-sigmoid-conv4@1-gap-3", "all" },
        { "7x6x2-conv4@3p0-bn-tanh-maxpool2-conv5@3-avgpool2-3", "all" },
        { "6x6x2-conv4@5/2p2b-bn-sin-maxpool2/1-3", "all" },
        { "6x6x2-conv4@3-bn-relu-maxpool2-conv4@3-bn-relu-gap-3", "all" },
        { "6x6x2-conv4@3-res(bn-tanh-conv4@3-bn-tanh-conv4@3)-bn-tanh-res(conv6@3/2-tanh-conv6@3|conv6@1/2)-gap-3", "all" },
        { "6x6x2-2*(cat(bn-tanh-conv6@1-bn-tanh-conv2@3))-bn-tanh-gap-3", "all" },
        { Small, "filters:0.3+bn+fc" },
        { Small, "filters:2+bias" },
        { Small, "filters:0.4@in+fc" },
        { Small, "filters:1@rows" },
        { Small, "filters:2@cols+filters:1@out" },
        { Small, "layer:conv2" },
        { Small, "bn" },
        { Small, "fc" },
        { Small, "mask:0.5+bn" },
        { Small, "subspace:20" },
        { Small, "subspace:7+mask:0.3+layer:conv2:1" },
    };

    private const string Small = "6x6x3-conv8@3b-bn-tanh-conv8@3b-bn-tanh-gap-3";

    private const ulong DropoutSeed = 5;
    private const int DropoutStep = 1;

    public static TheoryData<string> Texts => [.. Networks.Select(row => (string)row[0]).Distinct()];

    [Theory, MemberData(nameof(Texts))]
    public void Gradients_of_the_twin_are_central_differences_of_its_loss_to_one_part_in_a_million(string text)
    {
        Architecture net = Architecture.Parse(text);
        using var built = new Built(net, "all");
        double[][] numbers = [.. built.Modules.Parameters.Select(parameter => Built.Of(parameter).Select(value => (double)value).ToArray())];
        var (x, truth) = Batch(net, rows: 3);
        foreach (bool squared in new[] { false, true })
        {
            double[][] exact = Derivatives(net, numbers, x, truth, squared).Slopes;
            for (int p = 0; p < numbers.Length; p++)
            {
                double error = 0, size = 0;
                for (int i = 0; i < numbers[p].Length; i += 1 + (numbers[p].Length / 12))
                {
                    double Moved(double by)
                    {
                        double kept = numbers[p][i];
                        numbers[p][i] += by;
                        double loss = Loss(net, numbers, x, truth, squared);
                        numbers[p][i] = kept;
                        return loss;
                    }

                    const double h = 1e-4; // four points: the error falls as h⁴
                    double slope = ((8 * (Moved(h) - Moved(-h))) - (Moved(2 * h) - Moved(-2 * h))) / (12 * h);
                    error += Math.Pow(slope - exact[p][i], 2);
                    size += Math.Pow(exact[p][i], 2);
                }

                Assert.True(Math.Sqrt(error) <= (1e-6 * Math.Sqrt(size)) + 1e-10, // biases before a batch norm have no slope: 10⁻¹⁰ is the rounding of differences
                    $"{ParameterTensor.Of(net)[p].Name}: relative error {Math.Sqrt(error / size)} of size {Math.Sqrt(size)}, squared: {squared}");
            }
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void Gradients_of_learned_numbers_are_those_of_the_twin_to_float_rounding(string text, string learned)
    {
        Architecture net = Architecture.Parse(text);
        using var built = new Built(net, learned);
        Parameter[] parameters = [.. built.Modules.Parameters];
        double[][] numbers = [.. parameters.Select(parameter => Built.Of(parameter).Select(value => (double)value).ToArray())];
        var (x, truth) = Batch(net, rows: 5);
        foreach (bool squared in new[] { false, true })
        {
            var (loss, inputs) = Step(built.Modules, x, truth, new Team(2), squared);
            var (expected, exact, exactInputs) = Derivatives(net, numbers, x, truth, squared);
            Assert.Equal(expected, loss, 2e-6 * Math.Max(1, expected));
            double largest = exact.SelectMany(slopes => slopes).Max(Math.Abs);
            for (int p = 0; p < parameters.Length; p++)
            {
                double[] wanted = [.. parameters[p].Runs.SelectMany(run => exact[p].AsSpan((int)run.Start, run.Length).ToArray())];
                Assert.Equal(wanted.Length, parameters[p].Gradient.Length); // fixed numbers have no gradient at all
                float[] found = parameters[p].Gradient.ToArray();
                Assert.All(wanted, (slope, i) => Assert.Equal(slope, found[i], 4e-6 * largest));
            }

            double largestInput = exactInputs.SelectMany(slopes => slopes).Max(Math.Abs);
            Assert.All(exactInputs.SelectMany(slopes => slopes), (slope, i) => Assert.Equal(slope, inputs[i], 4e-6 * largestInput));
        }
    }

    [Fact]
    public void Numbers_that_are_fixed_have_no_room_for_a_gradient_and_matter_to_the_loss()
    {
        Architecture net = Architecture.Parse(Small);
        using var built = new Built(net, "filters:2+bn+fc");
        var (x, truth) = Batch(net, rows: 5);
        var (before, _) = Step(built.Modules, x, truth, new Team(1), squared: false);
        Parameter conv = built.Modules.Parameters.First(parameter => parameter.Name == "conv2/filters");
        Assert.Equal(2 * 72, conv.Gradient.Length);
        Assert.Equal(6 * 72, conv.FixedRuns.Sum(run => run.Length));
        foreach ((long start, long length) in conv.FixedRuns.Where(run => run.Length > 0).ToArray())
        {
            conv.Start[start + (length / 2)] += 0.5f;
            var (after, _) = Step(built.Modules, x, truth, new Team(1), squared: false);
            Assert.NotEqual(before, after);
            before = after;
        }
    }

    [Theory]
    [InlineData("7x6x2-conv4@3-relu-maxpool2-dropout0.5-conv20@3-bn-relu-avgpool3-17-relu-3", "all")]
    [InlineData("6x6x2-conv4@3-res(bn-relu-conv4@3-dropout0.2-conv4@3)-cat(conv3@3)-gap-3", "filters:0.5+bn+fc")]
    [InlineData("6x6x2-conv4@3-res(bn-relu-conv4@3-dropout0.2-conv4@3)-cat(conv3@3)-gap-3", "mask:0.5+subspace:8+fc")]
    public void Gradients_have_the_same_bits_on_any_number_of_threads(string text, string learned)
    {
        Architecture net = Architecture.Parse(text);
        var (x, truth) = Batch(net, rows: 40);
        float[][] Gradients(int threads)
        {
            using var built = new Built(net, learned);
            Step(built.Modules, x, truth, new Team(threads), squared: false);
            return [.. built.Learned.Select(numbers =>
            {
                numbers.TakeGradient();
                return numbers.Gradient.ToArray();
            })];
        }

        float[][] one = Gradients(1);
        Assert.Contains(one, gradient => gradient.Any(value => value != 0));
        Assert.Equal(one, Gradients(2));
        Assert.Equal(one, Gradients(5));
    }

    [Fact]
    public void What_is_learned_of_a_union_lies_in_runs_that_cover_it_once()
    {
        var tensor = new ParameterTensor("conv1", 1, ParameterKind.Filters, 3, 3, 4, 5);
        foreach (Selection selection in new[] { Selection.None, new(2, 0, 0, 0), new(0, 1, 0, 0), new(0, 0, 2, 1), new(1, 1, 1, 1), Selection.All(tensor) })
        {
            using var parameter = new Parameter(tensor, selection);
            long[] places = [.. parameter.Runs.SelectMany(run => Enumerable.Range(0, run.Length).Select(i => run.Start + i))];
            var expected = from r in Enumerable.Range(0, 3) from s in Enumerable.Range(0, 3) from c in Enumerable.Range(0, 4) from f in Enumerable.Range(0, 5)
                           where f >= 5 - selection.Outputs || c >= 4 - selection.Inputs || r >= 3 - selection.Rows || s >= 3 - selection.Columns
                           select (long)((((r * 3) + s) * 4 + c) * 5 + f);
            Assert.Equal(expected, places);
            Assert.Equal(places.Length, parameter.LearnedCount);
        }
    }

    [Fact]
    public void Fixed_numbers_are_those_of_the_seed_or_zero()
    {
        Architecture net = Architecture.Parse("6x6x3-conv8@3b-bn-relu-gap-3");
        using Built random = new(net, "filters:3+fc"), all = new(net, "all"), zero = new(net, "filters:3+fc", FixedNumbers.Zero);
        Assert.Equal(random.Values, all.Values); // what is learned does not change what is drawn
        Parameter[] zeroed = [.. zero.Modules.Parameters], drawn = [.. random.Modules.Parameters];
        for (int row = 0; row < 27; row++)
        {
            Assert.All(zeroed[0].Values.Row(row)[..5].ToArray(), value => Assert.Equal(0, value));
            Assert.Equal(drawn[0].Values.Row(row)[5..].ToArray(), zeroed[0].Values.Row(row)[5..].ToArray());
        }
    }

    private static (float[][] X, int[] Truth) Batch(Architecture net, int rows)
    {
        var draw = new Draw(3);
        return ([.. Enumerable.Range(0, rows).Select(_ => draw.Floats(net.InputCount))], [.. Enumerable.Range(0, rows).Select(_ => draw.Int(0, net.OutputCount - 1))]);
    }

    // What the squared loss wants: 1 for the class, −½ for others.
    private static double[][] Targets(int[] truth, int outputs) => [.. truth.Select(code => Enumerable.Range(0, outputs).Select(k => k == code ? 1 : -0.5).ToArray())];

    private static double Loss(Architecture net, double[][] numbers, float[][] x, int[] truth, bool squared)
    {
        var twin = new TrainedReference<Real>(net, [.. numbers.Select(tensor => tensor.Select(Real.Of).ToArray())]) { Dropped = (DropoutSeed, DropoutStep) };
        Real[][] rows = [.. x.Select(row => row.Select(value => Real.Of(value)).ToArray())];
        return (squared ? twin.SquaredLoss(rows, Targets(truth, net.OutputCount)) : twin.CrossEntropy(rows, truth)).Value;
    }

    private static (double Loss, double[][] Slopes, double[][] Inputs) Derivatives(Architecture net, double[][] numbers, float[][] x, int[] truth, bool squared)
    {
        Taped.Clear();
        Taped[][] tensors = [.. numbers.Select(tensor => tensor.Select(Taped.Of).ToArray())], rows = [.. x.Select(row => row.Select(value => Taped.Of(value)).ToArray())];
        var twin = new TrainedReference<Taped>(net, tensors) { Dropped = (DropoutSeed, DropoutStep) };
        Taped loss = squared ? twin.SquaredLoss(rows, Targets(truth, net.OutputCount)) : twin.CrossEntropy(rows, truth);
        double[] slopes = Taped.Derivatives(loss);
        double[][] Of(Taped[][] places) => [.. places.Select(row => row.Select(number => slopes[number.Place]).ToArray())];
        return (loss.Value, Of(tensors), Of(rows));
    }

    private static (double Loss, float[] Inputs) Step(SequenceModule network, float[][] x, int[] truth, Team team, bool squared)
    {
        int rows = x.Length, classes = network.Output.Count;
        var pass = new Pass(team, rows, Training: true, Seed: DropoutSeed, Step: DropoutStep);
        using NativeBuffer<float> scores = new((long)rows * classes), gradient = new((long)rows * classes);
        var inputGradient = new float[rows * network.Input.Count];
        float[] wanted = [.. Targets(truth, classes).SelectMany(row => row.Select(value => (float)value))];
        fixed (float* inputs = x.SelectMany(row => row).ToArray(), dx = inputGradient, targets = wanted)
        {
            network.Forward(pass, inputs, scores.Pointer);
            Strided<float> s = Strided<float>.RowMajor(scores, rows, classes), g = Strided<float>.RowMajor(gradient, rows, classes);
            double loss = squared ? SquaredLoss.Of(s, Strided<float>.RowMajor(targets, rows, classes), g) : CrossEntropy.Of(s, truth, g).Loss;
            network.Backward(pass, inputs, gradient.Pointer, dx);
            return (loss, inputGradient);
        }
    }
}
