using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Heads;

namespace SeedHead.Models;

/// <summary>Targets of kernel methods: one-hot classes, or numbers scaled to mean 0 and deviation 1; and the scores of what is predicted for them.</summary>
internal sealed unsafe class KernelTargets : IDisposable
{
    private readonly Outcome outcome;
    private readonly Target train;
    private readonly NativeBuffer<double> values;

    public KernelTargets(Target train)
    {
        this.train = train;
        outcome = Outcome.Of(train);
        values = new((long)train.Count * outcome.Outputs);
        Strided<double> to = Values;
        for (int i = 0; i < train.Count; i++)
        {
            if (train is ClassTarget classes)
            {
                to[i, classes.Codes[i]] = 1;
            }
            else if (outcome is NumberOutcome number)
            {
                to[i, 0] = (((NumberTarget)train).Values[i] - number.Mean) / number.Scale;
            }
        }
    }

    public bool Classification => outcome is ClassOutcome;

    /// <summary>The class names, or null for numbers.</summary>
    public IReadOnlyList<string>? Classes => (outcome as ClassOutcome)?.Classes;

    public int Outputs => outcome.Outputs;

    public int Rows => train.Count;

    /// <summary>Y [n × K].</summary>
    public Strided<double> Values => Strided<double>.RowMajor(values, train.Count, Outputs);

    /// <summary>The deviation numbers were divided by; 1 for classes.</summary>
    public double Scale => outcome is NumberOutcome number ? number.Scale : 1;

    /// <summary>Scores of predictions [m × K] for a target of the same kind.</summary>
    /// <param name="target">The truth.</param>
    /// <param name="predictions">In the units of <see cref="Values"/>.</param>
    /// <param name="temperature">Of classes.</param>
    /// <param name="deviations">Predictive deviations [m] in the same units, for 90 % intervals; or empty.</param>
    public Score Score(Target target, Strided<double> predictions, double temperature, ReadOnlySpan<double> deviations = default)
    {
        const double ninety = 1.6448536269514722;
        if (outcome is ClassOutcome classes)
        {
            return Scoring.Classification(Floats(predictions), temperature, classes.Codes(target), Outputs);
        }

        var number = (NumberOutcome)outcome;
        double[] found = [.. Enumerable.Range(0, target.Count).Select(i => (predictions[i, 0] * number.Scale) + number.Mean)];
        double[] widths = new double[deviations.Length];
        for (int i = 0; i < widths.Length; i++)
        {
            widths[i] = ninety * deviations[i] * number.Scale;
        }

        return Scoring.Regression(found, number.Values(target), widths);
    }

    /// <summary>The score of left-out scores of training rows; of all, or of some.</summary>
    public Score LeftOut(LeaveOneOutErrors errors, double temperature, int[]? some = null)
    {
        Target target = some is null ? train : train.Select(some);
        using var buffer = new NativeBuffer<double>(errors.Scores!.Length);
        for (int i = 0; i < errors.Scores.Length; i++)
        {
            buffer.Pointer[i] = errors.Scores[i];
        }

        return Score(target, Strided<double>.RowMajor(buffer, target.Count, Outputs), temperature);
    }

    /// <summary>Probabilities of classes, or numbers in target units.</summary>
    public float[] Readable(Strided<double> predictions, double temperature)
    {
        float[] read = Floats(predictions);
        for (int i = 0; i < predictions.Rows; i++)
        {
            Span<float> row = read.AsSpan(i * Outputs, Outputs);
            if (outcome is NumberOutcome number)
            {
                row[0] = (float)((predictions[i, 0] * number.Scale) + number.Mean);
            }
            else
            {
                Calibration.Probabilities(row, temperature, row);
            }
        }

        return read;
    }

    /// <summary>Mean over rows of the log loss of N(mean, deviation²) less that of a standard normal law, the law of the training targets.</summary>
    public double StandardisedLogLoss(Target target, Strided<double> predictions, double[] deviations)
    {
        var number = (NumberOutcome)outcome;
        double[] truth = number.Values(target);
        double sum = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            double y = (truth[i] - number.Mean) / number.Scale, e = (y - predictions[i, 0]) / deviations[i];
            sum += Elementary.Log(deviations[i]) + (0.5 * ((e * e) - (y * y)));
        }

        return sum / truth.Length;
    }

    public void Dispose() => values.Dispose();

    private static float[] Floats(Strided<double> from)
    {
        var to = new float[checked(from.Rows * from.Columns)];
        for (long i = 0; i < from.Rows; i++)
        {
            for (long k = 0; k < from.Columns; k++)
            {
                to[(i * from.Columns) + k] = (float)from[i, k];
            }
        }

        return to;
    }
}
