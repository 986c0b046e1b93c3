namespace SeedHead.Models;

/// <summary>What ranks architectures that are compared without training.</summary>
public enum NetChoice
{
    /// <summary>The calibrated log-loss of left-out scores for classes, the squared left-out error for numbers.</summary>
    LeaveOneOut,

    /// <summary>The marginal likelihood at its best output scale.</summary>
    MarginalLikelihood,
}
