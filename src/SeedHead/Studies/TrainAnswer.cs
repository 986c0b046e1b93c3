using SeedHead.Heads;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>What training a part of a network found.</summary>
internal sealed record TrainAnswer
{
    /// <summary>The data; its rows are those learned from and those of validation together.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>What was trained.</summary>
    public required TrainedPart Model { get; init; }

    /// <summary>Every epoch, in order.</summary>
    public required IReadOnlyList<EpochPoint> Epochs { get; init; }

    /// <summary>The epoch whose numbers the model has.</summary>
    public required int KeptEpoch { get; init; }

    /// <summary>The model's score on the rows it learned from, or on a seeded sample of them.</summary>
    public required Score Train { get; init; }

    /// <summary>Its score on the rows held out for validation, or null.</summary>
    public Score? Validation { get; init; }

    /// <summary>Its score on the test rows, or null.</summary>
    public Score? Test { get; init; }

    /// <summary>What stayed as it was.</summary>
    public required FixedProof Proof { get; init; }

    /// <summary>Rows learned from in a second of training, evaluations left out.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>Seconds of each stage.</summary>
    public required Seconds Seconds { get; init; }

    /// <summary>Peak resident memory of the process, bytes.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Threads used.</summary>
    public int Threads { get; init; }

    /// <summary>Where the answer came from.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Remarks a user should read.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The epoch of the best test score: the one published tables of this field give. It was chosen by looking at test rows; null without any.</summary>
    public EpochPoint? BestOnTest => Epochs.Where(epoch => epoch.Test is not null)
        .OrderByDescending(epoch => Data.Classes is null ? -epoch.Test!.Value : epoch.Test!.Value).ThenBy(epoch => epoch.Number).FirstOrDefault();
}

/// <summary>A network and the part of it that is learned.</summary>
/// <param name="Net">The network.</param>
/// <param name="Prior">The law of its random numbers.</param>
/// <param name="Learn">What is learned.</param>
/// <param name="Fixed">What the other numbers are.</param>
/// <param name="Total">All parameters.</param>
/// <param name="Trainable">The learned ones.</param>
/// <param name="Layers">The same, layer by layer.</param>
internal sealed record TrainedPart(string Net, string Prior, string Learn, string Fixed, long Total, long Trainable, IReadOnlyList<LayerShare> Layers);

/// <summary>What is learned of one layer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Total">Its parameters.</param>
/// <param name="Trainable">The learned ones.</param>
internal sealed record LayerShare(string Name, long Total, long Trainable);

/// <summary>One epoch.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Rate">η.</param>
/// <param name="Loss">Mean loss of its steps.</param>
/// <param name="Accuracy">Share of rows told right in its steps; null for numbers.</param>
/// <param name="Validation">Accuracy (RMSE for numbers) on the validation rows after it, or null.</param>
/// <param name="Test">The same on the test rows.</param>
/// <param name="Seconds">Wall-clock seconds of its steps.</param>
internal sealed record EpochPoint(int Number, double Rate, double Loss, double? Accuracy, double? Validation, double? Test, double Seconds);

/// <summary>SHA-256 over all numbers that are not learned.</summary>
/// <param name="Before">Before training.</param>
/// <param name="After">After it.</param>
/// <param name="Again">Of numbers drawn anew from the seed, on another number of threads.</param>
/// <param name="Threads">That number.</param>
internal sealed record FixedProof(string Before, string After, string Again, int Threads)
{
    /// <summary>Whether nothing moved.</summary>
    public bool Holds => Before == After && After == Again;
}
