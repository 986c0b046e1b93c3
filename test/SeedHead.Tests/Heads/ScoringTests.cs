using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

public class ScoringTests
{
    // Two classes, T = 1: probabilities σ(±difference).
    private static readonly float[] Scores =
    [
        2, 0,  // class 0, p = 0.8808
        0, 1,  // class 1, p = 0.7311
        0, 3,  // class 1, p = 0.9526
        1, 1,  // a tie: class 0, p = 0.5
    ];

    [Fact]
    public void Accuracy_confusion_and_standard_error_count_rows()
    {
        var score = Scoring.Classification(Scores, 1, [0, 0, 1, 0], 2);
        Assert.Equal(4, score.Rows);
        Assert.Equal(0.75, score.Accuracy);
        Assert.Equal(Math.Sqrt(0.75 * 0.25 / 4), score.StandardError);
        Assert.Equal([2, 1], score.Confusion![0]);
        Assert.Equal([0, 1], score.Confusion[1]);
    }

    [Fact]
    public void Log_loss_is_the_mean_of_minus_the_log_of_the_true_class_probability()
    {
        static double Sigma(double x) => 1 / (1 + Math.Exp(-x));
        double expected = -(Math.Log(Sigma(2)) + Math.Log(Sigma(-1)) + Math.Log(Sigma(3)) + Math.Log(0.5)) / 4;
        Assert.Equal(expected, Scoring.Classification(Scores, 1, [0, 0, 1, 0], 2).LogLoss!.Value, 1e-7);
    }

    [Fact]
    public void Calibration_error_weighs_each_bins_gap_by_its_rows()
    {
        var score = Scoring.Classification(Scores, 1, [0, 0, 1, 0], 2);
        double[] confidences = [0.8807970779778823, 0.7310585786300049, 0.9525741268224334, 0.5]; // σ(2), σ(1), σ(3), ½: bins 13, 10, 14, 7
        double[] right = [1, 0, 1, 1];
        Assert.Equal(confidences.Zip(right, (c, r) => Math.Abs(c - r)).Sum() / 4, score.ExpectedCalibrationError!.Value, 1e-7);
        Assert.Equal(15, score.Calibration!.Count);
        Assert.Equal([7, 10, 13, 14], Enumerable.Range(0, 15).Where(b => score.Calibration[b].Count == 1));
        Assert.Equal(new CalibrationBin(1, confidences[1], 0), score.Calibration[10] with { Confidence = confidences[1] });
    }

    [Fact]
    public void A_class_never_seen_is_a_mistake_of_the_least_probability()
    {
        var score = Scoring.Classification(Scores.AsSpan(0, 4), 1, [0, -1], 2);
        Assert.Equal(0.5, score.Accuracy);
        Assert.Equal((-Math.Log(1 / (1 + Math.Exp(-2))) - Math.Log(1e-7)) / 2, score.LogLoss!.Value, 1e-7);
        Assert.Equal(1, score.Confusion!.Sum(row => row.Sum()));
    }

    [Fact]
    public void Regression_scores_are_those_of_a_hand_worked_case()
    {
        // errors 1, −1, 2: squares 1, 1, 4; truth 0, 4, 8 deviates by 32 in all
        var score = Scoring.Regression([1, 3, 10], [0, 4, 8], [1, 0.5, 2]);
        Assert.Equal(Math.Sqrt(2), score.Rmse!.Value, 1e-15);
        Assert.Equal(1 - (6.0 / 32), score.R2!.Value, 1e-15);
        Assert.Equal(2.0 / 3, score.IntervalCoverage!.Value, 1e-15);

        // squares vary with variance 3 (over n − 1): standard error of their mean 1, over 2√2
        Assert.Equal(1 / (2 * Math.Sqrt(2)), score.StandardError!.Value, 1e-15);
    }

    [Fact]
    public void R2_of_a_truth_that_does_not_vary_is_not_a_number_to_report() =>
        Assert.Null(Scoring.Regression([1, 2], [3, 3]).R2);

    [Fact]
    public void Shapes_that_do_not_match_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Scoring.Classification(Scores, 1, [0, 1], 2));
        Assert.Throws<ArgumentException>(() => Scoring.Regression([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Scoring.Regression([], []));
    }
}
