using System.Buffers.Binary;
using System.IO.Compression;

namespace SeedHead.Data;

/// <summary>Decodes gzip, all members, and insists on every member's trailer.</summary>
/// <remarks>
/// The framework's reader takes a truncated file for a short one. Here each member must be followed by its checksum and length
/// (RFC 1952, sec. 2.3.1). The inflater reads ahead of the member's end, so the trailer is looked for among the bytes it took last.
/// </remarks>
internal sealed class GzipReader(Stream raw) : ReadStream
{
    private readonly LastChunk input = new(raw);
    private DeflateStream? inflater;
    private uint crc;
    private uint length;
    private bool ended;

    /// <exception cref="InvalidDataException">Truncated or damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!ended && buffer.Length > 0)
        {
            if (inflater is null)
            {
                ReadHeader();
                inflater = new DeflateStream(input, CompressionMode.Decompress, leaveOpen: true);
                (crc, length) = (0, 0);
            }

            int count = inflater.Read(buffer);
            if (count > 0)
            {
                crc = Crc32.Append(crc, buffer[..count]);
                length += (uint)count;
                return count;
            }

            inflater.Dispose();
            inflater = null;
            FindTrailer();
            ended = !AnotherMember();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflater?.Dispose();
            raw.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReadHeader()
    {
        Span<byte> head = stackalloc byte[10];
        ReadExactly(head);
        if (head[0] != 0x1f || head[1] != 0x8b || head[2] != 8)
        {
            throw new InvalidDataException("Not a gzip member.");
        }

        int flags = head[3];
        if ((flags & 4) != 0)
        {
            ReadExactly(head[..2]);
            raw.Position += BinaryPrimitives.ReadUInt16LittleEndian(head);
        }

        SkipText((flags & 8) != 0);
        SkipText((flags & 16) != 0);
        if ((flags & 2) != 0)
        {
            ReadExactly(head[..2]);
        }

        input.Begin(raw.Position);
    }

    private new void ReadExactly(Span<byte> bytes)
    {
        if (raw.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("Truncated.");
        }
    }

    private void SkipText(bool present)
    {
        for (int value = 1; present && value != 0;)
        {
            value = raw.ReadByte();
            if (value < 0)
            {
                throw new InvalidDataException("Truncated.");
            }
        }
    }

    /// <summary>Leaves the raw stream after this member's checksum and length.</summary>
    private void FindTrailer()
    {
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], length);
        long start = input.Start;
        var window = new byte[raw.Position - start + 8];
        raw.Position = start;
        int filled = raw.ReadAtLeast(window, window.Length, throwOnEndOfStream: false);
        int at = window.AsSpan(0, filled).IndexOf(trailer);
        raw.Position = at >= 0 ? start + at + 8 : throw new InvalidDataException("Truncated, or the checksum differs.");
    }

    private bool AnotherMember()
    {
        int value = raw.ReadByte();
        while (value == 0) // padding
        {
            value = raw.ReadByte();
        }

        bool another = value == 0x1f && raw.ReadByte() == 0x8b;
        raw.Position -= another ? 2 : 0;
        return another;
    }

    /// <summary>Passes reads on and remembers where the last but one chunk began: the inflater may take one more before it delivers its last bytes.</summary>
    private sealed class LastChunk(Stream raw) : ReadStream
    {
        private long last;

        public long Start { get; private set; }

        public void Begin(long position) => Start = last = position;

        public override int Read(Span<byte> buffer)
        {
            long at = raw.Position;
            int count = raw.Read(buffer);
            if (count > 0)
            {
                (Start, last) = (last, at);
            }

            return count;
        }
    }
}
