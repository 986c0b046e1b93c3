namespace SeedHead.Tests.Data;

/// <summary>A folder of its own for one test, deleted afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch() => Folder = Directory.CreateTempSubdirectory("seedhead-test-").FullName;

    public string Folder { get; }

    public static string Golden(string path) => Path.Combine(AppContext.BaseDirectory, "Golden", path);

    public string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
