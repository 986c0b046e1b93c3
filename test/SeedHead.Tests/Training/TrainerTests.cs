using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Tests.Training;

public unsafe class TrainerTests
{
    private const string Small = "8x8x1-conv16@3-bn-relu-maxpool2-conv32@3-bn-relu-gap-10";

    [Fact]
    public void A_small_network_learns_the_digits_whole_and_by_a_tenth_of_its_filters()
    {
        double all = TestAccuracy("all", epochs: 6), part = TestAccuracy("filters:0.1+bn+fc", epochs: 6);
        Assert.True(all > 0.96, $"all: {all}");
        Assert.True(part > 0.85, $"a tenth: {part}");
        Assert.True(all > part);
    }

    [Theory]
    [InlineData("filters:0.3+bn+fc")]
    [InlineData("filters:1@rows+fc")]
    [InlineData("bn")]
    public void What_is_fixed_stays_what_the_seed_says_and_what_is_learned_moves(string learned)
    {
        foreach (FixedNumbers numbers in Enum.GetValues<FixedNumbers>())
        {
            using TrainedNetwork network = Network(learned, numbers);
            string before = network.FixedHash();
            float[][] start = Learned(network);
            Train(network, rows: 300, epochs: 1, threads: 2);
            Assert.Equal(before, network.FixedHash());
            Assert.Equal(before, network.FixedHashOfSeed(new(2)));
            if (numbers == FixedNumbers.Random) // little passes a network of zeros
            {
                Assert.All(start.Zip(Learned(network)), pair => Assert.NotEqual(pair.First, pair.Second));
            }
        }
    }

    [Fact]
    public void Learned_numbers_and_running_statistics_have_the_same_bits_on_any_number_of_threads()
    {
        (float[][] Learned, float[] Scores) Of(int threads)
        {
            using TrainedNetwork network = Network("filters:0.5+bn+fc");
            Train(network, rows: 300, epochs: 2, threads);
            return (Learned(network), Scores(network, threads));
        }

        var one = Of(1);
        var (learned, scores) = Of(2);
        Assert.Equal(one.Learned, learned);
        Assert.Equal(one.Scores, scores);
    }

    [Fact]
    public void All_filters_by_number_train_as_everything_does()
    {
        float[] Scored(string learned)
        {
            using TrainedNetwork network = Network(learned);
            Train(network, rows: 200, epochs: 1, threads: 2);
            return Scores(network, 2);
        }

        Assert.Equal(Scored("all"), Scored("filters:all+bn+fc"));
    }

    [Fact]
    public void A_frozen_part_is_used()
    {
        using TrainedNetwork random = Network("fc"), zero = Network("fc", FixedNumbers.Zero);
        Assert.NotEqual(Scores(random, 1), Scores(zero, 1));
    }

    [Fact]
    public void A_diverging_loss_is_said()
    {
        using TrainedNetwork network = new(Architecture.Parse("8x8x1-conv16@3-relu-conv16@3-square-flatten-10"), LearnedPart.Parse("all"), WeightPrior.Parse("he-normal"), 1);
        var error = Assert.Throws<DivergedException>(() => Train(network, rows: 300, epochs: 3, threads: 2, rate: 100));
        Assert.Contains("no longer numbers after step", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_and_inputs_that_do_not_fit_the_network_are_refused()
    {
        using TrainedNetwork narrow = new(Architecture.Parse("8x8x1-16-relu-9"), LearnedPart.Parse("all"), WeightPrior.Parse("he-normal"), 1);
        Assert.Contains("there are 9 outputs", Assert.Throws<ArgumentException>(() => Train(narrow, rows: 300, epochs: 1, threads: 1)).Message, StringComparison.Ordinal);
        using TrainedNetwork other = new(Architecture.Parse("63-16-relu-10"), LearnedPart.Parse("all"), WeightPrior.Parse("he-normal"), 1);
        Assert.Contains("reads 63 numbers", Assert.Throws<ArgumentException>(() => Train(other, rows: 300, epochs: 1, threads: 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Constant", new[] { 0.1, 0.1, 0.1, 0.1 })]
    [InlineData("Steps", new[] { 0.1, 0.1, 0.02, 0.004 })]
    [InlineData("Cosine", new[] { 0.1, 0.0853553390593, 0.05, 0.0146446609407 })]
    public void Rates_fall_as_the_schedule_says(string schedule, double[] rates)
    {
        var options = new TrainOptions { Epochs = 4, Schedule = Enum.Parse<RateSchedule>(schedule), Drops = [2, 3], Factor = 0.2 };
        Assert.All(rates, (rate, epoch) => Assert.Equal(rate, options.RateOf(epoch), 1e-12));
    }

    [Fact]
    public void A_step_with_momentum_and_decay_is_that_of_the_formula()
    {
        var tensor = new ParameterTensor("fc", 1, ParameterKind.Dense, 1, 1, 3, 4);
        using var parameter = new Parameter(tensor, new(2, 0, 0, 0));
        using var sgd = new Sgd([parameter], 0.9, 0.01);
        double[] w = new double[12], v = new double[12];
        for (int i = 0; i < 12; i++)
        {
            parameter.Values.Pointer[i] = i - 5;
            w[i] = i - 5;
        }

        for (int step = 0; step < 3; step++)
        {
            for (int i = 0; i < 6; i++)
            {
                parameter.Gradient[i] = (0.1f * i) + step;
                int at = (i / 2 * 4) + 2 + (i % 2);
                v[at] = (0.9 * v[at]) + parameter.Gradient[i] + (0.01 * w[at]);
                w[at] -= 0.5 * v[at];
            }

            sgd.Step(0.5);
        }

        Assert.All(w, (value, i) => Assert.Equal(value, parameter.Values.Pointer[i], 1e-5));
    }

    private static TrainedNetwork Network(string learned, FixedNumbers numbers = FixedNumbers.Random) =>
        new(Architecture.Parse(Small), LearnedPart.Parse(learned), WeightPrior.Parse("he-normal"), 11, numbers);

    private static (Dataset Train, Dataset Test) Digits { get; } = Known();

    private static (Dataset Train, Dataset Test) Known()
    {
        DatasetPair pair = BuiltInSets.Load("digits", new DataOptions());
        return (pair.Train, pair.Test!);
    }

    private static void Train(TrainedNetwork network, int rows, int epochs, int threads, double rate = 0.1)
    {
        Dataset data = rows < Digits.Train.Count ? Digits.Train.Select([.. Enumerable.Range(0, rows)]) : Digits.Train;
        using var trainer = new Trainer(
            network, data.Inputs, Preprocessing.Learn(data.Inputs), ((ClassTarget)data.Target!).Codes, new() { Epochs = epochs, Batch = 64, Rate = rate }, new() { Threads = threads });
        IReadOnlyList<Epoch> outcome = trainer.Train();
        Assert.Equal(epochs, outcome.Count);
        Assert.All(outcome, epoch => Assert.InRange(epoch.Accuracy, 0, 1));
    }

    private static double TestAccuracy(string learned, int epochs)
    {
        using TrainedNetwork network = Network(learned);
        Train(network, int.MaxValue, epochs, threads: 2);
        float[] scores = Scores(network, 2);
        int[] truth = ((ClassTarget)Digits.Test.Target!).Codes;
        return truth.Where((code, row) => scores.AsSpan(row * 10, 10).IndexOf(scores.Skip(row * 10).Take(10).Max()) == code).Count() / (double)truth.Length;
    }

    private static float[] Scores(TrainedNetwork network, int threads)
    {
        Dataset test = Digits.Test;
        using var rows = new NativeBuffer<float>((long)test.Count * 64);
        using var scores = new NativeBuffer<float>((long)test.Count * 10);
        Preprocessing.Learn(Digits.Train.Inputs).Apply(test.Inputs, 0, test.Count, rows.Span(0, test.Count * 64));
        network.Score(new Team(threads), Strided<float>.RowMajor(rows, test.Count, 64), Strided<float>.RowMajor(scores, test.Count, 10));
        return scores.Span(0, test.Count * 10).ToArray();
    }

    private static float[][] Learned(TrainedNetwork network) => [.. network.Modules.Parameters.Where(parameter => parameter.LearnedCount > 0)
        .Select(parameter => parameter.Runs.SelectMany(run => new Span<float>(parameter.Values.Pointer + run.Start, run.Length).ToArray()).ToArray())];
}
