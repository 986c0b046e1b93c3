using SeedHead.Data;
using SeedHead.Kernels;

namespace SeedHead.Studies;

/// <summary>How often neighbours vote for the class of a test row.</summary>
/// <param name="Nearness">What near means.</param>
/// <param name="Voters">How many vote.</param>
/// <param name="Accuracy">Share of test rows.</param>
internal sealed record NeighbourAccuracy(Nearness Nearness, int Voters, double Accuracy);

/// <summary>What a kernel sees in rows.</summary>
internal sealed record KernelSpectrumAnswer
{
    /// <summary>nngp or ntk.</summary>
    public required string Kind { get; init; }

    /// <summary>The architecture.</summary>
    public required string Net { get; init; }

    /// <summary>The law of its weights.</summary>
    public required string Prior { get; init; }

    /// <summary>n.</summary>
    public required int Rows { get; init; }

    /// <summary>Eigenvalues of the centred kernel matrix.</summary>
    public required KernelSpectrum Spectrum { get; init; }

    /// <summary>CKA with the classes, or null without classes.</summary>
    public required double? Alignment { get; init; }

    /// <summary>Accuracies on test rows; none without classes or test rows.</summary>
    public required IReadOnlyList<NeighbourAccuracy> Neighbours { get; init; }

    /// <summary>r.</summary>
    public required int Components { get; init; }

    /// <summary>Scores of the rows [n × r].</summary>
    public required double[] Scores { get; init; }

    /// <summary>The map, or null.</summary>
    public required PlaneMap? Map { get; init; }

    /// <summary>How it was made.</summary>
    public required MapMethod? MapMethod { get; init; }

    /// <summary>The classes of the rows, or null.</summary>
    public required ClassTarget? Labels { get; init; }

    /// <summary>Seconds it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The effective dimension at a penalty over the mean diagonal of the centred kernel.</summary>
    public Bounds EffectiveDimension(double penalty) => Spectrum.EffectiveDimension(penalty * Spectrum.Trace / Rows);
}
