using SeedHead.Complexity;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>The complexity of untrained networks over weight scales and depths. Immutable.</summary>
public sealed record ComplexityAnswer
{
    /// <summary>The network as asked for.</summary>
    public required string Net { get; init; }

    /// <summary>The law of its weights at scale 1.</summary>
    public required string Prior { get; init; }

    /// <summary>Points of an axis or a path.</summary>
    public required int Side { get; init; }

    /// <summary>Networks a cell.</summary>
    public required int Networks { get; init; }

    /// <summary>The measures, in the order asked for.</summary>
    public required IReadOnlyList<MeasureSummary> Measures { get; init; }

    /// <summary>The scales, in the order asked for.</summary>
    public required IReadOnlyList<double> Scales { get; init; }

    /// <summary>The depths: hidden layers.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>All cells: depth by depth, in it scale by scale, in it measure by measure.</summary>
    public required IReadOnlyList<ComplexityCell> Cells { get; init; }

    /// <summary>How measures agree over the cells, pair by pair; empty for one measure or fewer than four cells.</summary>
    public IReadOnlyList<MeasureCorrelation> Correlations { get; init; } = [];

    /// <summary>For each depth the scale that meets the value asked for; empty when none was.</summary>
    public IReadOnlyList<ReachedScale> Reached { get; init; } = [];

    /// <summary>The complexity of a data set's target, or null.</summary>
    public TargetComplexity? Target { get; init; }

    /// <summary>Power by frequency at every cell; empty when it was not asked for.</summary>
    public IReadOnlyList<PowerShares> Spectra { get; init; } = [];

    /// <summary>Pictures of network 0 at some cells.</summary>
    public IReadOnlyList<FunctionThumbnail> Thumbnails { get; init; } = [];

    /// <summary>Wall-clock seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Threads used.</summary>
    public int Threads { get; init; }

    /// <summary>Where the answer came from.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Remarks a user should read.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A measure in words.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Meaning">What a value means.</param>
public sealed record MeasureSummary(string Name, string Meaning);

/// <summary>One measure of the networks of one scale and depth.</summary>
/// <param name="Measure">The measure's word.</param>
/// <param name="Net">The network at this depth.</param>
/// <param name="Scale">What the prior's scale was multiplied by.</param>
/// <param name="Depth">Hidden layers.</param>
/// <param name="Values">One a network; those without a value say why.</param>
public sealed record ComplexityCell(string Measure, string Net, double Scale, int Depth, IReadOnlyList<ComplexityValue> Values)
{
    /// <summary>Networks drawn.</summary>
    public int Networks => Values.Count;

    /// <summary>Networks without a value.</summary>
    public int Undefined => Values.Count(value => !value.IsDefined);

    /// <summary>Mean over the networks that have a value, or null.</summary>
    public double? Mean => Defined is { Length: > 0 } defined ? defined.Average() : null;

    /// <summary>Standard deviation over networks (n − 1), or null for fewer than two values.</summary>
    public double? Deviation
    {
        get
        {
            double[] defined = Defined;
            double mean = Mean ?? 0;
            return defined.Length < 2 ? null : Math.Sqrt(defined.Sum(value => (value - mean) * (value - mean)) / (defined.Length - 1));
        }
    }

    /// <summary>Standard error of the mean, or null.</summary>
    public double? StandardError => Deviation / Math.Sqrt(Networks - Undefined);

    /// <summary>How many networks have no value, by cause.</summary>
    public IReadOnlyDictionary<UndefinedCause, int> Causes =>
        Values.Where(value => !value.IsDefined).GroupBy(value => value.Cause).ToDictionary(group => group.Key, group => group.Count());

    private double[] Defined => [.. Values.Where(value => value.IsDefined).Select(value => value.Value)];

    internal static string Word(UndefinedCause cause) => cause switch
    {
        UndefinedCause.Constant => "constant",
        UndefinedCause.NotFinite => "with an infinity or NaN",
        UndefinedCause.BelowRounding => "below rounding in double",
        _ => "not resolved at this grid",
    };
}

/// <summary>The scale at which the mean complexity of the first measure meets a value.</summary>
/// <param name="Depth">Hidden layers.</param>
/// <param name="Value">The value asked for.</param>
/// <param name="Scale">The scale, or null where no two neighbouring scales have the value between them.</param>
/// <param name="StandardError">Its standard error: that of the mean over the slope of the mean; null without a scale or a spread.</param>
/// <param name="Mean">The mean at the scale.</param>
/// <param name="Least">The least mean of the map at this depth, or null.</param>
/// <param name="Greatest">The greatest.</param>
public sealed record ReachedScale(int Depth, double Value, double? Scale, double? StandardError, double? Mean, double? Least, double? Greatest);

/// <summary>A function as a picture: 0 at its least value, 255 at its greatest; white where it is not finite.</summary>
/// <param name="Scale">The cell's scale.</param>
/// <param name="Depth">The cell's depth.</param>
/// <param name="Side">Pixels a side.</param>
/// <param name="Pixels">Row after row: down is the first input, right the second, from −1 to 1.</param>
public sealed record FunctionThumbnail(double Scale, int Depth, int Side, byte[] Pixels);
