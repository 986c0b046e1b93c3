using SeedHead.Features;

namespace SeedHead.Models;

/// <summary>What to learn and with which features. Everything here can change the result; how it runs is <see cref="Execution"/>.</summary>
public sealed record LearnOptions
{
    /// <summary>Which features; null takes <c>images</c> for image data and <c>hidden</c> for the rest.</summary>
    public FeatureOptions? Features { get; init; }

    /// <summary>Chooses the network behind <c>hidden</c> or <c>outputs</c> and its prior without training, by this; null: as <see cref="Features"/> says.</summary>
    public NetChoice? ChooseNet { get; init; }

    /// <summary>Number of features, ≥ 1; null doubles the width until the leave-one-out error stops improving by more than its standard error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? Width
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The width must be at least 1 feature (or null for automatic).");
    }

    /// <summary>The seed of every random number.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Bytes the fit may be forecast to need, or null for no limit.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Seconds the fit may be forecast to take at the nominal speed of <see cref="Forecast"/>, or null for no limit.</summary>
    public double? TimeLimit { get; init; }

    /// <summary>Keeps ΦᵀΦ in the model, so that it can update, merge, forget and judge leverage.</summary>
    public bool KeepGram { get; init; }

    /// <summary>Candidate penalties relative to the mean diagonal of the centred Gram, or null for the default path.</summary>
    public IReadOnlyList<double>? Penalties { get; init; }

    /// <summary>
    /// One pass over the rows: with more than 8,192 rows 1,024 sampled ones are left out one by one in place of all, and coefficients keep the
    /// rounding of float32 products. Two to three times faster; the choice of the penalty, calibration and intervals rest on fewer rows.
    /// </summary>
    public bool Quick { get; init; }

    /// <summary>A model whose preprocessing, features and seed are taken over, so that the two can be merged.</summary>
    public SeedHeadModel? Like { get; init; }

    /// <summary>The options as a user gave them, for the manifest.</summary>
    public string Text { get; init; } = "";
}
