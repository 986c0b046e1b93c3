using SeedHead.Data;
using SeedHead.Models;
using SeedHead.Studies;
using SeedHead.Training;

namespace SeedHead.Tests.Studies;

public class TrainQuestionTests
{
    private static readonly TrainQuestion Question = new()
    {
        Train = BuiltInSets.Load("digits", new DataOptions()).Train.Select([.. Enumerable.Range(0, 600)]),
        Net = "8x8x1-conv8@3-bn-relu-maxpool2-flatten-10",
        Options = new() { Epochs = 4, Batch = 32 },
        ValidationShare = 0.25,
        Learn = LearnedPart.Parse("filters:0.5+bn+fc"),
    };

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_said_and_training_goes_on()
    {
        using var folder = new TemporaryFolder();
        var said = new List<string>();
        (_, TrainAnswer lost) = (Question with
        {
            CheckpointFile = Path.Combine(folder.Path, "gone", "c"),
            CheckpointEvery = TimeSpan.Zero,
            Warn = said.Add,
        }).Run(new());
        (_, TrainAnswer plain) = Question.Run(new());
        Assert.All(said, text => Assert.Contains("cannot write", text, StringComparison.Ordinal));
        Assert.NotEmpty(said);
        Assert.Equal(plain.Epochs.Select(epoch => epoch.Loss), lost.Epochs.Select(epoch => epoch.Loss));
    }

    [Fact]
    public void A_training_stopped_anywhere_goes_on_with_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        (SeedHeadModel whole, TrainAnswer answer) = (Question with { KeepBest = true }).Run(new());
        string checkpoint = Path.Combine(folder.Path, "c"), first = Path.Combine(folder.Path, "whole"), second = Path.Combine(folder.Path, "resumed");
        TrainQuestion kept = Question with { KeepBest = true, CheckpointFile = checkpoint };
        foreach (int stopAfter in new[] { 1, 20, 29 }) // steps: in the first epoch of 15, in the second, at an end
        {
            using var source = new CancellationTokenSource();
            var run = new Execution { Cancellation = source.Token, Progress = new StopAfter(stopAfter, source) };
            Assert.Contains(checkpoint, Assert.Throws<StoppedException>(() => kept.Run(run)).Message, StringComparison.Ordinal);
        }

        (SeedHeadModel resumed, TrainAnswer again) = kept.Run(new());
        ModelFile.Save(whole, first);
        ModelFile.Save(resumed, second);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.Equal(answer.Epochs.Select(epoch => epoch with { Seconds = 0 }), again.Epochs.Select(epoch => epoch with { Seconds = 0 }));
    }

    [Fact]
    public void The_epoch_that_is_best_on_validation_rows_is_kept_when_asked_for()
    {
        TrainAnswer answer = (Question with { KeepBest = true, Options = Question.Options with { Rate = 0.5, Epochs = 8 } }).Run(new()).Answer;
        EpochPoint best = answer.Epochs.MaxBy(epoch => epoch.Validation)!;
        Assert.Equal(best.Number, answer.KeptEpoch);
        Assert.Equal(best.Validation, answer.Validation!.Accuracy);
        Assert.Equal(8, (Question with { Options = Question.Options with { Epochs = 8 } }).Run(new()).Answer.KeptEpoch);
    }

    [Fact]
    public void Fixed_layers_computed_once_change_nothing()
    {
        TrainQuestion above = Question with { Net = "8x8x1-conv8@3-relu-maxpool2-flatten-32-relu-10", Learn = LearnedPart.Parse("fc") };
        TrainAnswer once = above.Run(new()).Answer;
        TrainAnswer always = (above with { Options = above.Options with { MostKept = 0 } }).Run(new()).Answer;
        Assert.Equal(always.Epochs.Select(epoch => epoch with { Seconds = 0 }), once.Epochs.Select(epoch => epoch with { Seconds = 0 }));
    }

    [Fact]
    public void Fixed_numbers_are_proved_fixed()
    {
        FixedProof proof = Question.Run(new() { Threads = 1 }).Answer.Proof;
        Assert.True(proof.Holds);
        Assert.Equal(2, proof.Threads);
        Assert.False((proof with { After = "another" }).Holds);
    }

    [Fact]
    public void Mixed_batches_learn_too_and_differ_from_plain_ones()
    {
        double[] Losses(double mixup) => [.. (Question with { Options = Question.Options with { Mixup = mixup } }).Run(new()).Answer.Epochs.Select(epoch => epoch.Loss)];
        double[] plain = Losses(0), mixed = Losses(0.4);
        Assert.True(mixed[^1] < mixed[0]);
        Assert.True(mixed[^1] > plain[^1]); // two classes at once are never told for certain
    }

    /// <summary>Cancels when progress was reported so many times: after every step.</summary>
    private sealed class StopAfter(int steps, CancellationTokenSource source) : IProgress<Progress>
    {
        private int reported;

        public void Report(Progress value)
        {
            if (value.Stage.StartsWith("epoch", StringComparison.Ordinal) && ++reported == steps)
            {
                source.Cancel();
            }
        }
    }
}
