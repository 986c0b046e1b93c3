namespace SeedHead.Models;

/// <summary>Architectures compared without training by the exact kernels of their infinitely wide forms.</summary>
/// <param name="Rows">Training rows they were compared on: all, or a seeded sample.</param>
/// <param name="By">What ranked them.</param>
/// <param name="Points">The architectures, the best first; it is the one chosen.</param>
public sealed record ArchitectureRanking(int Rows, NetChoice By, IReadOnlyList<ArchitecturePoint> Points);

/// <summary>One architecture of a ranking, at the noise that is best for it.</summary>
/// <param name="Net">The architecture, as <c>--net</c> reads it.</param>
/// <param name="Prior">The law of its weights, as <c>--prior</c> reads it.</param>
/// <param name="Noise">Variance of the noise, relative to the mean diagonal of the kernel.</param>
/// <param name="Error">Left-out misclassified share, or RMSE in target units.</param>
/// <param name="ErrorStandardError">Its standard error over rows.</param>
/// <param name="Loss">Mean left-out loss: log-loss of calibrated scores for classes (nats), squared error of targets of unit variance for numbers.</param>
/// <param name="LossStandardError">Its standard error over rows.</param>
/// <param name="LogMarginalLikelihood">Log density of all targets at the best output scale, nats.</param>
/// <param name="Difference"><paramref name="Loss"/> less that of the best, on the same rows.</param>
/// <param name="DifferenceStandardError">Standard error of that difference, from the differences row by row.</param>
/// <param name="Distinguishable">Whether the difference exceeds two of its standard errors.</param>
public sealed record ArchitecturePoint(
    string Net, string Prior, double Noise, double Error, double ErrorStandardError, double Loss, double LossStandardError,
    double LogMarginalLikelihood, double Difference, double DifferenceStandardError, bool Distinguishable);
