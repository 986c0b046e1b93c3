using SeedHead.Features;
using SeedHead.Networks;
using SeedHead.Random;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public unsafe class MaskScoresTests
{
    private static readonly ParameterTensor Tensor = new("dense1", 1, ParameterKind.Dense, 1, 1, 7, 9);

    [Theory]
    [InlineData(0.5, 32)] // 63 − ⌊31.5⌋
    [InlineData(0.3, 19)] // 63 − ⌊44.1⌋
    [InlineData(1, 63)]
    [InlineData(0.001, 1)]
    public void Weights_of_the_largest_scores_are_used_and_rescaled(double share, int kept)
    {
        using Parameter parameter = Drawn();
        using var mask = new MaskScores(parameter, share, new WeightStream(3));
        float[] scores = Scores(mask);
        Assert.Equal(kept, mask.Kept);
        int[] used = [.. Enumerable.Range(0, 63).OrderByDescending(i => Math.Abs(scores[i])).Take(kept)];
        for (int i = 0; i < 63; i++)
        {
            Assert.Equal(used.Contains(i) ? parameter.Fixed.Pointer[i] * (float)Math.Sqrt(1 / share) : 0, parameter.Start[i]);
        }

        Assert.All(scores, score => Assert.InRange(Math.Abs(score), 0, 1 / Math.Sqrt(7))); // first scores lie in ±1/√fan-in
        Assert.InRange(scores.Count(score => score > 0), 63 / 2 - 20, 63 / 2 + 20); // five standard errors
    }

    [Fact]
    public void Of_equal_scores_the_first_are_kept()
    {
        using Parameter parameter = Drawn();
        using var mask = new MaskScores(parameter, 0.5, new WeightStream(3));
        float[] scores = [.. Enumerable.Range(0, 63).Select(i => i == 60 ? -7f : i == 3 ? 0.5f : 1f)];
        mask.SetLearned(scores); // 60 first, then 0, 1, 2, 4, 5, … of the equal ones: 31 of them
        Assert.Equal([.. Enumerable.Range(0, 32).Where(i => i != 3), 60], Enumerable.Range(0, 63).Where(i => parameter.Start[i] != 0));
    }

    [Fact]
    public void The_gradient_of_a_score_is_that_of_its_weight_times_the_weight()
    {
        using Parameter parameter = Drawn();
        using var mask = new MaskScores(parameter, 0.25, new WeightStream(3));
        parameter.Gradient.Fill(0.5f);
        mask.TakeGradient();
        for (int i = 0; i < 63; i++)
        {
            Assert.Equal(0.5f * parameter.Fixed.Pointer[i] * 2 * Math.Sign(Scores(mask)[i]), mask.Gradient[i], 1e-7f); // used or not; √(1/K) = 2
        }
    }

    [Fact]
    public void A_file_keeps_bits_that_restore_the_weights_in_use()
    {
        using Parameter parameter = Drawn(), other = Drawn();
        using MaskScores mask = new(parameter, 0.3, new WeightStream(3)), restored = new(other, 0.3, new WeightStream(4));
        Assert.NotEqual(Values(parameter), Values(other));
        float[] bits = mask.ToFile();
        Assert.Equal(3, bits.Length); // 63 bits, 24 in a number
        for (int i = 0; i < 63; i++)
        {
            Assert.Equal(parameter.Start[i] != 0, (((int)bits[i / 24] >> (i % 24)) & 1) == 1);
        }

        restored.FromFile(bits);
        Assert.Equal(Values(parameter), Values(other));
        Assert.Equal(bits, restored.ToFile());
        bits[2] = (int)bits[2] ^ 1;
        Assert.Contains("dense1/weights/scores is a mask of 3 words", Assert.Throws<FormatException>(() => restored.FromFile(bits)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => restored.FromFile(new float[2]));
        Assert.Throws<FormatException>(() => restored.FromFile([float.NaN, -1, 1e9f]));
    }

    [Theory]
    [InlineData("mask:0.4+bn+fc", true)]
    [InlineData("mask:0.4+bn+fc", false)]
    [InlineData("subspace:12", true)]
    public void A_network_is_restored_from_what_it_stores(string part, bool finished)
    {
        Architecture net = Architecture.Parse("6x6x2-conv6@3b-bn-relu-conv8@3-bn-relu-gap-3");
        TrainedNetwork New() => new(net, LearnedPart.Parse(part), WeightPrior.Parse("he-normal"), 5);
        using TrainedNetwork network = New(), restored = New();
        var draw = new Draw(1);
        foreach (LearnedNumbers learned in network.Learnables)
        {
            learned.SetLearned([.. Enumerable.Range(0, (int)learned.LearnedCount).Select(_ => draw.Float())]);
        }

        float[] before = [.. restored.Modules.Parameters.SelectMany(Built.Of)], wanted = [.. network.Modules.Parameters.SelectMany(Built.Of)];
        Assert.NotEqual(wanted, before);
        var arrays = new Dictionary<string, StoredArray>();
        network.Store(arrays, finished);
        restored.Restore(arrays, finished);
        Assert.Equal(wanted, restored.Modules.Parameters.SelectMany(Built.Of));
        Assert.Equal(part[0] == 'm' ? finished ? 5 : 108 : 12, arrays[part[0] == 'm' ? "conv1/filters/scores" : "subspace/factors"].Values.Length);
        arrays.Remove(network.Learnables[0].Name);
        Assert.Contains("is missing", Assert.Throws<FormatException>(() => restored.Restore(arrays, finished)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_found_among_numbers_of_all_sizes() => ForAll.Draws(100, draw =>
    {
        using Parameter parameter = Drawn();
        double share = draw.Double(0.02, 1);
        using var mask = new MaskScores(parameter, share, new WeightStream(3));
        float[] scores = [.. Enumerable.Range(0, 63).Select(_ => draw.Int(0, 3) switch
        {
            0 => draw.Int(-2, 2), 1 => draw.Float(-1e-38f, 1e-38f), 2 => draw.Float(-1e30f, 1e30f), _ => draw.Float(),
        })];
        mask.SetLearned(scores);
        int[] expected = [.. Enumerable.Range(0, 63).OrderByDescending(i => Math.Abs(scores[i])).ThenBy(i => i).Take((int)mask.Kept).Order()];
        Assert.Equal(expected, Enumerable.Range(0, 63).Where(i => parameter.Start[i] != 0));
    });

    [Fact]
    public void A_mask_over_zeros_is_refused()
    {
        Architecture net = Architecture.Parse("5-4-relu-3");
        LearnedPlan plan = LearnedPart.Parse("mask:0.5").Of(ParameterTensor.Of(net));
        Assert.Throws<ArgumentException>(() => NetworkBuilder.Build(net, plan, WeightPrior.Parse("he-normal"), 1, FixedNumbers.Zero));
    }

    private static Parameter Drawn()
    {
        var parameter = new Parameter(Tensor, Selection.None, LearnedBy.Mask);
        NetworkBuilder.Draw(parameter, WeightPrior.Parse("he-normal"), new WeightStream(5), FixedNumbers.Random);
        return parameter;
    }

    private static float[] Values(Parameter parameter) => new ReadOnlySpan<float>(parameter.Start, 63).ToArray();

    private static float[] Scores(MaskScores mask) => new ReadOnlySpan<float>(mask.Start, 63).ToArray();
}
