namespace SeedHead.Studies;

/// <summary>How much of a paper is repeated.</summary>
internal enum ReproduceForm
{
    /// <summary>Built-in data and a tiny network, seconds: a look at the page. Its checks decide nothing.</summary>
    Quick,

    /// <summary>Sized for a processor: decides the checks.</summary>
    Small,

    /// <summary>The paper's own networks, data and protocol.</summary>
    Full,
}

/// <summary>What of a paper is to be repeated, and where what is found is kept.</summary>
internal sealed record ReproduceQuestion
{
    /// <summary>The paper's name, e.g. "partial-training".</summary>
    public required string Paper { get; init; }

    /// <summary>How much.</summary>
    public ReproduceForm Form { get; init; } = ReproduceForm.Small;

    /// <summary>The studies wanted, by their names; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Seeds a cell, 1 and on.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>A folder for finished cells, tables and the page; null: nothing is kept.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether nothing is run and the answer is that of the cells finished so far.</summary>
    public bool FinishedOnly { get; init; }

    /// <summary>Where known data sets lie.</summary>
    public Data.DataOptions Data { get; init; } = new();

    /// <summary>The options as given, for the manifest.</summary>
    public string Options => string.Join(' ', (string[])
    [
        .. Form == ReproduceForm.Small ? (string[])[] : [$"--{Form.ToString().ToLowerInvariant()}"],
        .. Only.Count == 0 ? (string[])[] : [$"--only {string.Join(',', Only)}"],
        $"--seeds {Seeds}",
    ]);
}
