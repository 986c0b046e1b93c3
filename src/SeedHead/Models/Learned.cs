using SeedHead.Features;
using SeedHead.Heads;

namespace SeedHead.Models;

/// <summary>A model and how it came to be.</summary>
/// <param name="Model">The model.</param>
/// <param name="Widths">The widths tried, in order.</param>
/// <param name="Penalties">The penalty path at the final width.</param>
/// <param name="LeaveOneOut">Leave-one-out scores at the chosen penalty, or null where old rows are gone.</param>
public sealed record Learned(SeedHeadModel Model, IReadOnlyList<WidthPoint> Widths, IReadOnlyList<PenaltyPoint> Penalties, Score? LeaveOneOut)
{
    /// <summary>The architectures compared, where <see cref="LearnOptions.ChooseNet"/> asked for it; else null.</summary>
    public ArchitectureRanking? Architectures { get; init; }

    /// <summary>The features that were made, choices included.</summary>
    internal FeatureOptions? Features { get; init; }
}
