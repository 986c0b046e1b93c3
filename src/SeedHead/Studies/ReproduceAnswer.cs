using System.Text.Json.Nodes;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>What was found of a paper: all that the command prints and the page draws. Immutable.</summary>
internal sealed record ReproduceAnswer
{
    /// <summary>The paper's name, as the command knows it.</summary>
    public required string Paper { get; init; }

    /// <summary>Authors, title, year.</summary>
    public required string Source { get; init; }

    /// <summary>The paper's findings, decided.</summary>
    public required IReadOnlyList<Check> Checks { get; init; }

    /// <summary>What stands beside our numbers: a column's head, and the same in words.</summary>
    public (string Head, string Words) Beside { get; init; } = ("published", "the paper's numbers");

    /// <summary>The studies with their tables and figures, in order.</summary>
    public required IReadOnlyList<StudyResult> Studies { get; init; }

    /// <summary>Every cell as it is kept.</summary>
    public required IReadOnlyList<JsonObject> Cells { get; init; }

    /// <summary>How it was done: protocol, data, what differs from the paper.</summary>
    public required IReadOnlyList<(string Name, string Value)> Protocol { get; init; }

    /// <summary>Remarks a reader should see.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Wall-clock seconds of all cells, those of earlier runs included.</summary>
    public double Seconds { get; init; }

    /// <summary>Where the answer came from.</summary>
    public required Manifest Manifest { get; init; }
}

/// <summary>One finding of a paper as a statement that holds or does not.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Finding">The statement in words.</param>
/// <param name="Statistic">What was computed, with its unit.</param>
/// <param name="Threshold">What it is held against, e.g. "≤ 3.5"; "reported" where nothing is decided.</param>
/// <param name="Holds">Whether it holds; null where nothing is decided.</param>
/// <param name="Published">The paper's numbers for it.</param>
/// <param name="Ours">The statistic, or null where it could not be computed.</param>
/// <param name="Evidence">Means, spread, t and p in words.</param>
internal sealed record Check(string Id, string Finding, string Statistic, string Threshold, bool? Holds, string Published, double? Ours, string Evidence);

/// <summary>One study of a paper.</summary>
/// <param name="Id">Its name, e.g. "B1".</param>
/// <param name="Title">What it asks.</param>
/// <param name="Tables">Its tables.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Comparisons">Its figures of things that have names instead of numbers.</param>
/// <param name="Text">What is to be said of it.</param>
internal sealed record StudyResult(
    string Id, string Title, IReadOnlyList<ResultTable> Tables, IReadOnlyList<Figure> Figures, IReadOnlyList<Comparison> Comparisons, string Text = "")
{
    /// <summary>Its maps.</summary>
    public IReadOnlyList<HeatMap> Maps { get; init; } = [];

    /// <summary>Its pictures.</summary>
    public IReadOnlyList<PictureGrid> Pictures { get; init; } = [];

    /// <summary>Its rows in the plane.</summary>
    public IReadOnlyList<ClassMap> Planes { get; init; } = [];
}

/// <summary>A table of texts; the first column names the row.</summary>
/// <param name="Name">A short name for files, e.g. "b1-fractions".</param>
/// <param name="Caption">What it shows, with units.</param>
/// <param name="Heads">Names of its columns.</param>
/// <param name="Rows">Rows of as many texts.</param>
internal sealed record ResultTable(string Name, string Caption, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A figure of points with their spread.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="X">The horizontal axis with its unit.</param>
/// <param name="Y">The vertical axis with its unit.</param>
/// <param name="LogX">Whether equal factors take equal lengths along x.</param>
/// <param name="Series">What is drawn, in order.</param>
/// <param name="Description">The figure in words.</param>
internal sealed record Figure(string Title, string X, string Y, bool LogX, IReadOnlyList<Series> Series, string Description)
{
    /// <summary>Whether equal factors take equal lengths upwards; all values are above 0 then.</summary>
    public bool LogY { get; init; }

    /// <summary>What has to be known to read it, printed below; empty: nothing.</summary>
    public string Note { get; init; } = "";
}

/// <summary>How points of a series are drawn.</summary>
internal enum SeriesKind
{
    /// <summary>Points with bars of their spread, joined by lines.</summary>
    Line,

    /// <summary>Points with bars of their spread.</summary>
    Points,

    /// <summary>A dashed line without points: a fit, or published numbers.</summary>
    Dashed,

    /// <summary>Joined by lines, the spread as a band around them.</summary>
    Band,

    /// <summary>Many small points without names.</summary>
    Cloud,
}

/// <summary>One series of a figure.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Points">Its points, ascending in x.</param>
internal sealed record Series(string Name, SeriesKind Kind, IReadOnlyList<FigurePoint> Points);

/// <summary>One point.</summary>
/// <param name="X">Where along x.</param>
/// <param name="Y">The mean.</param>
/// <param name="Spread">Its standard deviation over seeds; 0: none is drawn.</param>
/// <param name="Label">What it is.</param>
internal sealed record FigurePoint(double X, double Y, double Spread, string Label);

/// <summary>A figure of named things under each other, each with the values of its seeds.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Unit">The axis with its unit.</param>
/// <param name="Rows">Names and values, in order.</param>
internal sealed record Comparison(string Title, string Unit, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Rows);
