using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Tests.Reference;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public unsafe class GradientTests
{
    [Theory]
    [InlineData("5-4-tanh-3", "all")]
    [InlineData("5-4-sigmoid-4-sin-3", "layers:1..2")]
    [InlineData("6-5-ln-softplus-3", "all")]
    [InlineData("6-5-bn-tanh-3", "all")]
    [InlineData("6-scale0.5-5-res(tanh)-res(5-tanh)-3", "all")]
    [InlineData("6-res(5-tanh-4|4)-3", "all")]
    [InlineData("6-gated(5-tanh)-gated(4)-3", "all")]
    [InlineData("6-cat(5-tanh-4)-3", "all")]
    [InlineData("5x4x2-conv3@3-tanh-conv4@3/2b-tanh-flatten-3", "all")]
    [InlineData("6x6x4-conv6@3g2b-sigmoid-conv4@1-gap-3", "all")]
    [InlineData("7x6x2-conv4@3p0-bn-tanh-maxpool2-conv5@3-avgpool2-3", "all")]
    [InlineData("6x6x2-conv4@5/2p2b-bn-sin-maxpool2/1-3", "all")]
    [InlineData("6x6x2-conv4@3-res(bn-tanh-conv4@3-bn-tanh-conv4@3)-bn-tanh-res(conv6@3/2-tanh-conv6@3|conv6@1/2)-gap-3", "all")]
    [InlineData("6x6x2-2*(cat(bn-tanh-conv6@1-bn-tanh-conv2@3))-bn-tanh-gap-3", "all")]
    [InlineData("6x6x3-conv8@3b-bn-tanh-conv8@3b-bn-tanh-gap-3", "filters:0.3+bn+fc")]
    [InlineData("6x6x3-conv8@3b-bn-tanh-conv8@3b-bn-tanh-gap-3", "filters:2+bias")]
    [InlineData("6x6x3-conv8@3b-bn-tanh-conv8@3b-bn-tanh-gap-3", "filters:0.4@in+fc")]
    [InlineData("6x6x3-conv8@3b-bn-tanh-conv8@3b-bn-tanh-gap-3", "filters:1@rows")]
    [InlineData("6x6x3-conv8@3b-bn-tanh-conv8@3b-bn-tanh-gap-3", "filters:2@cols+filters:1@out")]
    [InlineData("6x6x3-conv8@3b-bn-tanh-conv8@3b-bn-tanh-gap-3", "layer:conv2")]
    [InlineData("6x6x3-conv8@3b-bn-tanh-conv8@3b-bn-tanh-gap-3", "bn")]
    [InlineData("6x6x3-conv8@3b-bn-tanh-conv8@3b-bn-tanh-gap-3", "fc")]
    public void Gradients_are_the_derivatives_of_the_loss_in_double_precision(string text, string learned)
    {
        Architecture net = Architecture.Parse(text);
        var tensors = ParameterTensor.Of(net);
        using SequenceModule network = Build(net, learned);
        Parameter[] parameters = [.. network.Parameters];
        var (x, truth) = Batch(net, rows: 5);
        double loss = Step(network, x, truth, new Team(2));

        double[][] numbers = [.. parameters.Select(parameter => Numbers(parameter).Select(value => (double)value).ToArray())];
        double[][] rows = [.. x.Select(row => row.Select(value => (double)value).ToArray())];
        double Loss() => new TrainedReference(net, numbers).Loss(rows, truth);
        Assert.Equal(Loss(), loss, 1e-5);
        double largest = parameters.SelectMany(parameter => parameter.Gradient.ToArray()).Max(Math.Abs);
        for (int p = 0; p < parameters.Length; p++)
        {
            Assert.Equal(tensors[p], parameters[p].Tensor);
            int at = 0;
            foreach ((long start, int length) in parameters[p].Runs)
            {
                for (int i = 0; i < length; i++, at++)
                {
                    double kept = numbers[p][start + i];
                    numbers[p][start + i] = kept + 1e-5;
                    double above = Loss();
                    numbers[p][start + i] = kept - 1e-5;
                    double below = Loss();
                    numbers[p][start + i] = kept;
                    double slope = (above - below) / 2e-5;
                    Assert.True(Math.Abs(slope - parameters[p].Gradient[at]) <= 2e-5 * largest + 1e-7,
                        $"{parameters[p].Tensor.Layer} {parameters[p].Tensor.Kind} number {start + i}: {parameters[p].Gradient[at]}, but the loss rises by {slope}");
                }
            }

            Assert.Equal(parameters[p].LearnedCount, at);
        }
    }

    [Theory]
    [InlineData("7x6x2-conv4@3-relu-maxpool2-dropout0.5-conv20@3-bn-relu-avgpool3-17-relu-3", "all")]
    [InlineData("6x6x2-conv4@3-res(bn-relu-conv4@3-dropout0.2-conv4@3)-cat(conv3@3)-gap-3", "filters:0.5+bn+fc")]
    public void Gradients_have_the_same_bits_on_any_number_of_threads(string text, string learned)
    {
        Architecture net = Architecture.Parse(text);
        var (x, truth) = Batch(net, rows: 40);
        float[][] Gradients(int threads)
        {
            using SequenceModule network = Build(net, learned);
            Step(network, x, truth, new Team(threads));
            return [.. network.Parameters.Select(parameter => parameter.Gradient.ToArray())];
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
        using SequenceModule random = Build(net, "filters:3+fc"), all = Build(net, "all"), zero = Build(net, "filters:3+fc", FixedNumbers.Zero);
        Assert.Equal(random.Parameters.SelectMany(Numbers), all.Parameters.SelectMany(Numbers)); // what is learned does not change what is drawn
        Parameter[] zeroed = [.. zero.Parameters], drawn = [.. random.Parameters];
        for (int row = 0; row < 27; row++)
        {
            Assert.All(zeroed[0].Values.Row(row)[..5].ToArray(), value => Assert.Equal(0, value));
            Assert.Equal(drawn[0].Values.Row(row)[5..].ToArray(), zeroed[0].Values.Row(row)[5..].ToArray());
        }
    }

    private static SequenceModule Build(Architecture net, string learned, FixedNumbers fixedNumbers = FixedNumbers.Random) => NetworkBuilder.Build(
        net, LearnedPart.Parse(learned).Of(ParameterTensor.Of(net)).Selections, WeightPrior.Parse("lecun-normal+bias-normal:0.3"), 7, fixedNumbers);

    private static float[] Numbers(Parameter parameter) => new Span<float>(parameter.Values.Pointer, (int)parameter.Tensor.Count).ToArray();

    private static (float[][] X, int[] Truth) Batch(Architecture net, int rows)
    {
        var draw = new Draw(3);
        return ([.. Enumerable.Range(0, rows).Select(_ => draw.Floats(net.InputCount))], [.. Enumerable.Range(0, rows).Select(_ => draw.Int(0, net.OutputCount - 1))]);
    }

    private static double Step(SequenceModule network, float[][] x, int[] truth, Team team)
    {
        int rows = x.Length, classes = network.Output.Count;
        var pass = new Pass(team, rows, Training: true, Seed: 5, Step: 1);
        using var scores = new NativeBuffer<float>((long)rows * classes);
        using var gradient = new NativeBuffer<float>((long)rows * classes);
        fixed (float* inputs = x.SelectMany(row => row).ToArray())
        {
            network.Forward(pass, inputs, scores.Pointer);
            var (loss, _) = CrossEntropy.Of(Strided<float>.RowMajor(scores, rows, classes), truth, Strided<float>.RowMajor(gradient, rows, classes));
            network.Backward(pass, inputs, gradient.Pointer, null);
            return loss;
        }
    }
}
