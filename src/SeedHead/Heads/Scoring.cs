using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>Scores of predictions against the truth.</summary>
internal static class Scoring
{
    /// <summary>The least probability the log-loss counts: a certain mistake costs 16.1 nats, not infinity.</summary>
    public const double LeastProbability = 1e-7;

    /// <summary>Bins of the reliability diagram.</summary>
    public const int Bins = 15;

    /// <summary>Scores of a classifier.</summary>
    /// <param name="scores">[n × K], row after row; the largest decides, the first of equals.</param>
    /// <param name="temperature">T of <see cref="Calibration"/>.</param>
    /// <param name="truth">True classes [n]; −1 is a class never seen in training: a mistake, of probability <see cref="LeastProbability"/>, and in no
    /// row of the confusion matrix.</param>
    /// <param name="classes">K.</param>
    public static Score Classification(ReadOnlySpan<float> scores, double temperature, ReadOnlySpan<int> truth, int classes)
    {
        if (truth.Length == 0 || scores.Length != (long)truth.Length * classes)
        {
            throw new ArgumentException($"{scores.Length} scores do not make {truth.Length} rows of {classes} classes. Pass [n × K], n ≥ 1.", nameof(scores));
        }

        var confusion = new int[classes][];
        for (int k = 0; k < classes; k++)
        {
            confusion[k] = new int[classes];
        }

        var bins = new (int Count, double Confidence, int Right)[Bins];
        var probabilities = new float[classes];
        double loss = 0;
        int right = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            var row = scores.Slice(i * classes, classes);
            Calibration.Probabilities(row, temperature, probabilities);
            int predicted = Largest(row), bin = Bin(probabilities[predicted]), hit = predicted == truth[i] ? 1 : 0;
            loss -= Elementary.Log(Math.Max(truth[i] < 0 ? 0 : probabilities[truth[i]], LeastProbability));
            right += hit;
            bins[bin] = (bins[bin].Count + 1, bins[bin].Confidence + probabilities[predicted], bins[bin].Right + hit);
            if (truth[i] >= 0)
            {
                confusion[truth[i]][predicted]++;
            }
        }

        double n = truth.Length, accuracy = right / n;
        return new Score
        {
            Rows = truth.Length,
            Accuracy = accuracy,
            LogLoss = loss / n,
            ExpectedCalibrationError = bins.Sum(bin => Math.Abs(bin.Right - bin.Confidence)) / n,
            Confusion = confusion,
            Calibration = [.. bins.Select(bin => bin.Count == 0 ? new CalibrationBin(0, 0, 0)
                : new CalibrationBin(bin.Count, bin.Confidence / bin.Count, (double)bin.Right / bin.Count))],
            StandardError = Math.Sqrt(accuracy * (1 - accuracy) / n),
        };
    }

    /// <summary>Scores of a regression.</summary>
    /// <param name="predictions">[n], in target units.</param>
    /// <param name="truth">[n].</param>
    /// <param name="halfWidths">Half widths of the predictive intervals [n], or empty.</param>
    /// <remarks>The standard error of RMSE is that of the mean squared error over 2·RMSE. R² is null where the truth does not vary.</remarks>
    public static Score Regression(ReadOnlySpan<double> predictions, ReadOnlySpan<double> truth, ReadOnlySpan<double> halfWidths = default)
    {
        if (truth.Length == 0 || predictions.Length != truth.Length || (halfWidths.Length != 0 && halfWidths.Length != truth.Length))
        {
            throw new ArgumentException(
                $"{predictions.Length} predictions and {halfWidths.Length} intervals for {truth.Length} rows. Pass one a row, n ≥ 1.", nameof(predictions));
        }

        double n = truth.Length, mean = 0, squares = 0, fourths = 0, deviation = 0;
        int covered = 0;
        foreach (double value in truth)
        {
            mean += value / n;
        }

        for (int i = 0; i < truth.Length; i++)
        {
            double error = predictions[i] - truth[i], square = error * error;
            squares += square;
            fourths += square * square;
            deviation += (truth[i] - mean) * (truth[i] - mean);
            covered += halfWidths.Length != 0 && Math.Abs(error) <= halfWidths[i] ? 1 : 0;
        }

        double mse = squares / n, rmse = Math.Sqrt(mse);
        double spread = n > 1 ? Math.Sqrt(Math.Max((fourths / n) - (mse * mse), 0) / (n - 1)) : 0;
        return new Score
        {
            Rows = truth.Length,
            Rmse = rmse,
            R2 = deviation > 0 ? 1 - (squares / deviation) : null,
            IntervalCoverage = halfWidths.Length == 0 ? null : covered / n,
            StandardError = rmse > 0 ? spread / (2 * rmse) : 0,
        };
    }

    /// <summary>The place of the largest score, the first of equals.</summary>
    public static int Largest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int k = 1; k < scores.Length; k++)
        {
            best = scores[k] > scores[best] ? k : best;
        }

        return best;
    }

    // Bins are [b/15, (b + 1)/15), the last one with its upper end.
    private static int Bin(double confidence) => Math.Min((int)(confidence * Bins), Bins - 1);
}
