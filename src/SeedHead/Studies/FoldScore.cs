using SeedHead.Heads;

namespace SeedHead.Studies;

/// <summary>The scores of several folds as one.</summary>
internal static class FoldScore
{
    /// <summary>Means over the folds; the standard error is that of the folds' spread.</summary>
    public static Score Mean(IReadOnlyList<Score> folds)
    {
        double? Average(Func<Score, double?> value) => folds.All(fold => value(fold) is not null) ? folds.Average(value) : null;
        Func<Score, double?> main = folds[0].Accuracy is null ? fold => fold.Rmse : fold => fold.Accuracy;
        double mean = Average(main)!.Value;
        double squares = folds.Sum(fold => (main(fold)!.Value - mean) * (main(fold)!.Value - mean));
        return new Score
        {
            Rows = folds.Sum(fold => fold.Rows),
            Accuracy = Average(fold => fold.Accuracy),
            LogLoss = Average(fold => fold.LogLoss),
            ExpectedCalibrationError = Average(fold => fold.ExpectedCalibrationError),
            Rmse = Average(fold => fold.Rmse),
            R2 = Average(fold => fold.R2),
            IntervalCoverage = Average(fold => fold.IntervalCoverage),
            StandardError = folds.Count > 1 ? Math.Sqrt(squares / (folds.Count - 1) / folds.Count) : null,
        };
    }
}
