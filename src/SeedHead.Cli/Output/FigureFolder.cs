namespace SeedHead.Cli.Output;

/// <summary>Writes figures beside a report.</summary>
internal static class FigureFolder
{
    public static void Write(string folder, IEnumerable<(string Name, byte[] Content)> files)
    {
        string figures = Path.Combine(folder, "figures");
        Directory.CreateDirectory(figures);
        foreach (var (name, content) in files)
        {
            AtomicFile.Write(Path.Combine(figures, name), stream => stream.Write(content));
        }
    }
}
