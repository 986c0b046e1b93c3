using SeedHead.Heads;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>What limit kernels learn from data, depth by depth. Immutable.</summary>
internal sealed record KernelSolveAnswer
{
    /// <summary>The data.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>"nngp" or "ntk".</summary>
    public required string Kind { get; init; }

    /// <summary>"exact" or "conjugate gradients".</summary>
    public required string Solver { get; init; }

    /// <summary>What chose noise and depth.</summary>
    public required NoiseChoice Choice { get; init; }

    /// <summary>The prior's text.</summary>
    public required string Prior { get; init; }

    /// <summary>Every depth tried, in the order asked for.</summary>
    public required IReadOnlyList<KernelDepth> Depths { get; init; }

    /// <summary>The depth with the least criterion.</summary>
    public required KernelDepth Chosen { get; init; }

    /// <summary>On the training rows.</summary>
    public required Score Train { get; init; }

    /// <summary>On the test rows, or null.</summary>
    public Score? Test { get; init; }

    /// <summary>Regression, exact: mean over test rows of the log loss less that of a normal law with the training rows' mean and variance, nats; negative is better.</summary>
    public double? MeanStandardisedLogLoss { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public required Seconds Seconds { get; init; }

    /// <summary>Largest resident memory.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>Worker threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Where the answer came from.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Remarks a user should see.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Predictions of the test rows [m × K], row after row: probabilities, or numbers in target units; empty without test rows.</summary>
    public IReadOnlyList<float> Predictions { get; init; } = [];
}

/// <summary>One depth of a limit kernel, learned from.</summary>
internal sealed record KernelDepth
{
    /// <summary>Hidden layers.</summary>
    public required int Depth { get; init; }

    /// <summary>The network's text.</summary>
    public required string Net { get; init; }

    /// <summary>The noise chosen, relative to the mean diagonal.</summary>
    public required double Noise { get; init; }

    /// <summary>The noises compared.</summary>
    public required IReadOnlyList<KernelNoise> Noises { get; init; }

    /// <summary>On left-out rows: every row in turn (exact), or a seeded validation part (conjugate gradients).</summary>
    public required Score LeftOut { get; init; }

    /// <summary>What the choice of the depth minimises: log-loss of left-out classes, squared error of left-out numbers; or minus the marginal likelihood.</summary>
    public required double Criterion { get; init; }

    /// <summary>Log density of all targets at the best output scale, nats; exact only.</summary>
    public double? LogMarginalLikelihood { get; init; }

    /// <summary>s²; exact only.</summary>
    public double? OutputScale { get; init; }

    /// <summary>Mean log density of a left-out value, nats; exact only.</summary>
    public double? LeaveOneOutLogDensity { get; init; }

    /// <summary>Seconds for the kernel of the training rows.</summary>
    public required double KernelSeconds { get; init; }

    /// <summary>Seconds for all that is solved.</summary>
    public required double SolveSeconds { get; init; }
}

/// <summary>One noise compared.</summary>
/// <param name="Noise">Relative to the mean diagonal.</param>
/// <param name="Rows">Rows it was learned from.</param>
/// <param name="Loss">Mean squared error of left-out values, targets scaled to deviation 1 where they are numbers.</param>
/// <param name="LogLoss">Log-loss of calibrated left-out scores, or null.</param>
/// <param name="Error">Left-out misclassified share, or root of the loss.</param>
/// <param name="LogMarginalLikelihood">At the best output scale; exact only.</param>
/// <param name="Iterations">Of conjugate gradients, else null.</param>
/// <param name="Residual">Largest relative residual of an output; conjugate gradients only.</param>
internal sealed record KernelNoise(
    double Noise, int Rows, double Loss, double? LogLoss, double Error, double? LogMarginalLikelihood = null, int? Iterations = null, double? Residual = null);
