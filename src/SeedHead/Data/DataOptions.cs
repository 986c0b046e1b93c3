namespace SeedHead.Data;

/// <summary>What the target is read as.</summary>
public enum LearningTask
{
    /// <summary>Texts, truth values and few distinct whole numbers are classes; other numbers are numbers.</summary>
    Auto,

    /// <summary>Every distinct value is a class.</summary>
    Classification,

    /// <summary>The values are numbers.</summary>
    Regression,
}

/// <summary>How <see cref="DataSource.Load"/> reads.</summary>
public sealed record DataOptions
{
    /// <summary>The target column's name; null: a column called target, class or label (any case), else the last one.</summary>
    public string? Target { get; init; }

    /// <summary>What the target is read as.</summary>
    public LearningTask Task { get; init; } = LearningTask.Auto;

    /// <summary>Whether data without a target is an error. When false, a target is read only if <see cref="Target"/> names a column that is there.</summary>
    public bool RequireTarget { get; init; } = true;

    /// <summary>Columns read as categories even when all their values are numbers.</summary>
    public IReadOnlyList<string> ForceCategory { get; init; } = [];

    /// <summary>Like <see cref="ForceCategory"/>, but a column that is not there is no error: the categories of rows read before.</summary>
    public IReadOnlyList<string> ExpectCategory { get; init; } = [];

    /// <summary>The input columns of rows read before, in order: tells a header, and a target, in files that leave it open. Empty: unknown.</summary>
    public IReadOnlyList<string> ExpectColumns { get; init; } = [];

    /// <summary>Whether the first line of a CSV or TSV file names the columns; null: detected.</summary>
    public bool? Header { get; init; }

    /// <summary>The folder of known sets: <c>DIR/NAME/</c>. Default: <c>$SEEDHEAD_DATA</c>, else a folder of this user.</summary>
    public string DataDirectory { get; init; } = DefaultDirectory();

    /// <summary>Whether a known set that is not in <see cref="DataDirectory"/> may be downloaded.</summary>
    public bool AllowDownload { get; init; } = true;

    /// <summary>A base address tried before the published ones, with files at <c>MIRROR/NAME/FILE</c>. Default: <c>$SEEDHEAD_MIRROR</c>, else none.</summary>
    public Uri? Mirror { get; init; } = Uri.TryCreate(Environment.GetEnvironmentVariable("SEEDHEAD_MIRROR"), UriKind.Absolute, out Uri? mirror) ? mirror : null;

    /// <summary>What the name "-" reads: CSV text.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>Stops reading and downloading with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Receives the progress of downloads, in bytes.</summary>
    public IProgress<Progress>? Progress { get; init; }

    /// <summary>These options for reading more rows of the same kind as <paramref name="train"/>: same target, task and categories.</summary>
    /// <param name="train">Rows read before.</param>
    public DataOptions Like(Dataset train) => this with
    {
        Target = train.Target?.Name ?? Target,
        Task = train.Target switch { ClassTarget => LearningTask.Classification, NumberTarget => LearningTask.Regression, _ => Task },
        ForceCategory = [],
        ExpectColumns = train.Inputs is Table given ? [.. given.Fields.Select(field => field.Name)] : [],
        ExpectCategory = train.Inputs is Table table ? [.. table.Fields.OfType<CategoryColumn>().Select(field => field.Name)] : [],
    };

    private static string DefaultDirectory()
    {
        string? given = Environment.GetEnvironmentVariable("SEEDHEAD_DATA");
        if (!string.IsNullOrEmpty(given))
        {
            return given;
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "seedhead", "data");
    }
}
