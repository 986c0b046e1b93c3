using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>The complexity of sequences of untrained transformers over activations, depths and scales of their layer norms. Immutable.</summary>
internal sealed record TransformerAnswer
{
    /// <summary>The measure's word in cells.</summary>
    public const string Measure = "lz78/length";

    /// <summary>What a value means.</summary>
    public const string Meaning = "phrases of the Lempel-Ziv parsing of 1978 over the length of a greedy sequence, its first token included";

    /// <summary>The network as asked for.</summary>
    public required string Net { get; init; }

    /// <summary>Sequences a cell.</summary>
    public required int Networks { get; init; }

    /// <summary>Tokens that follow the first one.</summary>
    public required int Length { get; init; }

    /// <summary>Whether network 0 made all sequences.</summary>
    public required bool SharesWeights { get; init; }

    /// <summary>All cells: depth by depth, in it activation by activation, in it scale by scale.</summary>
    public required IReadOnlyList<TransformerCell> Cells { get; init; }

    /// <summary>Complexity of a sequence of equal tokens.</summary>
    public required double Constant { get; init; }

    /// <summary>Mean complexity of random tokens.</summary>
    public required double Random { get; init; }

    /// <summary>Whether complexity rises with the norm scale: one an activation and depth; empty for one scale.</summary>
    public required IReadOnlyList<NormTrend> Trends { get; init; }

    /// <summary>Every activation against the first, at every depth and scale; empty for one activation.</summary>
    public required IReadOnlyList<ActivationContrast> Contrasts { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Threads used.</summary>
    public int Threads { get; init; }

    /// <summary>Where the answer came from.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Remarks a user should read.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>The sequences of one activation, depth and norm scale.</summary>
/// <param name="Activation">The activation, or "as written".</param>
/// <param name="Complexity">Their complexity: the scale is that of the norms, the depth counts attention layers.</param>
/// <param name="Sequences">The first few, prompts included; null for one that is not finite.</param>
internal sealed record TransformerCell(string Activation, ComplexityCell Complexity, IReadOnlyList<int[]?> Sequences);

/// <summary>The rank correlation of complexity and norm scale.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="Depth">Attention layers.</param>
/// <param name="Correlation">Mean over networks with its interval.</param>
/// <param name="OfMeans">The rank correlation of the cells' means.</param>
internal sealed record NormTrend(string Activation, int Depth, RankCorrelation Correlation, double OfMeans);

/// <summary>Two activations with the same weights and first tokens.</summary>
/// <param name="Activation">The one.</param>
/// <param name="Against">The other.</param>
/// <param name="Depth">Attention layers.</param>
/// <param name="NormScale">The norm scale.</param>
/// <param name="Difference">Mean difference of complexity.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="P">One-sided p of the paired t test, in the direction of the difference.</param>
internal sealed record ActivationContrast(string Activation, string Against, int Depth, double NormScale, double Difference, double StandardError, double P);
