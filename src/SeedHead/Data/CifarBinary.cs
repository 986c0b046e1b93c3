using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace SeedHead.Data;

/// <summary>One published member of a binary CIFAR set.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Sha256">Its hash.</param>
internal sealed record CifarMember(string Name, string Sha256);

/// <summary>A set in the binary form of CIFAR-10: records of a label and the planes of a picture, in members that are checked one by one.</summary>
/// <param name="Training">The members of training images, in order.</param>
/// <param name="Test">The member of test images.</param>
/// <param name="Shape">The shape of a picture.</param>
/// <param name="Records">Pictures a member.</param>
/// <param name="Classes">Names of labels 0, 1, ….</param>
internal sealed record CifarBinary(IReadOnlyList<CifarMember> Training, CifarMember Test, ImageShape Shape, int Records, IReadOnlyList<string> Classes)
{
    private int MemberBytes => Records * (1 + Shape.Size);

    /// <summary>Reads what a folder holds: the official archive, <c>*.part-*.tar.gz</c>, or unpacked members, here or in a folder in it.</summary>
    /// <returns>The set, or null when no training member or no test member is there.</returns>
    /// <exception cref="DataException">A member is not the published one.</exception>
    public DatasetPair? Read(string name, string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var parts = new Part(this);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (file.EndsWith(".tar.gz", StringComparison.Ordinal) && !parts.IsWhole)
            {
                ReadArchive(file, parts, cancellation);
            }
            else if (parts.Lacks(Path.GetFileName(file)))
            {
                using Stream stream = ByteSource.File(file).Open();
                parts.Add(Path.GetFileName(file), stream, file);
            }
        }

        return parts.ToPair(name);
    }

    /// <summary>Reads one member as a file of its own.</summary>
    public Dataset ReadFile(string path)
    {
        byte[] bytes = ByteSource.File(path).ReadAll();
        int record = 1 + Shape.Size;
        if (bytes.Length == 0 || bytes.Length % record != 0)
        {
            throw new DataException($"{path}: {bytes.Length} bytes are not records of {record} (a label and {Shape} planes). Copy or download the file again.");
        }

        var pixels = new byte[bytes.Length / record * Shape.Size];
        var labels = new int[bytes.Length / record];
        Decode(bytes, pixels, labels, path);
        return new Dataset(Path.GetFileName(path), new Images(pixels, Shape), new ClassTarget("label", labels, Classes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static void ReadArchive(string file, Part parts, CancellationToken cancellation)
    {
        using Stream stream = ByteSource.File(file).Open();
        try
        {
            using var tar = new TarReader(stream);
            while (tar.GetNextEntry() is TarEntry entry)
            {
                cancellation.ThrowIfCancellationRequested();
                string member = Path.GetFileName(entry.Name);
                if (entry.DataStream is Stream data && parts.Lacks(member))
                {
                    parts.Add(member, data, $"{file}, {entry.Name}");
                }
            }

            stream.CopyTo(Stream.Null); // to the end of the gzip, so that a truncated one is told
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new DataException($"{file}: a truncated or damaged tar archive: {fault.Message.TrimEnd('.')}. Copy or download it again.", fault);
        }
    }

    private void Decode(ReadOnlySpan<byte> records, Span<byte> pixels, Span<int> labels, string name)
    {
        int size = Shape.Size;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<byte> record = records.Slice(i * (1 + size), 1 + size);
            labels[i] = record[0] < Classes.Count
                ? record[0]
                : throw new DataException($"{name}: record {i} (from 0) has the label {record[0]}, but there are only {Classes.Count} classes. The file is damaged.");
            Planes.ToPixels(record[1..], pixels.Slice(i * size, size), Shape.Height * Shape.Width, Shape.Channels);
        }
    }

    /// <summary>The members found so far, decoded into their places.</summary>
    private sealed class Part(CifarBinary set)
    {
        private readonly CifarMember[] members = [.. set.Training, set.Test];
        private readonly bool[] found = new bool[set.Training.Count + 1];
        private readonly byte[] pixels = new byte[checked((set.Training.Count + 1) * set.Records * set.Shape.Size)]; // pages of absent members are never touched
        private readonly int[] labels = new int[(set.Training.Count + 1) * set.Records];

        public bool IsWhole => Array.TrueForAll(found, there => there);

        public bool Lacks(string member) => Array.FindIndex(members, m => m.Name == member) is int at and >= 0 && !found[at];

        public void Add(string member, Stream stream, string where)
        {
            int at = Array.FindIndex(members, m => m.Name == member);
            var bytes = new byte[set.MemberBytes];
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read < bytes.Length || stream.ReadByte() >= 0)
            {
                throw new DataException($"{where}: {bytes.Length} bytes expected, {(read < bytes.Length ? $"{read}" : "more")} found. Copy or download it again.");
            }

            string sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (sha != members[at].Sha256)
            {
                throw new DataException($"{where}: SHA-256 {sha} instead of {members[at].Sha256}. Delete the file and copy or download it again.");
            }

            int size = set.Records * set.Shape.Size;
            set.Decode(bytes, pixels.AsSpan(at * size, size), labels.AsSpan(at * set.Records, set.Records), where);
            found[at] = true;
        }

        public DatasetPair? ToPair(string name)
        {
            int[] training = [.. Enumerable.Range(0, set.Training.Count).Where(i => found[i])];
            if (training.Length == 0 || !found[^1])
            {
                return null;
            }

            int size = set.Records * set.Shape.Size;
            for (int i = 0; i < training.Length; i++)
            {
                pixels.AsSpan(training[i] * size, size).CopyTo(pixels.AsSpan(i * size));
                labels.AsSpan(training[i] * set.Records, set.Records).CopyTo(labels.AsSpan(i * set.Records));
            }

            string[] missing = [.. set.Training.Where((_, i) => !found[i]).Select(member => member.Name)];
            string[] notes = missing.Length == 0
                ? []
                : [$"{name}: {string.Join(", ", missing)} not found: {training.Length * set.Records} of {set.Training.Count * set.Records} training images are used"];
            Dataset train = Make(name, 0, training.Length, training) with { Notes = notes };
            return new DatasetPair(train, Make(name, set.Training.Count, 1, [set.Training.Count]));
        }

        private Dataset Make(string name, int first, int count, int[] parts)
        {
            int size = set.Records * set.Shape.Size;
            var images = new Images(pixels.AsMemory(first * size, count * size), set.Shape);
            var target = new ClassTarget("label", labels[(first * set.Records)..((first + count) * set.Records)], set.Classes);
            string sums = string.Concat(parts.Select(i => $"{members[i].Sha256}  {members[i].Name}\n")); // the hash of what sha256sum would print
            return new Dataset(name, images, target, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(sums))))
            {
                Parts = [.. parts.Select(i => members[i].Name)],
            };
        }
    }
}
