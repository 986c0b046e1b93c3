using System.Diagnostics;
using System.Text.Json.Nodes;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Heads;
using SeedHead.Models;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>Training was stopped and can go on.</summary>
internal sealed class StoppedException(string message) : OperationCanceledException(message);

/// <summary>How well does a network do of which only a part is learned?</summary>
internal sealed record TrainQuestion
{
    /// <summary>Rows with a target.</summary>
    public required Dataset Train { get; init; }

    /// <summary>Test rows with the same target, or null.</summary>
    public Dataset? Test { get; init; }

    /// <summary>The network's text; null for <see cref="TrainDefaults.Net"/>.</summary>
    public string? Net { get; init; }

    /// <summary>What is learned.</summary>
    public LearnedPart Learn { get; init; } = LearnedPart.Parse(TrainDefaults.Learn);

    /// <summary>The law of weights and biases; null for the default of the network's first activation.</summary>
    public Initialisation? Prior { get; init; }

    /// <summary>What the numbers are that are not learned.</summary>
    public FixedNumbers Fixed { get; init; }

    /// <summary>How it is trained.</summary>
    public TrainOptions Options { get; init; } = new();

    /// <summary>The seed of the random numbers that stay; that of <see cref="Options"/> names orders, augmentation and dropout.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Share of the training rows held out for validation, of every class alike; 0 for none.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Whether the model is the epoch that was best on validation rows; else the last one.</summary>
    public bool KeepBest { get; init; }

    /// <summary>Where training is kept while it goes on, or null: an existing checkpoint is continued.</summary>
    public string? CheckpointFile { get; init; }

    /// <summary>How often.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes that training may be forecast to need, or null for no limit.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Seconds that training may be forecast to take, or null for no limit.</summary>
    public double? TimeLimit { get; init; }

    /// <summary>Told of every epoch when it ends.</summary>
    public Action<EpochPoint>? Ended { get; init; }

    /// <summary>Told of things to know at once, such as a checkpoint that could not be written.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Seconds already spent reading, for the answer.</summary>
    public double ReadSeconds { get; init; }

    /// <summary>The options as given, for the manifest.</summary>
    public string Text { get; init; } = "";

    /// <summary>What would be trained.</summary>
    /// <exception cref="ArgumentException">The network does not fit the data, or nothing would be learned.</exception>
    public (TrainedPart Model, TrainForecast Forecast, IReadOnlyList<string> Notes) Foresee(Execution run)
    {
        using TrainingCourse course = new(this, run);
        return (course.Part, course.Forecast, course.Notes);
    }

    /// <summary>Trains, or goes on from the checkpoint.</summary>
    /// <param name="run">Threads, progress, cancellation.</param>
    /// <exception cref="DataException">Rows that cannot be learned from; a checkpoint of another question; the loss is no number any more.</exception>
    /// <exception cref="StoppedException">Cancelled: says where training can go on.</exception>
    public (SeedHeadModel Model, TrainAnswer Answer) Run(Execution run)
    {
        using var course = new TrainingCourse(this, run);
        return course.Run();
    }

    /// <summary>All that the learned numbers are a function of, by name.</summary>
    internal JsonObject Identity(Architecture net, Initialisation prior, Preprocessing preprocessing) => new()
    {
        ["data"] = Train.Sha256,
        ["rows"] = Train.Count,
        ["target"] = Train.Target!.Name,
        ["classes"] = Train.Target is ClassTarget classes ? ModelJson.Of(classes.Classes) : null,
        ["test"] = Test?.Sha256,
        ["testRows"] = Test?.Count,
        ["net"] = net.ToString(),
        ["prior"] = prior.ToString(),
        ["learn"] = Learn.ToString(),
        ["fixed"] = Fixed.Text(),
        ["seed"] = Seed,
        ["orderSeed"] = Options.Seed,
        ["validationShare"] = ValidationShare,
        ["keepBest"] = KeepBest,
        ["epochs"] = Options.Epochs,
        ["batch"] = Options.Batch,
        ["optimiser"] = Options.Optimiser.ToString(),
        ["rate"] = Options.Rate,
        ["momentum"] = Options.Momentum,
        ["weightDecay"] = Options.WeightDecay,
        ["schedule"] = Options.Schedule.ToString(),
        ["drops"] = string.Join(',', Options.Drops),
        ["factor"] = Options.Factor,
        ["augment"] = Options.Augmentation.ToString(),
        ["mixup"] = Options.Mixup,
        ["preprocessing"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(preprocessing.ToJson().ToJsonString()))),
    };
}
