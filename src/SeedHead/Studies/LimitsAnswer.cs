using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>What a study of the limits of random features found. Immutable.</summary>
public sealed record LimitsAnswer
{
    /// <summary>The study's word, e.g. "E1".</summary>
    public required string Study { get; init; }

    /// <summary>The study in a sentence.</summary>
    public required string Title { get; init; }

    /// <summary>What the curves run over, e.g. "features".</summary>
    public required string Axis { get; init; }

    /// <summary>What the values are, e.g. "relative error".</summary>
    public required string Quantity { get; init; }

    /// <summary>The target, the features, the weights allowed and what an error of 1 means: a limit holds under these and no others.</summary>
    public required string Quantifiers { get; init; }

    /// <summary>The curves.</summary>
    public required IReadOnlyList<LimitsCurve> Curves { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Threads used.</summary>
    public int Threads { get; init; }

    /// <summary>Where the answer came from.</summary>
    public required Manifest Manifest { get; init; }

    /// <summary>Remarks a user should read.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A curve.</summary>
/// <param name="Label">What sets it apart from others of the same dimension; empty when nothing does.</param>
/// <param name="Dimension">d; 0 where the points run over dimensions or none is meant.</param>
/// <param name="Points">Its points.</param>
public sealed record LimitsCurve(string Label, int Dimension, IReadOnlyList<LimitsPoint> Points)
{
    /// <summary>The slope of ln mean on the logarithm of the axis (on the axis itself where the study says so), by least squares; null where it is not asked for.</summary>
    public double? Slope { get; init; }

    /// <summary>The slope theory expects, or null.</summary>
    public double? ExpectedSlope { get; init; }
}

/// <summary>A point of a curve.</summary>
/// <param name="At">Place on the axis.</param>
/// <param name="Mean">Mean over targets and draws.</param>
/// <param name="Min">The least value of any target and draw.</param>
/// <param name="Max">The greatest.</param>
public sealed record LimitsPoint(double At, double Mean, double Min, double Max)
{
    /// <summary>Standard error of the mean, from the means of draws; null for one draw.</summary>
    public double? StandardError { get; init; }

    /// <summary>Standard deviation over targets of one draw, over the mean; null for one target.</summary>
    public double? Spread { get; init; }

    /// <summary>The bound of theory, or null.</summary>
    public double? Bound { get; init; }
}
