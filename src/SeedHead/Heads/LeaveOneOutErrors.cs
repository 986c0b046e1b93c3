namespace SeedHead.Heads;

/// <summary>Leave-one-out errors eᵢ = rᵢ/(1 − hᵢ) of the rows visited, and what they sum up to.</summary>
/// <remarks>The residual of row i refitted without it, exact for a ridge with a free intercept at one absolute penalty.</remarks>
internal sealed class LeaveOneOutErrors(int rows, int outputs, bool classification)
{
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
        wrong += classification && !SameClass(targets, scores) ? 1 : 0;
        Leverages![index] = leverage;
    }

    public void Release()
    {
        Scores = null;
        Leverages = null;
    }

    private static bool SameClass(ReadOnlySpan<float> targets, ReadOnlySpan<float> scores) =>
        targets.Length == 1 ? targets[0] > 0 == scores[0] > 0 : Scoring.Largest(targets) == Scoring.Largest(scores);
}
