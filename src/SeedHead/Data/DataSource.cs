namespace SeedHead.Data;

/// <summary>Reads data by name or path.</summary>
public static class DataSource
{
    /// <summary>Reads a built-in set, a known set, a file, a folder of images by class, or standard input.</summary>
    /// <param name="nameOrPath">
    /// A name of <see cref="KnownSets.All"/>; a path to CSV or TSV text (also .gz), npz, npy, IDX or CIFAR binary, or to a folder of PNG images by class;
    /// or "-" for CSV text from <see cref="DataOptions.StandardInput"/>. A file that bears a set's name is given as "./NAME".
    /// </param>
    /// <param name="options">How to read.</param>
    /// <exception cref="DataException">The data cannot be read or used: the message says where and what to do.</exception>
    public static DatasetPair Load(string nameOrPath, DataOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        options ??= new DataOptions();
        if (KnownSets.Find(nameOrPath) is KnownSet known)
        {
            return known.IsBuiltIn ? BuiltInSets.Load(known.Name, options) : KnownSets.Load(known, options);
        }

        if (nameOrPath == "-")
        {
            return new DatasetPair(ReadText(StandardInput(options), "standard input", options), null);
        }

        if (Directory.Exists(nameOrPath))
        {
            return ImageFolder.Read(nameOrPath, options);
        }

        return File.Exists(nameOrPath) ? ReadFile(nameOrPath, options) : throw NoSuchData(nameOrPath);
    }

    private static DatasetPair ReadFile(string path, DataOptions options)
    {
        byte[] start = ByteSource.File(path).ReadStart(8);
        if (start.AsSpan().StartsWith("PK"u8))
        {
            return ArrayFile.ReadNpz(path, options);
        }

        if (start.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M']) || Ends(path, ".npy"))
        {
            return new DatasetPair(ArrayFile.ReadNpy(path, options), null);
        }

        if (Ends(path, ".npz"))
        {
            throw new DataException($"{path}: not an npz (zip) file: it does not begin with PK. Save it with numpy.savez.");
        }

        if (Idx.Begins(start) || Path.GetFileName(path).Contains("-ubyte", StringComparison.Ordinal))
        {
            return IdxFiles.Read(path, options);
        }

        return Ends(path, ".bin") ? new DatasetPair(KnownSets.Cifar10.ReadFile(path), null) : new DatasetPair(ReadText(ByteSource.File(path), path, options), null);
    }

    private static Dataset ReadText(ByteSource source, string path, DataOptions options)
    {
        byte? separator = Ends(path, ".tsv") ? (byte)'\t' : null;
        return TargetColumn.Split(Path.GetFileName(path), path, DelimitedTable.Read(source, separator, options), options);
    }

    private static bool Ends(string path, string ending) =>
        path.EndsWith(ending, StringComparison.OrdinalIgnoreCase) || path.EndsWith(ending + ".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>All of it in memory: a table may have to be read twice.</summary>
    private static ByteSource StandardInput(DataOptions options)
    {
        using var all = new MemoryStream();
        (options.StandardInput ?? throw new ArgumentException("\"-\" reads DataOptions.StandardInput, which is null.", nameof(options))).CopyTo(all);
        return ByteSource.Memory("standard input", all.ToArray());
    }

    private static DataException NoSuchData(string nameOrPath)
    {
        string[] names = [.. KnownSets.All.Select(set => set.Name)];
        bool isPath = nameOrPath.AsSpan().ContainsAny("/\\.");
        return new DataException(isPath
            ? $"{nameOrPath}: there is no such file or folder."
            : $"{nameOrPath}: there is no such file, folder or known set. {Nearest.Hint(nameOrPath, names, "known sets")}");
    }
}
