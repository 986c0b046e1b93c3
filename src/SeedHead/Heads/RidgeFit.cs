namespace SeedHead.Heads;

/// <summary>A fitted ridge: scores are φᵀ·Weights + Intercepts.</summary>
internal sealed record RidgeFit
{
    /// <summary>[D × K], row after row, for the features as they come.</summary>
    public required float[] Weights { get; init; }

    /// <summary>[K].</summary>
    public required float[] Intercepts { get; init; }

    /// <summary>λ, relative to the mean diagonal of the centred Gram over features with variance.</summary>
    public required double Penalty { get; init; }

    /// <summary>What is added to the diagonal.</summary>
    public required double AbsolutePenalty { get; init; }

    /// <summary>The penalties evaluated, ascending, one of them chosen.</summary>
    public required IReadOnlyList<PenaltyPoint> Path { get; init; }

    /// <summary>"leave-one-out", "leave-one-out on N sampled rows" or "generalised cross-validation".</summary>
    public required string Selection { get; init; }

    /// <summary>"primal" or "dual".</summary>
    public required string Form { get; init; }

    /// <summary>Condition number of the penalised Gram; from a factor an estimate from below, usually within a factor of 2.</summary>
    public required double Condition { get; init; }

    /// <summary>Trace of the hat matrix, intercept included; from a factor and sampled rows n times their mean leverage.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>Leave-one-out at the chosen penalty, or null where only sums were known.</summary>
    public LeaveOneOut? LeaveOneOut { get; init; }

    /// <summary>T of <see cref="Calibration"/>, fitted on the leave-one-out scores of two and more classes; else null.</summary>
    public double? Temperature { get; init; }

    /// <summary>The sums, when they were to be kept; the caller disposes of them.</summary>
    public GramSums? Sums { get; init; }

    /// <summary>What a user should know: penalties raised, …</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>What the ridge says of each row when fitted, with the same penalty, features and scales, without that row.</summary>
/// <param name="Rows">Row indices, ascending.</param>
/// <param name="Scores">[r × K], in target units.</param>
/// <param name="Leverages">hᵢ [r], the diagonal of the hat matrix, intercept included.</param>
internal sealed record LeaveOneOut(int[] Rows, float[] Scores, double[] Leverages);
