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

/// <summary>The data of an answer.</summary>
/// <param name="Name">Built-in name or file name.</param>
/// <param name="Rows">Training rows.</param>
/// <param name="Columns">Input columns as given.</param>
/// <param name="Classes">Class names, or null for regression.</param>
/// <param name="Target">The target column's name.</param>
/// <param name="TestRows">Test rows, 0 without a test set.</param>
/// <param name="Sha256">Hash of the training content.</param>
public sealed record DataSummary(string Name, int Rows, int Columns, IReadOnlyList<string>? Classes, string Target, int TestRows, string Sha256);

/// <summary>A fitted model in words and numbers.</summary>
/// <param name="Features">The features' text, e.g. "images" or "hidden+raw".</param>
/// <param name="Net">The network's text, or null when no network stands behind the features.</param>
/// <param name="Prior">The prior's text, or null.</param>
/// <param name="Width">D, features after the map.</param>
/// <param name="InputColumns">d, columns after preprocessing.</param>
/// <param name="Penalty">The chosen penalty, relative to the mean diagonal of the centred Gram.</param>
/// <param name="Selection">How the penalty was chosen: "leave-one-out", "leave-one-out on 8192 sampled rows" or "generalised cross-validation".</param>
/// <param name="Form">"primal" or "dual".</param>
/// <param name="Condition">Estimated condition number of the penalised Gram.</param>
/// <param name="Temperature">Softmax temperature fitted on leave-one-out scores; null for regression.</param>
public sealed record ModelSummary(
    string Features, string? Net, string? Prior, int Width, int InputColumns, double Penalty, string Selection, string Form, double Condition, double? Temperature);

/// <summary>One width tried.</summary>
/// <param name="Width">Number of features.</param>
/// <param name="Error">Leave-one-out error: misclassified share, or RMSE.</param>
/// <param name="StandardError">Its standard error over rows.</param>
/// <param name="Penalty">The penalty chosen there.</param>
/// <param name="Seconds">Wall seconds it took.</param>
public sealed record WidthPoint(int Width, double Error, double StandardError, double Penalty, double Seconds);

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

/// <summary>Wall-clock seconds.</summary>
/// <param name="Read">Reading and parsing.</param>
/// <param name="Fit">Learning.</param>
/// <param name="Predict">Scoring the test rows.</param>
/// <param name="Total">All of it.</param>
public sealed record Seconds(double Read, double Fit, double Predict, double Total);
