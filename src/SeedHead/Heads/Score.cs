namespace SeedHead.Heads;

/// <summary>How good predictions are on some rows. Classification fills the first group, regression the second.</summary>
public sealed record Score
{
    /// <summary>Rows scored.</summary>
    public int Rows { get; init; }

    /// <summary>Share of rows whose class is right.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Mean negative log-probability of the true class, nats.</summary>
    public double? LogLoss { get; init; }

    /// <summary>Expected calibration error: Σ over 15 equal confidence bins of share · |accuracy − confidence|.</summary>
    public double? ExpectedCalibrationError { get; init; }

    /// <summary>confusion[true][predicted] counts, or null.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Confusion { get; init; }

    /// <summary>The 15 confidence bins behind the calibration error, or null.</summary>
    public IReadOnlyList<CalibrationBin>? Calibration { get; init; }

    /// <summary>Root of the mean squared error, in target units.</summary>
    public double? Rmse { get; init; }

    /// <summary>1 − (squared error)/(squared deviation from the scored rows' mean).</summary>
    public double? R2 { get; init; }

    /// <summary>Share of rows whose 90 % predictive interval holds the true value.</summary>
    public double? IntervalCoverage { get; init; }

    /// <summary>Standard error of accuracy or of RMSE over rows.</summary>
    public double? StandardError { get; init; }
}

/// <summary>One bin of the reliability diagram.</summary>
/// <param name="Count">Rows in the bin.</param>
/// <param name="Confidence">Their mean top probability.</param>
/// <param name="Accuracy">Their share of right predictions.</param>
public sealed record CalibrationBin(int Count, double Confidence, double Accuracy);

/// <summary>One penalty of the path.</summary>
/// <param name="Penalty">Relative to the mean diagonal of the centred Gram.</param>
/// <param name="Loss">Mean squared leave-one-out error over rows and outputs (null where only generalised cross-validation was possible).</param>
/// <param name="StandardError">Of <paramref name="Loss"/>, over rows.</param>
/// <param name="Error">Leave-one-out misclassified share, or RMSE.</param>
/// <param name="GeneralisedCrossValidation">The GCV score.</param>
/// <param name="DegreesOfFreedom">Effective degrees of freedom, the trace of the hat matrix.</param>
/// <param name="Chosen">Whether this one was chosen.</param>
public sealed record PenaltyPoint(
    double Penalty, double? Loss, double? StandardError, double? Error, double GeneralisedCrossValidation, double DegreesOfFreedom, bool Chosen)
{
    /// <summary>Mean log-loss of the calibrated leave-one-out scores, nats, by which classifiers choose; null for regression and without leave-one-out.</summary>
    public double? LogLoss { get; init; }
}
