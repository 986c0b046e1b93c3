using SeedHead.Compute;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public unsafe class OptimiserTests
{
    private static readonly ParameterTensor Tensor = new("dense1", 1, ParameterKind.Dense, 1, 1, 5, 13);

    public static TheoryData<string> Kinds => [.. Enum.GetNames<OptimiserKind>()];

    [Fact]
    public void Adam_follows_the_published_algorithm()
    {
        using Parameter parameter = Parameter(6);
        using var adam = Optimiser.Of(OptimiserKind.Adam, [parameter], 0.9, 0.01);
        int[] places = [.. parameter.Runs.SelectMany(run => Enumerable.Range((int)run.Start, run.Length))];
        double[] w = [.. places.Select(at => (double)parameter.Start[at])], m = new double[w.Length], v = new double[w.Length];
        for (int t = 1; t <= 20; t++)
        {
            SetGradient(parameter, t);
            for (int i = 0; i < w.Length; i++)
            {
                double g = parameter.Gradient[i] + (0.01 * w[i]);
                m[i] = (0.9 * m[i]) + (0.1 * g);
                v[i] = (0.999 * v[i]) + (0.001 * g * g);
                w[i] -= 0.05 * (m[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }

            adam.Step(0.05);
        }

        Assert.All(w, (value, i) => Assert.Equal(value, parameter.Start[places[i]], 2e-6));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void What_is_not_learned_neither_moves_nor_decays_nor_is_remembered(string kind)
    {
        using Parameter parameter = Parameter(6), nothing = Parameter(0);
        using var optimiser = Optimiser.Of(Enum.Parse<OptimiserKind>(kind), [parameter, nothing], 0.9, 0.1);
        float[] before = Values(parameter);
        SetGradient(parameter, 1);
        optimiser.Step(0.1);
        float[] after = Values(parameter);
        for (int i = 0; i < before.Length; i++)
        {
            Assert.Equal(i % 13 < 7, before[i].Equals(after[i]));
        }

        Assert.Equal(Values(Parameter(0)), Values(nothing));
        Assert.All(optimiser.State, buffer => Assert.Equal(parameter.LearnedCount, buffer.Values.Length));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void State_that_was_stored_and_written_back_goes_on_with_the_same_bits(string kind)
    {
        using Parameter straight = Parameter(6), broken = Parameter(6);
        using var whole = Optimiser.Of(Enum.Parse<OptimiserKind>(kind), [straight], 0.9, 0.01);
        Steps(whole, straight, 1, 9);
        var kept = new float[broken.LearnedCount];
        float[][] state;
        using (var first = Optimiser.Of(Enum.Parse<OptimiserKind>(kind), [broken], 0.9, 0.01))
        {
            Steps(first, broken, 1, 4);
            broken.CopyLearnedTo(kept);
            state = [.. first.State.Select(buffer => buffer.Values.Span(0, (int)buffer.Values.Length).ToArray())];
        }

        using Parameter resumed = Parameter(6);
        resumed.SetLearned(kept);
        using var second = Optimiser.Of(Enum.Parse<OptimiserKind>(kind), [resumed], 0.9, 0.01);
        second.Steps = 4;
        for (int i = 0; i < state.Length; i++)
        {
            state[i].CopyTo(second.State[i].Values.Span(0, state[i].Length));
        }

        Steps(second, resumed, 5, 9);
        Assert.Equal(Values(straight), Values(resumed));
        Assert.Equal(9, second.Steps);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Numbers_have_the_same_bits_wherever_they_lie(string kind)
    {
        // In runs of 13 some numbers are moved by vectors, in runs of 1 none: all have the same gradient and start.
        using Parameter wide = new(Tensor, Selection.All(Tensor)), narrow = new(Tensor, new(1, 0, 0, 0));
        foreach (Parameter parameter in new[] { wide, narrow })
        {
            new Span<float>(parameter.Start, 65).Fill(0.7f);
            using var optimiser = Optimiser.Of(Enum.Parse<OptimiserKind>(kind), [parameter], 0.9, 0.01);
            for (int step = 1; step <= 3; step++)
            {
                parameter.Gradient.Fill(0.3f / step);
                optimiser.Step(0.1);
            }
        }

        Assert.All(Values(wide), value => Assert.Equal(narrow.Start[12], value));
    }

    [Fact]
    public void State_is_named_by_what_it_belongs_to()
    {
        using Parameter parameter = Parameter(6);
        using Optimiser sgd = Optimiser.Of(OptimiserKind.Sgd, [parameter], 0.9, 0), adam = Optimiser.Of(OptimiserKind.Adam, [parameter], 0.9, 0);
        Assert.Equal(["dense1/weights/velocity"], sgd.State.Select(buffer => buffer.Name));
        Assert.Equal(["dense1/weights/mean", "dense1/weights/square"], adam.State.Select(buffer => buffer.Name));
    }

    [Fact]
    public void Learned_numbers_of_another_count_are_refused()
    {
        using Parameter parameter = Parameter(6);
        Assert.Contains("dense1/weights has 30 learned numbers, but 29 were given", Assert.Throws<ArgumentException>(() => parameter.SetLearned(new float[29])).Message, StringComparison.Ordinal);
    }

    private static Parameter Parameter(int learned)
    {
        var parameter = new Parameter(Tensor, new(learned, 0, 0, 0));
        var draw = new Draw(5);
        for (int i = 0; i < Tensor.Count; i++)
        {
            parameter.Start[i] = draw.Float();
        }

        return parameter;
    }

    private static void Steps(Optimiser optimiser, Parameter parameter, int from, int to)
    {
        for (int step = from; step <= to; step++)
        {
            SetGradient(parameter, step);
            optimiser.Step(0.05);
        }
    }

    private static void SetGradient(Parameter parameter, int step)
    {
        var draw = new Draw((ulong)step);
        for (int i = 0; i < parameter.LearnedCount; i++)
        {
            parameter.Gradient[i] = draw.Float();
        }
    }

    private static float[] Values(Parameter parameter) => new ReadOnlySpan<float>(parameter.Start, (int)parameter.Tensor.Count).ToArray();
}
