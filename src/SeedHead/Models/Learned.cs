using SeedHead.Heads;

namespace SeedHead.Models;

/// <summary>A model and how it came to be.</summary>
/// <param name="Model">The model.</param>
/// <param name="Widths">The widths tried, in order.</param>
/// <param name="Penalties">The penalty path at the final width.</param>
/// <param name="LeaveOneOut">Leave-one-out scores at the chosen penalty, or null where old rows are gone.</param>
public sealed record Learned(SeedHeadModel Model, IReadOnlyList<WidthPoint> Widths, IReadOnlyList<PenaltyPoint> Penalties, Score? LeaveOneOut);
