namespace SeedHead.Heads;

/// <summary>One noise of a Gaussian process, evaluated.</summary>
internal sealed record GaussianProcessPoint
{
    /// <summary>Variance of the noise, relative to the mean diagonal of the kernel.</summary>
    public required double Noise { get; init; }

    /// <summary>The same, in units of the kernel: M = K + this·I.</summary>
    public required double AbsoluteNoise { get; init; }

    /// <summary>Rows it was evaluated on: all, or a sample.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of outputs.</summary>
    public required int Outputs { get; init; }

    /// <summary>s² = Σ yᵀM⁻¹y/(nK): kernel and noise times s² have the largest marginal likelihood.</summary>
    public required double OutputScale { get; init; }

    /// <summary>log det M.</summary>
    public required double LogDeterminant { get; init; }

    /// <summary>Log density of all outputs under s²M, nats: −nK/2·(log(2πs²) + 1) − K/2·log det M.</summary>
    public required double LogMarginalLikelihood { get; init; }

    /// <summary>Log density of all outputs under M as given (s = 1), nats.</summary>
    public required double LogMarginalLikelihoodUnscaled { get; init; }

    /// <summary>Exact left-out residuals, scores and their losses; its leverages are 1 − noise·(M⁻¹)ᵢᵢ.</summary>
    public required LeaveOneOutErrors LeaveOneOut { get; init; }

    /// <summary>(M⁻¹)ᵢᵢ: the left-out variance of row i, noise included, is s² over this.</summary>
    public required double[] InverseDiagonal { get; init; }

    /// <summary>Mean log predictive density of a left-out value under kernel and noise times s², nats, over rows and outputs.</summary>
    public required double LeaveOneOutLogDensity { get; init; }

    /// <summary>What the choice minimises.</summary>
    public double Criterion(NoiseChoice choice) =>
        choice == NoiseChoice.MarginalLikelihood ? -LogMarginalLikelihood : LeaveOneOut.LogLoss ?? LeaveOneOut.Loss;
}
