namespace SeedHead.Data;

/// <summary>Rows to learn from or to predict, with or without a target.</summary>
/// <param name="Name">A short name: the built-in name, or the file's name.</param>
/// <param name="Inputs">What the model reads.</param>
/// <param name="Target">What is to be predicted, or null.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of the decoded content, stable across compression; where there are <see cref="Parts"/>, of the list of their hashes.</param>
public sealed record Dataset(string Name, Inputs Inputs, Target? Target, string Sha256)
{
    /// <summary>Number of rows.</summary>
    public int Count => Inputs.Count;

    /// <summary>Remarks of the reader a user should see: missing members, skipped files, …</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The members of a known set that were read, where it comes in several; else empty.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>The rows with the given indices, in the given order.</summary>
    /// <param name="rows">Row indices, each in [0, Count).</param>
    public Dataset Select(ReadOnlySpan<int> rows) => this with { Inputs = Inputs.Select(rows), Target = Target?.Select(rows) };
}

/// <summary>A data set as it comes: training rows and, where it has one, its official test part.</summary>
/// <param name="Train">The training rows.</param>
/// <param name="Test">The official test rows, or null.</param>
public sealed record DatasetPair(Dataset Train, Dataset? Test)
{
    /// <summary>Puts two parts together: the test rows' classes are numbered as the training rows' are.</summary>
    /// <remarks>Classes that training never had follow the training classes; a note tells how many rows they have. No model can predict them, so they count as wrong.</remarks>
    /// <param name="train">The training rows.</param>
    /// <param name="test">The test rows, or null.</param>
    public static DatasetPair Of(Dataset train, Dataset? test)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Target is not ClassTarget known || test?.Target is not ClassTarget given || given.Classes.SequenceEqual(known.Classes))
        {
            return new DatasetPair(train, test);
        }

        string[] unseen = [.. given.Classes.Where((name, code) => given.Codes.Contains(code) && !known.Classes.Contains(name))];
        string[] classes = [.. known.Classes, .. unseen];
        int[] map = [.. given.Classes.Select(name => Array.IndexOf(classes, name))];
        var target = new ClassTarget(given.Name, Array.ConvertAll(given.Codes, code => map[code]), classes);
        int rows = target.Codes.Count(code => code >= known.Classes.Count);
        string[] notes = unseen.Length == 0
            ? []
            : [$"{rows} test rows are of classes never seen in training ({string.Join(", ", unseen.Take(5))}{(unseen.Length > 5 ? ", …" : "")}): they count as wrong"];
        return new DatasetPair(train, test with { Target = target, Notes = [.. test.Notes, .. notes] });
    }
}
