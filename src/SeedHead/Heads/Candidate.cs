namespace SeedHead.Heads;

/// <summary>One penalty evaluated.</summary>
internal sealed class Candidate
{
    public required double Penalty { get; init; }

    public required double AbsolutePenalty { get; init; }

    public required double Condition { get; init; }

    public required double DegreesOfFreedom { get; init; }

    public required double GeneralisedCrossValidation { get; init; }

    /// <summary>What the leave-one-out pass found, or null where there was none.</summary>
    public LeaveOneOutErrors? Errors { get; init; }

    /// <summary>The coefficients (of features, or of rows in the dual form); null once the candidate is known to lose.</summary>
    public double[]? Coefficients { get; private set; }

    /// <summary>Whether the coefficients are already free of what float32 products cost them.</summary>
    public bool Refined { get; private set; }

    /// <summary>What the choice minimises: left-out log-loss for classes, squared error for numbers, GCV where no row could be left out.</summary>
    /// <remarks>For classes the squared error prefers larger penalties than the error rate does: it also counts what calibration repairs.</remarks>
    public double Criterion => Errors is { } errors ? errors.LogLoss ?? errors.Loss : GeneralisedCrossValidation;

    public Candidate With(double[] coefficients, bool refined = false)
    {
        Coefficients = coefficients;
        Refined = refined;
        return this;
    }

    public void Release()
    {
        Coefficients = null;
        Errors?.Release();
    }

    public PenaltyPoint Point(bool chosen) =>
        new(Penalty, Errors?.Loss, Errors?.StandardError, Errors?.Error, GeneralisedCrossValidation, DegreesOfFreedom, chosen)
        {
            LogLoss = Errors?.LogLoss,
        };

    /// <summary>n·RSS / (n − dof)² a output: the GCV estimate of the mean squared error.</summary>
    public static double Gcv(double residualSquares, double rows, double degreesOfFreedom, int outputs)
    {
        double free = Math.Max(rows - degreesOfFreedom, 1e-12 * rows);
        return rows * residualSquares / (outputs * free * free);
    }
}
