namespace SeedHead.Heads;

/// <summary>How a kernel ridge is solved by conjugate gradients. Immutable.</summary>
internal sealed record KernelRidgeOptions
{
    /// <summary>Noises compared where none are given.</summary>
    public static IReadOnlyList<double> DefaultNoises { get; } = [1e-3, 1e-2, 0.1];

    /// <summary>Variances of the noise to choose from, relative to the mean diagonal of the kernel, &gt; 0.</summary>
    /// <exception cref="ArgumentException">Empty, or one is not above 0 and finite.</exception>
    public IReadOnlyList<double> Noises
    {
        get;
        init => field = value.Count > 0 && value.All(noise => noise > 0 && double.IsFinite(noise)) ? value
            : throw new ArgumentException($"Noises are {(value.Count == 0 ? "none" : string.Join(", ", value))}. Conjugate gradients need finite variances above 0, at least one.", nameof(value));
    } = DefaultNoises;

    /// <summary>Whether targets are one-hot classes.</summary>
    public bool Classification { get; init; }

    /// <summary>Centres of the preconditioner, of which at most half of the rows are taken; 0: no preconditioner; null: an eighth of the rows, at most 2,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int? Centres { get; init => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Centres must be at least 0."); }

    /// <summary>‖y − (K + noise·I)α‖ over ‖y‖ at which an output is solved.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double Tolerance { get; init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Tolerance must lie in (0, 1)."); } = 1e-4;

    /// <summary>Iterations after which a solution is taken as it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one.</exception>
    public int MostIterations { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MostIterations must be at least 1."); } = 300;

    /// <summary>Seed of centres and of the validation part.</summary>
    public ulong Seed { get; init; } = 42;
}

/// <summary>One noise of a kernel ridge, learned from all rows but the validation part.</summary>
/// <param name="Noise">Relative to the mean diagonal.</param>
/// <param name="Rows">Rows learned from.</param>
/// <param name="Iterations">Products with the kernel.</param>
/// <param name="Residual">The largest relative residual of an output.</param>
/// <param name="Validation">Errors on the validation part.</param>
internal sealed record KernelRidgePoint(double Noise, int Rows, int Iterations, double Residual, LeaveOneOutErrors Validation)
{
    /// <summary>What the choice minimises: log-loss of classes, squared error of numbers.</summary>
    public double Criterion => Validation.LogLoss ?? Validation.Loss;
}
