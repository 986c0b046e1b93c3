using SeedHead.Heads;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>What a fit found: all that the command prints and the report draws. Immutable.</summary>
public sealed record FitAnswer
{
    /// <summary>The training data.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>The fitted model in words and numbers.</summary>
    public required ModelSummary Model { get; init; }

    /// <summary>Scores on the training rows, by exact leave-one-out where <see cref="ModelSummary.Selection"/> says so.</summary>
    public required Score Train { get; init; }

    /// <summary>Exact leave-one-out (or sampled leave-one-out) scores: the honest estimate from training rows alone; null for updated or merged models.</summary>
    public Score? LeaveOneOut { get; init; }

    /// <summary>Mean scores over 5 folds, when no test set was given; else null.</summary>
    public Score? Folds { get; init; }

    /// <summary>Scores on the test rows, or null without a test set.</summary>
    public Score? Test { get; init; }

    /// <summary>The architectures compared, where one was to be chosen; else null.</summary>
    public ArchitectureRanking? Architectures { get; init; }

    /// <summary>The widths tried, in order; one entry when the width was given.</summary>
    public IReadOnlyList<WidthPoint> Widths { get; init; } = [];

    /// <summary>The penalty path at the final width, ascending penalties.</summary>
    public IReadOnlyList<PenaltyPoint> Penalties { get; init; } = [];

    /// <summary>Test scores of further seeds (accuracy, or RMSE for regression), when asked for.</summary>
    public IReadOnlyList<SeedPoint> Seeds { get; init; } = [];

    /// <summary>The most confident mistakes on the test rows (classification), most confident first; at most 24.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; init; } = [];

    /// <summary>For regression: test rows' true values, predictions and residuals (at most 2,000 of them, a seeded sample).</summary>
    public IReadOnlyList<ResidualPoint> Residuals { get; init; } = [];

    /// <summary>Wall-clock seconds of each stage.</summary>
    public required Seconds Seconds { get; init; }

    /// <summary>Peak resident memory of the process, bytes.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Threads used.</summary>
    public int Threads { get; init; }

    /// <summary>Where the answer came from: enough to get it again.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Remarks a user should read: dropped columns, raised penalties, missing parts, …</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>The test score of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Value">Accuracy, or RMSE.</param>
public sealed record SeedPoint(ulong Seed, double Value);

/// <summary>A confident mistake.</summary>
/// <param name="Row">Row number in the test set, from 0.</param>
/// <param name="Truth">The true class.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Confidence">Its calibrated probability.</param>
/// <param name="Image">The picture's bytes (rows first, channels last), or null for tables.</param>
/// <param name="Shape">The picture's shape, or null.</param>
public sealed record Mistake(int Row, string Truth, string Predicted, double Confidence, byte[]? Image, Data.ImageShape? Shape);

/// <summary>One test row of a regression.</summary>
/// <param name="Truth">True value.</param>
/// <param name="Prediction">Predicted value.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record ResidualPoint(double Truth, double Prediction, double Low, double High);

/// <summary>Wall-clock seconds of each stage, and the processors' for the longest.</summary>
/// <param name="Read">Reading and parsing.</param>
/// <param name="Fit">Learning.</param>
/// <param name="FitCpu">Learning: processor seconds, all threads of the process together.</param>
/// <param name="Predict">Scoring the test rows.</param>
/// <param name="Total">All of it.</param>
public sealed record Seconds(double Read, double Fit, double FitCpu, double Predict, double Total);
