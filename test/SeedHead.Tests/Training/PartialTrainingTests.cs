using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Networks;
using SeedHead.Tests.Reference;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

/// <summary>What training a part of a network must keep to, check by check.</summary>
public unsafe class PartialTrainingTests
{
    private const string Net = "8x8x1-conv16@3b-bn-relu-maxpool2-conv32@3b-bn-relu-gap-10";

    [Theory]
    [InlineData("all", "filters:all+bn+fc")]
    [InlineData("all", "layer:conv1:16+layer:conv2:32+bn+fc")] // as many filters as there are
    [InlineData("all", "filters:32+bn+fc")]
    [InlineData("filters:0.25+fc", "layer:conv1:4+layer:conv2:8+layers:3..3")]
    public void The_same_part_by_other_words_has_the_same_losses(string one, string other)
    {
        using Course a = new(Net, one), b = new(Net, other);
        double[] losses = a.Losses(4);
        Assert.Equal(losses, b.Losses(4));
        Assert.Equal(4, losses.Distinct().Count());
        Assert.Equal(a.Values, b.Values);
    }

    [Theory]
    [InlineData("Sgd", 1)]
    [InlineData("Adam", 2)]
    public void Only_learned_numbers_are_remembered_and_decay(string kind, int buffers)
    {
        using var course = new Course(Net, "filters:0.25+fc", Enum.Parse<OptimiserKind>(kind), decay: 0.5);
        string before = FixedPart.Hash(course.Network.Modules.Parameters);
        course.Losses(3);
        Assert.Equal(before, FixedPart.Hash(course.Network.Modules.Parameters));
        Assert.Equal(buffers * course.Network.Learned.Sum(learned => learned.LearnedCount), course.Optimiser.State.Sum(state => state.Values.Length));
        Assert.Equal(["conv1/filters", "conv1/biases", "conv2/filters", "conv2/biases", "fc/weights", "fc/biases"], course.Network.Learned.Select(learned => learned.Name));
    }

    [Fact]
    public void Memory_for_gradients_and_steps_of_a_wide_network_is_that_of_what_is_learned()
    {
        var tensors = ParameterTensor.Of(Architecture.Parse("wrn-28-10/10"));
        LearnedPlan plan = LearnedPart.Parse("filters:0.07+bn+fc").Of(tensors);
        Assert.True(plan.LearnedCount(tensors) <= 0.1 * tensors.Sum(tensor => tensor.Count)); // 2,530,629 of 36,479,194
        using var largest = new Parameter(tensors[^10], plan.Selections[tensors.Count - 10]);
        using var sgd = Optimiser.Of(OptimiserKind.Sgd, [largest], 0.9, 0);
        Assert.Equal(largest.LearnedCount, largest.Gradient.Length);
        Assert.Equal(largest.LearnedCount, Assert.Single(sgd.State).Values.Length);
    }

    [Fact]
    public void Statistics_run_on_where_norms_are_fixed()
    {
        using var course = new Course(Net, "fc");
        BatchNormModule[] norms = [.. course.Network.Modules.Norms];
        course.Losses(2);
        foreach (BatchNormModule norm in norms)
        {
            Assert.DoesNotContain(0, norm.RunningMeans);
            Assert.DoesNotContain(1, norm.RunningVariances);
        }

        Assert.All(course.Network.Modules.Parameters.Where(p => p.Tensor.Kind == ParameterKind.Gain), gain => Assert.All(Built.Of(gain), value => Assert.Equal(1, value)));
        Assert.All(course.Network.Modules.Parameters.Where(p => p.Tensor.Kind == ParameterKind.Offset), offset => Assert.All(Built.Of(offset), value => Assert.Equal(0, value)));
    }

    [Theory]
    [InlineData("vgg19-bn/10", "0.07")]
    [InlineData("alexnet-cifar/10", "0.1")]
    [InlineData("alexnet-cifar/10", "5")]
    public void Biases_are_learned_with_their_filters_and_no_others(string net, string share)
    {
        var tensors = ParameterTensor.Of(Architecture.Parse(net));
        var selections = LearnedPart.Parse($"filters:{share}+bn+fc").Of(tensors).Selections;
        int[] biases = [.. Enumerable.Range(0, tensors.Count).Where(i => tensors[i].Kind == ParameterKind.FilterBiases)];
        Assert.NotEmpty(biases);
        foreach (int i in biases)
        {
            Assert.Equal(ParameterKind.Filters, tensors[i - 1].Kind);
            Assert.Equal(selections[i - 1].Outputs, selections[i].Outputs); // the last ones of both
            Assert.InRange(selections[i].Outputs, 1, tensors[i].Outputs - 1);
        }
    }

    [Theory]
    [InlineData("mask:0.5+bn+fc")]
    [InlineData("subspace:300")]
    [InlineData("subspace:100+mask:0.3+fc")]
    public void Masks_and_subspaces_lower_the_loss_and_leave_what_is_fixed(string part)
    {
        using var course = new Course("8x8x1-conv16@3b-bn-relu-maxpool2-conv32@3b-bn-relu-gap-10", part, OptimiserKind.Adam);
        string before = FixedPart.Hash(course.Network.Modules.Parameters);
        double[] losses = course.Losses(20);
        Assert.True(losses[^1] < 0.9 * losses[0], $"{losses[0]} … {losses[^1]}");
        Assert.Equal(before, FixedPart.Hash(course.Network.Modules.Parameters));
    }

    [Fact]
    public void A_network_with_zeros_for_fixed_filters_is_a_narrower_one_with_constant_channels()
    {
        // 5 of 8 and 3 of 5 filters are 0. Behind norm and ReLU their channels are relu(offset), wherever in the image.
        const string whole = "6x6x2-conv8@3-bn-relu-conv5@3-bn-relu-gap-3";
        Architecture first = Architecture.Parse("6x6x2-conv3@3-bn-relu"), second = Architecture.Parse("6x6x8-conv2@3-bn-relu"), last = Architecture.Parse("6x6x5-gap-3");
        using var built = new Built(Architecture.Parse(whole), "layer:conv1:3+layer:conv2:2+bn+fc", FixedNumbers.Zero);
        var draw = new Draw(4);
        foreach (Parameter offsets in built.Modules.Parameters.Where(parameter => parameter.Tensor.Kind == ParameterKind.Offset))
        {
            offsets.SetLearned([.. Enumerable.Range(0, offsets.Tensor.Outputs).Select(_ => draw.Float(0.1f, 1))]); // as after some steps
        }

        float[][] x = [.. Enumerable.Range(0, 5).Select(_ => draw.Floats(72))];
        int[] truth = [0, 2, 1, 1, 0];
        Parameter[] tensors = [.. built.Modules.Parameters];
        Taped.Clear();
        Taped[][] numbers = [.. tensors.Select(tensor => Built.Of(tensor).Select(value => Taped.Of(value)).ToArray())];
        Taped[] Last(int tensor, int count) => [.. numbers[tensor].Where((_, i) => i % tensors[tensor].Tensor.Outputs >= tensors[tensor].Tensor.Outputs - count)];
        Taped[][] narrow = new TrainedReference<Taped>(first, [Last(0, 3), Last(1, 3), Last(2, 3)]).Scores([.. x.Select(row => row.Select(value => Taped.Of(value)).ToArray())]);
        narrow = new TrainedReference<Taped>(second, [Last(3, 2), Last(4, 2), Last(5, 2)]).Scores(Joined(numbers[2][..5], narrow, 3));
        Taped loss = new TrainedReference<Taped>(last, [numbers[6], numbers[7]]).CrossEntropy(Joined(numbers[5][..3], narrow, 2), truth);
        double[] slopes = Taped.Derivatives(loss);

        Assert.Equal(loss.Value, Step(built.Modules, x, truth), 1e-6);
        for (int p = 0; p < tensors.Length; p++)
        {
            Taped[] learned = [.. tensors[p].Runs.SelectMany(run => numbers[p].AsSpan((int)run.Start, run.Length).ToArray())];
            float[] found = tensors[p].Gradient.ToArray();
            Assert.All(learned, (number, i) => Assert.Equal(slopes[number.Place], found[i], 2e-6));
        }

        Assert.All(tensors[1].Gradient[..5].ToArray(), slope => Assert.Equal(0, slope)); // gains of constant channels
        Assert.All(tensors[2].Gradient[..5].ToArray(), slope => Assert.NotEqual(0, slope)); // their offsets are learned
    }

    private static Taped[][] Joined(Taped[] constants, Taped[][] x, int channels) => [.. x.Select(row => Enumerable.Range(0, row.Length / channels)
        .SelectMany(pixel => constants.Concat(row.Skip(pixel * channels).Take(channels))).ToArray())];

    private static double Step(SequenceModule network, float[][] x, int[] truth)
    {
        int rows = x.Length, classes = network.Output.Count;
        var pass = new Pass(new Team(2), rows, Training: true);
        using NativeBuffer<float> scores = new((long)rows * classes), gradient = new((long)rows * classes);
        fixed (float* inputs = x.SelectMany(row => row).ToArray())
        {
            network.Forward(pass, inputs, scores.Pointer);
            double loss = CrossEntropy.Of(Strided<float>.RowMajor(scores, rows, classes), truth, Strided<float>.RowMajor(gradient, rows, classes)).Loss;
            network.Backward(pass, inputs, gradient.Pointer, null);
            return loss;
        }
    }

    /// <summary>Steps over the first rows of the digits.</summary>
    private sealed class Course : IDisposable
    {
        private const int Rows = 100;
        private static readonly Dataset Digits = BuiltInSets.Load("digits", new DataOptions()).Train.Select([.. Enumerable.Range(0, Rows)]);
        private static readonly int[] Truth = ((ClassTarget)Digits.Target!).Codes;
        private static readonly float[][] Inputs = Preprocessed();

        public Course(string net, string learned, OptimiserKind kind = OptimiserKind.Sgd, double decay = 5e-4)
        {
            Network = new(Architecture.Parse(net), learned, prior: "he-normal+bias-normal:0.1");
            Optimiser = Optimiser.Of(kind, Network.Learned, 0.9, decay);
        }

        public Built Network { get; }

        public Optimiser Optimiser { get; }

        public float[] Values => Network.Values;

        public double[] Losses(int steps) => [.. Enumerable.Range(0, steps).Select(_ =>
        {
            double loss = Step(Network.Modules, Inputs, Truth);
            Optimiser.Step(Optimiser is Adam ? 0.02 : 0.05);
            return loss;
        })];

        public void Dispose()
        {
            Network.Dispose();
            Optimiser.Dispose();
        }

        private static float[][] Preprocessed()
        {
            var rows = new float[Rows * 64];
            Preprocessing.Learn(Digits.Inputs).Apply(Digits.Inputs, 0, Rows, rows);
            return [.. rows.Chunk(64)];
        }
    }
}
