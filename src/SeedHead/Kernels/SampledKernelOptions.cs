using SeedHead.Data;

namespace SeedHead.Kernels;

/// <summary>What is averaged over random networks.</summary>
public enum SampledForm
{
    /// <summary>Products of outputs, the mean over a network's outputs: the neural network prior kernel.</summary>
    Outputs,

    /// <summary>The same kernel with the output layer's weights averaged by formula: σ_w²/W·h(x)·h(x′) + σ_b² of the W numbers h that the output layer reads.</summary>
    WithoutHeads,

    /// <summary>Products of derivatives to all weights and biases, each in its prior standard deviation, the mean over a network's outputs: the empirical tangent kernel.</summary>
    Tangent,
}

/// <summary>How a kernel is sampled.</summary>
public sealed record SampledKernelOptions
{
    /// <summary>The most rows whose statistics batch norms take when nothing else is asked for.</summary>
    public const int UsualNormRows = 2048;

    /// <summary>What is averaged.</summary>
    public SampledForm Form { get; init; }

    /// <summary>Rows whose pass gives batch norms their statistics, network by network: so many of the points, evenly spaced, or all where there are fewer. 0: mean 0 and variance 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int NormRows
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Batch norms take the statistics of 0 or more rows.");
    } = UsualNormRows;

    /// <summary>Other rows to take these statistics from, all of them; null for rows of the points.</summary>
    public Numbers? NormReference { get; init; }
}
