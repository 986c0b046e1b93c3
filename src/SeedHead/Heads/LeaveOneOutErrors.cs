using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>Leave-one-out errors eᵢ = rᵢ/(1 − hᵢ) of the rows visited, and what they sum up to.</summary>
/// <remarks>The residual of row i refitted without it, exact for a ridge with a free intercept at one absolute penalty.</remarks>
internal sealed class LeaveOneOutErrors(int rows, int outputs, bool classification)
{
    private const int RowsCalibrated = 8192; // rows that set T where penalties are compared

    private readonly int[]? truth = classification && outputs > 1 ? new int[rows] : null;
    private double sum, squares;
    private long wrong;

    /// <summary>Left-out scores [r × K]; null once released.</summary>
    public float[]? Scores { get; private set; } = new float[checked(rows * outputs)];

    /// <summary>hᵢ [r]; null once released.</summary>
    public double[]? Leverages { get; private set; } = new double[rows];

    /// <summary>Mean over rows and outputs of e².</summary>
    public double Loss => sum / rows;

    /// <summary>Standard error of <see cref="Loss"/> over rows.</summary>
    public double StandardError => Math.Sqrt(Math.Max((squares / rows) - (Loss * Loss), 0) / Math.Max(rows - 1, 1));

    /// <summary>Misclassified share, or root of the loss.</summary>
    public double Error => classification ? (double)wrong / rows : Math.Sqrt(Loss);

    /// <summary>Mean log-loss of the calibrated left-out scores: for two and more classes, once all rows are added.</summary>
    public double? LogLoss { get; private set; }

    /// <summary>To be called once all rows are added.</summary>
    public LeaveOneOutErrors Finished(Team team)
    {
        if (truth is not null)
        {
            var (some, classes) = Some();
            LogLoss = Calibration.LogLoss(team, Scores!, truth, Calibration.Temperature(team, some, classes, rows));
        }

        return this;
    }

    /// <summary>T of <see cref="Calibration"/> fitted to all left-out scores; null for fewer than two classes.</summary>
    public double? Temperature(Team team) => truth is null ? null : Calibration.Temperature(team, Scores!, truth);

    // Every so-manieth row, so that comparing penalties stays cheap.
    private (float[] Scores, int[] Truth) Some()
    {
        int step = (rows + RowsCalibrated - 1) / RowsCalibrated;
        if (step <= 1)
        {
            return (Scores!, truth!);
        }

        var some = new float[(rows + step - 1) / step * outputs];
        var classes = new int[some.Length / outputs];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = truth![i * step];
            Scores.AsSpan(i * step * outputs, outputs).CopyTo(some.AsSpan(i * outputs));
        }

        return (some, classes);
    }

    public void Add(int index, ReadOnlySpan<float> targets, ReadOnlySpan<double> errors, double leverage)
    {
        double square = 0;
        var scores = Scores.AsSpan(index * outputs, outputs);
        for (int k = 0; k < outputs; k++)
        {
            square += errors[k] * errors[k];
            scores[k] = (float)(targets[k] - errors[k]);
        }

        square /= outputs;
        sum += square;
        squares += square * square;
        wrong += classification && !SameClass(index, targets, scores) ? 1 : 0;
        Leverages![index] = leverage;
    }

    public void Release()
    {
        Scores = null;
        Leverages = null;
    }

    private bool SameClass(int index, ReadOnlySpan<float> targets, ReadOnlySpan<float> scores)
    {
        if (truth is null)
        {
            return targets[0] > 0 == scores[0] > 0;
        }

        truth[index] = Scoring.Largest(targets);
        return truth[index] == Scoring.Largest(scores);
    }
}
