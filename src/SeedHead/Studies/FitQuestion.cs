using System.Diagnostics;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>How well do random features with an exact head learn this data? The main job: fit, choose width and penalty, score.</summary>
public sealed record FitQuestion
{
    /// <summary>Training rows with a target.</summary>
    public required Dataset Train { get; init; }

    /// <summary>Test rows with the same target, or null: then 5-fold estimates stand beside leave-one-out.</summary>
    public Dataset? Test { get; init; }

    /// <summary>What to learn.</summary>
    public LearnOptions Options { get; init; } = new();

    /// <summary>How many further seeds to score on the test rows, at the width the first seed chose.</summary>
    public int FurtherSeeds { get; init; }

    /// <summary>Seconds already spent reading, for the answer.</summary>
    public double ReadSeconds { get; init; }

    private const int FoldCount = 5;
    private const int MistakeCount = 24;
    private const int ResidualCount = 2000;
    private const int TrainScoreCount = 8192;
    private const int SamplePurpose = 301;

    /// <summary>Fits and scores.</summary>
    /// <param name="run">Threads, progress, cancellation.</param>
    /// <returns>The model and the answer.</returns>
    /// <exception cref="DataException">The rows cannot be learned from.</exception>
    /// <exception cref="ForecastException">A limit is forecast to be passed.</exception>
    public (SeedHeadModel Model, FitAnswer Answer) Run(Execution run)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan processors = Environment.CpuUsage.TotalTime;
        Learned learned = Learner.Fit(Train, Options, run);
        SeedHeadModel model = learned.Model;
        double fit = clock.Elapsed.TotalSeconds, fitCpu = (Environment.CpuUsage.TotalTime - processors).TotalSeconds;
        Predictions? predictions = Test is null ? null : model.Predict(Test.Inputs, run);
        Score? test = Test is null ? null : model.Score(Test, predictions!);
        double predict = clock.Elapsed.TotalSeconds - fit;
        var answer = new FitAnswer
        {
            Data = model.Data with { TestRows = Test?.Count ?? 0 },
            Model = model.Summary,
            Train = TrainScore(model, run),
            LeaveOneOut = learned.LeaveOneOut,
            Folds = Test is null ? Folds(model.Summary.Width, Settled(learned), run) : null,
            Test = test,
            Architectures = learned.Architectures,
            Widths = learned.Widths,
            Penalties = learned.Penalties,
            Seeds = Seeds(model, Settled(learned), test, run),
            Mistakes = Test is null ? [] : MistakesOf(model, Test, predictions!),
            Residuals = Test is null ? [] : ResidualsOf(model, Test, predictions!),
            Seconds = new Seconds(ReadSeconds, fit, fitCpu, predict, ReadSeconds + clock.Elapsed.TotalSeconds),
            PeakMemoryBytes = PeakMemory.Bytes(),
            Threads = run.Threads,
            Manifest = model.Manifest,
            Notes = [.. model.Notes, .. Test?.Notes ?? [], .. UnknownClasses(model)],
        };
        return (model, answer);
    }

    /// <summary>Rows, width, memory and time to expect, without fitting.</summary>
    /// <param name="run">The threads counted on.</param>
    public IReadOnlyList<Forecast> Foresee(Execution run) => Learner.Foresee(Train, Options, run);

    /// <summary>What choosing the architecture needs, or null.</summary>
    internal ArchitectureForecast? ForeseeChoice(Execution run) => Learner.ForeseeChoice(Train, Options, run);

    // The chosen network is taken as it is, and only its weights are drawn anew.
    private LearnOptions Settled(Learned learned) => Options.ChooseNet is null ? Options : Options with
    {
        ChooseNet = null,
        Features = learned.Features! with { Bandwidth = Options.Features?.Bandwidth },
    };

    /// <summary>The training rows' own score, on a seeded sample where they are many: it is a sanity check, not an estimate.</summary>
    private Score TrainScore(SeedHeadModel model, Execution run)
    {
        Dataset rows = Train.Count <= TrainScoreCount ? Train : Train.Select(Random.Order.Sample(Options.Seed, SamplePurpose, Train.Count, TrainScoreCount));
        return model.Score(rows, model.Predict(rows.Inputs, run));
    }

    private Score? Folds(int width, LearnOptions settled, Execution run)
    {
        IReadOnlyList<int[]> folds = Splits.Folds(Train.Target!, Math.Min(FoldCount, Train.Count), Options.Seed);
        var scores = new List<Score>();
        foreach (int[] held in folds)
        {
            var holds = new HashSet<int>(held);
            int[] kept = [.. Enumerable.Range(0, Train.Count).Where(row => !holds.Contains(row))];
            Dataset part = Train.Select(kept);
            if (part.Target is ClassTarget classes && classes.Codes.Distinct().Count() < 2)
            {
                return null; // too few rows of a class to hold any out
            }

            SeedHeadModel model = Learner.Fit(part, settled with { Width = settled.Width ?? width, KeepGram = false }, run).Model;
            Dataset rest = Train.Select(held);
            scores.Add(model.Score(rest, model.Predict(rest.Inputs, run)));
        }

        return FoldScore.Mean(scores);
    }

    private List<SeedPoint> Seeds(SeedHeadModel first, LearnOptions settled, Score? test, Execution run)
    {
        var points = new List<SeedPoint>();
        if (Test is null || FurtherSeeds == 0)
        {
            return points;
        }

        points.Add(new SeedPoint(Options.Seed, test!.Accuracy ?? test.Rmse!.Value));
        for (ulong i = 1; i <= (ulong)FurtherSeeds; i++)
        {
            LearnOptions options = settled with { Seed = Options.Seed + i, Width = first.Summary.Width, KeepGram = false };
            SeedHeadModel model = Learner.Fit(Train, options, run).Model;
            Score score = model.Score(Test, model.Predict(Test.Inputs, run));
            points.Add(new SeedPoint(options.Seed, score.Accuracy ?? score.Rmse!.Value));
        }

        return points;
    }

    private IEnumerable<string> UnknownClasses(SeedHeadModel model)
    {
        if (Test?.Target is ClassTarget target && model.Outcome is ClassOutcome outcome)
        {
            int unknown = outcome.Codes(target).Count(code => code < 0);
            if (unknown > 0)
            {
                yield return $"{unknown} test rows are of classes that training never had; they count as wrong.";
            }
        }
    }

    private static List<Mistake> MistakesOf(SeedHeadModel model, Dataset test, Predictions predictions)
    {
        if (model.Outcome is not ClassOutcome outcome || test.Target is not ClassTarget target)
        {
            return [];
        }

        int[] truth = outcome.Codes(target);
        float Confidence(int row) => predictions.Values[(row * predictions.Outputs) + predictions.Code(row)];
        IEnumerable<int> worst = Enumerable.Range(0, test.Count)
            .Where(row => predictions.Code(row) != truth[row])
            .OrderByDescending(Confidence)
            .ThenBy(row => row)
            .Take(MistakeCount);
        return [.. worst.Select(row => new Mistake(
            row,
            target.Classes[target.Codes[row]],
            outcome.Classes[predictions.Code(row)],
            Confidence(row),
            (test.Inputs as Images)?[row].ToArray(),
            (test.Inputs as Images)?.Shape))];
    }

    private List<ResidualPoint> ResidualsOf(SeedHeadModel model, Dataset test, Predictions predictions)
    {
        if (model.Outcome is not NumberOutcome || test.Target is not NumberTarget target)
        {
            return [];
        }

        int[] rows = Random.Order.Sample(Options.Seed, SamplePurpose, test.Count, Math.Min(ResidualCount, test.Count));
        return [.. rows.Select(row => new ResidualPoint(target.Values[row], predictions.Values[row], predictions.Low[row], predictions.High[row]))];
    }
}
