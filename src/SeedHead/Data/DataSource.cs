namespace SeedHead.Data;

/// <summary>Reads data by name or path.</summary>
public static class DataSource
{
    /// <summary>Reads a built-in set, a known set, a file, a folder of images by class, or standard input.</summary>
    /// <param name="nameOrPath">A built-in or known name, a path, or "-" for CSV text from <see cref="DataOptions.StandardInput"/>.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="DataException">The data cannot be read or used: the message says where and what to do.</exception>
    public static DatasetPair Load(string nameOrPath, DataOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        options ??= new DataOptions();
        if (BuiltInSets.TryLoad(nameOrPath) is DatasetPair builtIn)
        {
            return builtIn;
        }

        return nameOrPath == "-"
            ? new DatasetPair(ReadText(StandardInput(options), "standard input", options), null)
            : new DatasetPair(ReadText(ByteSource.File(nameOrPath), nameOrPath, options), null);
    }

    /// <summary>All of it in memory: a table may have to be read twice.</summary>
    private static ByteSource StandardInput(DataOptions options)
    {
        using var all = new MemoryStream();
        (options.StandardInput ?? throw new ArgumentException("\"-\" reads DataOptions.StandardInput, which is null.", nameof(options))).CopyTo(all);
        return ByteSource.Memory("standard input", all.ToArray());
    }

    private static Dataset ReadText(ByteSource source, string path, DataOptions options)
    {
        string plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        byte? separator = plain.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? (byte)'\t' : null;
        return TargetColumn.Split(Path.GetFileName(path), path, DelimitedTable.Read(source, separator, options), options);
    }
}
