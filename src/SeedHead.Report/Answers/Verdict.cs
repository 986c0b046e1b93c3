using SeedHead.Heads;
using SeedHead.Studies;

namespace SeedHead.Report.Answers;

/// <summary>The one number of an answer, where it comes from and how sure it is.</summary>
internal sealed class Verdict
{
    public Verdict(FitAnswer answer)
    {
        Answer = answer;
        IsClassification = answer.Data.Classes is not null;
        (Score, Rows, Ground) = answer switch
        {
            { Test: { } test } => (test, "test rows", "test"),
            { Folds: { } folds } => (folds, "training rows, each predicted by a model of the other four folds", "5-fold"),
            { LeaveOneOut: { } left } => (left, "training rows, each left out in turn", "leave-one-out"),
            _ => (answer.Train, "training rows the model has seen, so it flatters", "training"),
        };
        Values = SeedValues(answer);
        IsOverSeeds = Values.Count >= 2;
        Interval = IsOverSeeds ? Interval.Mean(Values) : OfRows(Score);
    }

    public FitAnswer Answer { get; }

    public bool IsClassification { get; }

    /// <summary>The most honest score there is: test, else folds, else leave-one-out, else training.</summary>
    public Score Score { get; }

    /// <summary>Which rows were scored, in words.</summary>
    public string Rows { get; }

    /// <summary>One word for it: test, 5-fold, leave-one-out, training.</summary>
    public string Ground { get; }

    /// <summary>One test score a seed; empty without further seeds.</summary>
    public IReadOnlyList<double> Values { get; }

    public bool IsOverSeeds { get; }

    public Interval Interval { get; }

    public string Measure => IsClassification ? "accuracy" : "RMSE";

    /// <summary>What the interval stands on, in words.</summary>
    public string Reason => IsOverSeeds
        ? $"of the mean over {Values.Count} seeds, by Student's t with {Values.Count - 1} degrees of freedom; "
            + "the rows stay the same, so it says nothing about other rows"
        : IsClassification ? "over rows, binomial (Wilson); one seed"
        : "over rows, by the standard error of the rows' squared errors; one seed";

    /// <summary>The value that the measure has in a score, NaN when it has none.</summary>
    public double Of(Score? score) => (IsClassification ? score?.Accuracy : score?.Rmse) ?? double.NaN;

    /// <summary>The interval over rows alone, whatever the seeds say.</summary>
    public Interval OfRows(Score score)
    {
        double value = Of(score);
        return IsClassification ? Interval.Share(value, score.Rows) : Interval.Normal(value, score.StandardError);
    }

    // "Further" seeds may or may not hold the answer's own; it counts once.
    private double[] SeedValues(FitAnswer answer)
    {
        if (answer.Seeds.Count == 0)
        {
            return [];
        }

        bool isListed = answer.Seeds.Any(point => point.Seed == answer.Manifest.Seed);
        IEnumerable<double> values = answer.Seeds.Select(point => point.Value);
        return [.. (isListed || answer.Test is null ? values : values.Prepend(Of(answer.Test))).Where(double.IsFinite)];
    }
}
