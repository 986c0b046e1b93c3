namespace SeedHead.Cli.Output;

/// <summary>Looks at a destination before long work, so that a wrong folder is told at once and not after the fit.</summary>
internal static class Destination
{
    public static void Check(string? path)
    {
        if (path is null)
        {
            return;
        }

        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new DataException($"{path} is a folder. Give a file name.");
        }

        string folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
        {
            throw new DataException($"{path}: the folder {folder} does not exist. Make it, or choose another file.");
        }

        string probe = Path.Combine(folder, $".{Path.GetFileName(full)}.{Environment.ProcessId}.probe");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: the folder {folder} cannot be written to. Choose another file.", e);
        }
    }

    /// <summary>Writes a text whole or not at all.</summary>
    public static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
