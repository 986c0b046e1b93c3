using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace SeedHead.Models;

/// <summary>A zip whose last entry, SHA256SUMS, holds the hash of every other one; equal content gives equal bytes.</summary>
internal static class ModelArchive
{
    private const string Sums = "SHA256SUMS";
    internal static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the zip format's zero: a file must not tell when it was made

    public static void Write(Stream stream, IEnumerable<(string Name, byte[] Content)> entries, CompressionLevel compression = CompressionLevel.SmallestSize)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var sums = new StringBuilder();
        foreach ((string name, byte[] content) in entries)
        {
            Add(zip, name, content, compression);
            sums.Append(Convert.ToHexStringLower(SHA256.HashData(content))).Append("  ").Append(name).Append('\n');
        }

        Add(zip, Sums, Encoding.UTF8.GetBytes(sums.ToString()), compression);
    }

    /// <summary>Reads and checks every entry.</summary>
    /// <exception cref="DataException">Not a zip, cut off, or an entry whose hash is not the stored one.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(Stream stream, string path)
    {
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                using Stream content = entry.Open();
                using var copy = new MemoryStream();
                content.CopyTo(copy);
                entries[entry.FullName] = copy.ToArray();
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or IOException)
        {
            throw new DataException($"{path}: not a whole .seedhead file ({e.Message.TrimEnd('.')}). Copy it again, or fit the model again.", e);
        }

        Check(entries, path);
        return entries;
    }

    private static void Check(Dictionary<string, byte[]> entries, string path)
    {
        if (!entries.Remove(Sums, out byte[]? sums))
        {
            throw new DataException($"{path}: not a .seedhead file: it has no {Sums}. Give a model that `seedhead fit --out` wrote.");
        }

        var unlisted = new HashSet<string>(entries.Keys, StringComparer.Ordinal);
        foreach (string line in Encoding.UTF8.GetString(sums).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split("  ", 2);
            string name = parts[^1];
            if (parts.Length != 2 || !entries.TryGetValue(name, out byte[]? content))
            {
                throw new DataException($"{path}: {Sums} lists '{name}', which is not in the file. Copy it again, or fit the model again.");
            }

            string found = Convert.ToHexStringLower(SHA256.HashData(content));
            if (found != parts[0])
            {
                throw new DataException(
                    $"{path}: {name} was changed: its SHA-256 is {found[..12]}…, written was {parts[0][..Math.Min(12, parts[0].Length)]}…. Copy it again, or fit the model again.");
            }

            unlisted.Remove(name);
        }

        if (unlisted.Count > 0)
        {
            throw new DataException($"{path}: {unlisted.Order(StringComparer.Ordinal).First()} is not listed in {Sums}. Copy the model again, or fit it again.");
        }
    }

    private static void Add(ZipArchive zip, string name, byte[] content, CompressionLevel compression)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, compression);
        entry.LastWriteTime = Epoch;
        using Stream target = entry.Open();
        target.Write(content);
    }
}
