namespace SeedHead.Heads;

/// <summary>What the noise of a Gaussian process is chosen by.</summary>
internal enum NoiseChoice
{
    /// <summary>The calibrated log-loss of left-out scores for classes, the squared left-out error for numbers.</summary>
    LeaveOneOut,

    /// <summary>The marginal likelihood at its best output scale.</summary>
    MarginalLikelihood,
}

/// <summary>How a Gaussian process is fitted. Immutable.</summary>
internal sealed record GaussianProcessOptions
{
    /// <summary>10⁻⁶, 10⁻⁵, …, 10: ten times apart.</summary>
    public static IReadOnlyList<double> DefaultNoises { get; } = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10];

    /// <summary>Variances of the noise to choose from, relative to the mean diagonal of the kernel; 0 is none.</summary>
    /// <exception cref="ArgumentException">Empty, or one is negative or not finite.</exception>
    public IReadOnlyList<double> Noises { get; init => field = Checked(value); } = DefaultNoises;

    /// <summary>Whether targets are one-hot classes.</summary>
    public bool Classification { get; init; }

    /// <summary>What chooses.</summary>
    public NoiseChoice Choice { get; init; }

    /// <summary>Of more rows, noises are compared on a seeded sample of this many; the one chosen is then evaluated on all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two.</exception>
    public int SampleRows { get; init => field = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "SampleRows must be at least 2."); } = 2500;

    /// <summary>Seed of the sample.</summary>
    public ulong Seed { get; init; } = 42;

    private static IReadOnlyList<double> Checked(IReadOnlyList<double> noises)
    {
        int wrong = noises.Select((noise, i) => (noise, i)).FirstOrDefault(pair => !(pair.noise >= 0 && double.IsFinite(pair.noise)), (0, -1)).Item2;
        return noises.Count == 0 ? throw new ArgumentException("There is no noise to choose from. Give at least one, such as 0.01.", nameof(noises))
            : wrong < 0 ? noises
            : throw new ArgumentException($"Noise {wrong} is {noises[wrong]}. Give finite variances of at least 0, relative to the mean diagonal.", nameof(noises));
    }
}
