using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Heads;
using SeedHead.Models;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>One training from its rows to its model: splits, epochs, evaluations, checkpoints.</summary>
internal sealed class TrainingCourse : IDisposable
{
    private const int TrainScoreCount = 8192;
    private const int SamplePurpose = 301;
    private const int SampleCount = 32;

    private readonly TrainQuestion question;
    private readonly Execution run;
    private readonly Dataset train;
    private readonly Dataset? validation;
    private readonly Dataset sample; // rows whose scores must be finite after every epoch
    private readonly Preprocessing preprocessing;
    private readonly Outcome outcome;
    private readonly TrainedNetwork network;
    private readonly NativeBuffer<float> targets;
    private readonly List<EpochPoint> epochs = [];
    private IReadOnlyDictionary<string, StoredArray>? best;
    private bool keepsNetwork;

    public TrainingCourse(TrainQuestion question, Execution run)
    {
        (this.question, this.run) = (question, run);
        Target target = question.Train.Target ?? throw new DataException($"{question.Train.Name}: has no target column to learn. Name it with --target.");
        RequireVariety(target);
        (train, validation) = Split(target);
        if (question.KeepBest && validation is null)
        {
            throw new ArgumentException("The epoch that is best on validation rows cannot be kept without any. Give a --validation-share above 0, or --keep last.");
        }

        sample = train.Select([.. Enumerable.Range(0, Math.Min(train.Count, SampleCount))]);
        preprocessing = Preprocessing.LearnByChannel(train.Inputs);
        outcome = Outcome.Of(target);
        RequireReadable(question.Test);
        Architecture net = question.Net is null
            ? TrainDefaults.Net(preprocessing.Shape, preprocessing.Columns, outcome.Outputs)
            : Architecture.Parse(question.Net, preprocessing.Shape, outcome.Outputs);
        RequireFit(net);
        network = new(net, question.Learn, question.Prior ?? WeightPrior.DefaultFor(net.FirstActivation), question.Seed, question.Fixed);
        targets = new((long)train.Count * outcome.Outputs);
    }

    /// <summary>What is trained.</summary>
    public TrainedPart Part => new(
        network.Net.ToString(), network.Prior.ToString(), network.LearnedPart.ToString(), network.Fixed.Text(), network.Total, network.Learned,
        [.. network.Modules.Parameters.GroupBy(parameter => parameter.Tensor.Layer)
            .Select(layer => new LayerShare(layer.Key, layer.Sum(parameter => parameter.Tensor.Count), layer.Sum(parameter => parameter.Way == LearnedBy.Subspace ? 0 : parameter.LearnedCount)))]);

    /// <summary>Remarks on the data and on what is learned.</summary>
    public IReadOnlyList<string> Notes => [.. question.Train.Notes, .. preprocessing.Notes, .. network.Notes];

    /// <summary>What training is expected to need.</summary>
    public TrainForecast Forecast => TrainForecast.Of(
        network, question, train.Count, (long)question.Train.Count * question.Train.Inputs.Columns * (question.Train.Inputs is Images ? 1 : sizeof(double)), run.Threads);

    public (SeedHeadModel Model, TrainAnswer Answer) Run()
    {
        try
        {
            return Learn();
        }
        catch (OperationCanceledException e) when (e is not StoppedException && question.CheckpointFile is { } path && File.Exists(path))
        {
            throw new StoppedException($"Cancelled: the same command goes on from {path}.");
        }
    }

    private (SeedHeadModel Model, TrainAnswer Answer) Learn()
    {
        Forecast.Demand(question.MaxMemory, question.TimeLimit);
        foreach (string note in network.Notes)
        {
            question.Warn?.Invoke(note); // now, while it can help
        }

        var clock = Stopwatch.StartNew();
        TimeSpan processors = Environment.CpuUsage.TotalTime;
        string before = network.FixedHash();
        using var trainer = new Trainer(network, train.Inputs, preprocessing, Objective(), question.Options, run);
        Restore(trainer);
        long begun = trainer.RowsDone;
        double seconds = Epochs(trainer);
        if (best is not null)
        {
            network.Restore(best);
        }

        int other = run.Threads == 1 ? 2 : 1;
        var proof = new FixedProof(before, network.FixedHash(), network.FixedHashOfSeed(new Team(other)), other);
        double fit = clock.Elapsed.TotalSeconds, fitCpu = (Environment.CpuUsage.TotalTime - processors).TotalSeconds;
        SeedHeadModel model = Model();
        Score? Of(Dataset? rows) => rows is null ? null : model.Score(rows, model.Predict(rows.Inputs, run));
        var answer = new TrainAnswer
        {
            Data = model.Data with { TestRows = question.Test?.Count ?? 0 },
            Model = Part,
            Epochs = epochs,
            KeptEpoch = BestEpoch?.Number ?? epochs.Count,
            Train = Of(train.Count <= TrainScoreCount ? train : train.Select(Random.Order.Sample(question.Options.Seed, SamplePurpose, train.Count, TrainScoreCount)))!,
            Validation = Of(validation),
            Test = Of(question.Test),
            Proof = proof,
            RowsPerSecond = seconds > 0 ? (trainer.RowsDone - begun) / seconds : 0,
            Seconds = new(question.ReadSeconds, fit, fitCpu, clock.Elapsed.TotalSeconds - fit, question.ReadSeconds + clock.Elapsed.TotalSeconds),
            PeakMemoryBytes = PeakMemory.Bytes(),
            Threads = run.Threads,
            Manifest = model.Manifest,
            Notes = [.. model.Notes, .. question.Test?.Notes ?? []],
        };
        return (model, answer);
    }

    public void Dispose()
    {
        targets.Dispose();
        if (!keepsNetwork)
        {
            network.Dispose();
        }
    }

    private EpochPoint? BestEpoch => !question.KeepBest || validation is null ? null : epochs.OrderByDescending(Merit).ThenBy(epoch => epoch.Number).FirstOrDefault();

    private double Merit(EpochPoint epoch) => outcome is ClassOutcome ? epoch.Validation!.Value : -epoch.Validation!.Value;

    private JsonObject Identity => question.Identity(network.Net, network.Prior, preprocessing);

    // Trains all epochs that are left and tells the seconds their steps took.
    private double Epochs(Trainer trainer)
    {
        var since = Stopwatch.StartNew();
        var epochClock = Stopwatch.StartNew();
        double earlier = epochs.Sum(epoch => epoch.Seconds), begun = trainer.RowsDone;
        try
        {
            while (!trainer.Finished)
            {
                Epoch? ended = trainer.Step();
                Tell(trainer, epochClock, begun, epochs.Sum(epoch => epoch.Seconds) - earlier);
                if (ended is { } epoch)
                {
                    End(epoch, epochClock.Elapsed.TotalSeconds);
                    epochClock.Restart();
                }

                if (since.Elapsed >= question.CheckpointEvery)
                {
                    Keep(trainer);
                    since.Restart();
                }
            }

            Keep(trainer);
            return epochs.Sum(epoch => epoch.Seconds) - earlier;
        }
        catch (DivergedException e)
        {
            string kept = question.CheckpointFile is { } path && File.Exists(path) ? $" The last good checkpoint is kept: {path}. With these options it would end there again: give another --checkpoint, too." : "";
            throw new DataException(e.Message + kept, e);
        }
        catch (OperationCanceledException) when (question.CheckpointFile is not null)
        {
            throw new StoppedException(Keep(trainer)
                ? $"Cancelled: the same command goes on from {question.CheckpointFile}."
                : $"Cancelled: {question.CheckpointFile} could not be written.");
        }
    }

    private void End(Epoch epoch, double seconds)
    {
        bool classes = outcome is ClassOutcome;
        var point = new EpochPoint(epoch.Number, epoch.Rate, epoch.Loss, classes ? epoch.Accuracy : null, Measure(validation), Measure(question.Test), seconds);
        if (!double.IsFinite((point.Validation ?? 0) + (point.Test ?? 0)) || !Scores(sample).All(float.IsFinite))
        {
            throw new DivergedException(epoch.Number, 0, epoch.Rate);
        }

        epochs.Add(point);
        if (BestEpoch == point)
        {
            var arrays = new SortedDictionary<string, StoredArray>(StringComparer.Ordinal);
            network.Store(arrays);
            best = arrays;
        }

        question.Ended?.Invoke(point);
    }

    private void Tell(Trainer trainer, Stopwatch epochClock, double begun, double earlier)
    {
        if (run.Progress is null)
        {
            return;
        }

        TrainingPosition at = trainer.Position;
        double done = trainer.RowsDone - begun, seconds = earlier + epochClock.Elapsed.TotalSeconds, rate = done / Math.Max(seconds, 1e-9);
        double left = (((double)question.Options.Epochs * train.Count) - trainer.RowsDone) / rate, rows = Math.Max(1, Math.Min((double)at.Step * question.Options.Batch, train.Count));
        string now = at.Step == 0 ? "" : $", loss {at.Loss / rows:0.000}" + (outcome is ClassOutcome ? $", {100 * at.Right / rows:0.0} % right" : "");
        run.Report($"epoch {Math.Min(at.Epoch + 1, question.Options.Epochs)} of {question.Options.Epochs}{now}, {rate:0} rows/s, {left:0} s left", trainer.RowsDone, (long)question.Options.Epochs * train.Count);
    }

    private bool Keep(Trainer trainer)
    {
        if (question.CheckpointFile is not { } path)
        {
            return false;
        }

        try
        {
            Checkpoint.Save(path, Identity, JsonSerializer.SerializeToNode(epochs.Select(Numbers).ToArray())!, trainer, network, best);
            return true;
        }
        catch (DataException e)
        {
            question.Warn?.Invoke($"{e.Message} Training goes on."); // the next one may find room
            return false;
        }
    }

    private void Restore(Trainer trainer)
    {
        if (question.CheckpointFile is { } path && File.Exists(path))
        {
            (JsonNode progress, best) = Checkpoint.Restore(path, Identity, trainer, network);
            epochs.AddRange(progress.AsArray().Select(numbers => Point([.. numbers!.AsArray().Select(number => number?.GetValue<double>())])));
            question.Warn?.Invoke(trainer.Finished ? $"{path}: all epochs are done." : $"goes on from {path}: epoch {trainer.Position.Epoch + 1}, step {trainer.Position.Step + 1}.");
        }
    }

    private static double?[] Numbers(EpochPoint e) => [e.Number, e.Rate, e.Loss, e.Accuracy, e.Validation, e.Test, e.Seconds];

    private static EpochPoint Point(double?[] n) => new((int)n[0]!.Value, n[1]!.Value, n[2]!.Value, n[3], n[4], n[5], n[6]!.Value);

    private Objective Objective()
    {
        if (outcome is ClassOutcome classes)
        {
            return Training.Objective.Of(classes.Codes(train.Target!), classes.Outputs);
        }

        Strided<float> wanted = Strided<float>.RowMajor(targets, train.Count, outcome.Outputs);
        outcome.Encode(train.Target!, wanted);
        return Training.Objective.Of(wanted);
    }

    // Accuracy, or RMSE in target units.
    private double? Measure(Dataset? rows)
    {
        if (rows is null)
        {
            return null;
        }

        float[] scores = Scores(rows);
        Score score = outcome is ClassOutcome classes
            ? Scoring.Classification(scores, 1, classes.Codes(rows.Target!), classes.Outputs)
            : Scoring.Regression([.. scores.Select(value => (value * ((NumberOutcome)outcome).Scale) + ((NumberOutcome)outcome).Mean)], ((NumberOutcome)outcome).Values(rows.Target!));
        return score.Accuracy ?? score.Rmse;
    }

    private unsafe float[] Scores(Dataset rows)
    {
        const int Block = 128;
        var team = new Team(run.Threads);
        var source = new InputRows(rows.Inputs, preprocessing);
        var scores = new float[checked(rows.Count * outcome.Outputs)];
        using var inputs = new NativeBuffer<float>((long)Block * preprocessing.Columns);
        fixed (float* to = scores)
        {
            for (int first = 0; first < rows.Count; first += Block)
            {
                int count = Math.Min(Block, rows.Count - first);
                Strided<float> block = Strided<float>.RowMajor(inputs, count, preprocessing.Columns);
                source.Read(team, first, block);
                network.Score(team, block, Strided<float>.RowMajor(to + ((long)first * outcome.Outputs), count, outcome.Outputs), Math.Min(question.Options.Batch, Block));
            }
        }

        return scores;
    }

    private SeedHeadModel Model()
    {
        keepsNetwork = true;
        var features = new TrainedFeatures(network);
        (float[] weights, float[] intercepts) = features.Head();
        float[] scores = validation is null ? [] : Scores(validation);
        double? temperature = outcome is not ClassOutcome classes ? null
            : validation is null ? 1 : Calibration.Temperature(run.Team, scores, classes.Codes(validation.Target!));
        return new()
        {
            Preprocessing = preprocessing,
            Features = features,
            Outcome = outcome,
            Summary = new(TrainedFeatures.Word, network.Net.ToString(), network.Prior.ToString(), features.FeatureCount, preprocessing.Columns, 0, $"training of {network.LearnedPart}", TrainedFeatures.Word, double.PositiveInfinity, temperature),
            Data = new(question.Train.Name, question.Train.Count, question.Train.Inputs.Columns, (outcome as ClassOutcome)?.Classes, outcome.Name, 0, question.Train.Sha256),
            Manifest = Manifests.Of(question.Seed, question.Text),
            Notes = Notes,
            Weights = weights,
            Intercepts = intercepts,
            Intervals = outcome is NumberOutcome number && validation is not null
                ? Intervals.FromLeaveOneOut([.. number.Values(validation.Target!).Select((value, i) => ((value - number.Mean) / number.Scale) - scores[i])], [])
                : null,
        };
    }

    private void RequireVariety(Target target)
    {
        if (question.Train.Count < 2)
        {
            throw new DataException($"{question.Train.Name}: {question.Train.Count} rows are too few to learn from. Give at least 2.");
        }

        if (target is ClassTarget classes && classes.Codes.Distinct().Count() < 2)
        {
            throw new DataException($"{question.Train.Name}: target '{target.Name}' has one class only, '{classes.Classes[classes.Codes[0]]}'. Give rows of at least two classes, or another --target.");
        }
    }

    // Told before the first step, not after the first epoch.
    private void RequireReadable(Dataset? test)
    {
        if (test is null)
        {
            return;
        }

        preprocessing.Check(test.Inputs);
        Target target = test.Target ?? throw new DataException($"{test.Name}: has no target column '{outcome.Name}'. Name it with --target.");
        _ = outcome is ClassOutcome classes ? classes.Codes(target).Length : ((NumberOutcome)outcome).Values(target).Length;
    }

    private (Dataset Train, Dataset? Validation) Split(Target target)
    {
        if (question.ValidationShare == 0)
        {
            return (question.Train, null);
        }

        (int[] kept, int[] held) = Splits.Stratified(target, question.ValidationShare, question.Seed);
        return (question.Train.Select(kept), question.Train.Select(held));
    }

    private void RequireFit(Architecture net)
    {
        TrainedFeatures.Require(net);
        bool fits = preprocessing.Shape is { } shape && net.InputShape is { } read ? shape == read : net.InputCount == preprocessing.Columns;
        if (!fits)
        {
            string come = preprocessing.Shape?.ToString() ?? $"{preprocessing.Columns} numbers";
            throw new ArgumentException($"{net} reads {net.InputShape?.ToString() ?? net.InputCount.ToString()}, but the rows are {come}. Let --net begin with {preprocessing.Shape?.ToString() ?? preprocessing.Columns.ToString()}.");
        }

        if (net.OutputCount != outcome.Outputs)
        {
            throw new ArgumentException($"{net} has {net.OutputCount} outputs, but '{outcome.Name}' needs {outcome.Outputs}. Let --net end in {outcome.Outputs}.");
        }
    }
}
