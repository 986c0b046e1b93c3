namespace SeedHead.Models;

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
