namespace SeedHead.Data;

/// <summary>A set that <see cref="DataSource.Load"/> knows by name.</summary>
/// <param name="Name">Its name, and its folder's name.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Rows">Training and test rows together.</param>
/// <param name="Licence">Under what terms it may be used.</param>
/// <param name="Files">What is downloaded; empty for a set that is built in.</param>
public sealed record KnownSet(string Name, string Description, int Rows, string Licence, IReadOnlyList<KnownFile> Files)
{
    /// <summary>Whether the set is shipped inside the library.</summary>
    public bool IsBuiltIn => Files.Count == 0;

    /// <summary>Bytes to download.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>Reads the set from a folder; null when it is not there.</summary>
    internal Func<KnownSet, string, CancellationToken, DatasetPair?>? Reader { get; init; }
}

/// <summary>A published file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, lower-case hex.</param>
/// <param name="Addresses">Where it is published, the first to be tried first.</param>
public sealed record KnownFile(string Name, long Bytes, string Sha256, IReadOnlyList<Uri> Addresses);
