using System.Security.Cryptography;

namespace SeedHead.Data;

/// <summary>Bytes with a name for messages, which can be read from the start more than once; gzip is undone, whatever the name's ending.</summary>
internal sealed class ByteSource
{
    private readonly Func<Stream> open;

    private ByteSource(string name, Func<Stream> open) => (Name, this.open) = (name, open);

    public string Name { get; }

    public static ByteSource File(string path) => new(path, () =>
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{path}: there is no such file.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read: {fault.Message}", fault);
        }
    });

    public static ByteSource Memory(string name, byte[] bytes) => new(name, () => new MemoryStream(bytes, writable: false));

    public static ByteSource Resource(string file) => new(file, () => typeof(ByteSource).Assembly.GetManifestResourceStream(file)
        ?? throw new InvalidOperationException($"{file} is not embedded."));

    /// <summary>The decoded bytes from the start. When <paramref name="hash"/> is given it receives every byte read.</summary>
    public Stream Open(IncrementalHash? hash = null)
    {
        Stream raw = open();
        try
        {
            Span<byte> magic = stackalloc byte[2];
            bool packed = raw.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
            raw.Position = 0;
            return new DecodedStream(packed ? new GzipReader(raw) : raw, Name, packed, hash);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    /// <summary>What the decoded bytes cannot exceed: deflate packs at most 1032 into one. Guards against the claims of a damaged header.</summary>
    public long MostDecodedBytes()
    {
        using Stream raw = open();
        return 1032 * (raw.Length + 1024);
    }

    /// <summary>The bytes as stored, from the start; the stream can seek.</summary>
    public Stream OpenRaw() => open();

    /// <summary>All decoded bytes.</summary>
    public byte[] ReadAll(IncrementalHash? hash = null)
    {
        using Stream stream = Open(hash);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.Length == all.Capacity ? all.GetBuffer() : all.ToArray();
    }

    /// <summary>The first decoded bytes, at most <paramref name="limit"/>.</summary>
    public byte[] ReadStart(int limit)
    {
        using Stream stream = Open();
        var start = new byte[limit];
        return start[..stream.ReadAtLeast(start, limit, throwOnEndOfStream: false)];
    }
}

/// <summary>A decoded stream whose faults name the file.</summary>
internal sealed class DecodedStream(Stream inner, string name, bool packed, IncrementalHash? hash) : ReadStream
{
    private long delivered;

    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = inner.Read(buffer);
        }
        catch (Exception fault) when (packed && fault is InvalidDataException or EndOfStreamException)
        {
            throw new DataException($"{name}: truncated or damaged gzip after {delivered} decoded bytes. Copy or download the file again.", fault);
        }
        catch (IOException fault)
        {
            throw new DataException($"{name}: cannot be read: {fault.Message}", fault);
        }

        hash?.AppendData(buffer[..count]);
        delivered += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
