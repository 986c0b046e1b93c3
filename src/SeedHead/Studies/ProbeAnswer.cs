using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>What the probe says.</summary>
internal enum ProbeVerdict
{
    /// <summary>A number of random features that was tried comes near the error of infinitely many, and training does not go below it.</summary>
    Suffices,

    /// <summary>More features than were tried come near the error of infinitely many, and training does not go below it.</summary>
    NeedsMore,

    /// <summary>Training reaches less than infinitely many random features do.</summary>
    Train,

    /// <summary>Nothing is learned, or the rows cannot tell the other three apart.</summary>
    CannotTell,
}

/// <summary>A relative error: the squared errors of all test rows over those of the mean.</summary>
/// <param name="At">Features, rows, or neurons.</param>
/// <param name="Error">Pooled over repeats; 1 is the error of the mean.</param>
/// <param name="StandardError">Of the pooled error, over test rows.</param>
/// <param name="Repeats">The error of each repeat.</param>
internal sealed record ProbePoint(double At, double Error, double StandardError, IReadOnlyList<double> Repeats);

/// <summary>A number with its 90 % interval.</summary>
/// <param name="Value">The median.</param>
/// <param name="Low">5 % lie below.</param>
/// <param name="High">5 % lie above; null where no bound was found.</param>
internal sealed record ProbeInterval(double Value, double Low, double? High);

/// <summary>Part of the target's energy.</summary>
/// <param name="Degree">Of the polynomial.</param>
/// <param name="Share">Of the target's variance; unbiased for normal inputs, so it may lie below 0; null where inputs are too far from normal.</param>
/// <param name="P">Share of permuted targets that reach it, the target itself counted.</param>
/// <param name="Explained">What polynomials of at most this degree explain of the test rows of the first repeat: 1 − error.</param>
internal sealed record ProbeShare(int Degree, double? Share, double P, double Explained);

/// <summary>What the probe found. Immutable.</summary>
internal sealed record ProbeAnswer
{
    /// <summary>The data's name.</summary>
    public required string Data { get; init; }

    /// <summary>Its hash.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>Rows looked at.</summary>
    public required int Rows { get; init; }

    /// <summary>Input columns once prepared.</summary>
    public required int Columns { get; init; }

    /// <summary>Rows that a fit learns from; errors hold for so many.</summary>
    public required int LearnedRows { get; init; }

    /// <summary>The verdict.</summary>
    public required ProbeVerdict Verdict { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>What it rests on, a sentence each.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>Features that suffice, where some do.</summary>
    public int? Sufficient { get; init; }

    /// <summary>How many times the largest width tried is needed, where more are.</summary>
    public ProbeInterval? Factor { get; init; }

    /// <summary>Errors by number of random features.</summary>
    public required IReadOnlyList<ProbePoint> Widths { get; init; }

    /// <summary>Errors of the largest width by number of rows learned from.</summary>
    public required IReadOnlyList<ProbePoint> RowCurve { get; init; }

    /// <summary>The error of infinitely many random features.</summary>
    public required ProbePoint Infinite { get; init; }

    /// <summary>The error of a small trained network of as many learned numbers; null where training diverged.</summary>
    public required ProbePoint? Trained { get; init; }

    /// <summary>The error after one gradient step on the first layer.</summary>
    public required ProbePoint Step { get; init; }

    /// <summary>error = a + b·N^−c.</summary>
    public required ProbeLaw Law { get; init; }

    /// <summary>The error at four times the largest width, as the law has it.</summary>
    public required ProbeInterval AtFourTimes { get; init; }

    /// <summary>error = a + b·n^−c in the rows learned from.</summary>
    public required ProbeLaw RowLaw { get; init; }

    /// <summary>The error with four times the rows, as that law has it.</summary>
    public required ProbeInterval AtFourTimesRows { get; init; }

    /// <summary>The target's energy by degree.</summary>
    public required IReadOnlyList<ProbeShare> Degrees { get; init; }

    /// <summary>Remarks.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Threads used.</summary>
    public int Threads { get; init; }

    /// <summary>Where the answer came from.</summary>
    public Manifest Manifest { get; init; } = Manifests.Of(0, "");
}
