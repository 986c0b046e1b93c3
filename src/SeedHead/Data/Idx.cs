using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SeedHead.Data;

/// <summary>An IDX array of bytes, as MNIST is published.</summary>
/// <param name="Shape">The lengths, slowest first.</param>
/// <param name="Values">The bytes, row after row.</param>
internal sealed record Idx(int[] Shape, byte[] Values)
{
    private const byte UnsignedByte = 8;
    private const int MostAxes = 4;

    /// <summary>Whether bytes begin like an IDX file of any element type.</summary>
    public static bool Begins(ReadOnlySpan<byte> start) =>
        start.Length >= 4 && start[0] == 0 && start[1] == 0 && start[2] is 8 or 9 or 11 or 12 or 13 or 14 && start[3] is >= 1 and <= MostAxes;

    /// <summary>Reads an array; every byte of the file must belong to it.</summary>
    /// <exception cref="DataException">Not IDX, not bytes, truncated, or longer than it says.</exception>
    public static Idx Read(ByteSource source, IncrementalHash? hash)
    {
        using Stream stream = source.Open(hash);
        Span<byte> magic = stackalloc byte[4];
        int found = stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
        if (!Begins(magic[..found]))
        {
            throw new DataException($"{source.Name}: not an IDX file: it begins with {Convert.ToHexString(magic[..found])}, expected 000008 and the number of axes.");
        }

        if (magic[2] != UnsignedByte)
        {
            throw new DataException($"{source.Name}: IDX element type 0x{magic[2]:X2}; only bytes (0x08) are read. Save other numbers as npz.");
        }

        var shape = new int[magic[3]];
        long count = 1;
        Span<byte> length = stackalloc byte[4];
        foreach (ref int axis in shape.AsSpan())
        {
            int got = stream.ReadAtLeast(length, 4, throwOnEndOfStream: false);
            axis = got == 4
                ? BinaryPrimitives.ReadInt32BigEndian(length)
                : throw new DataException($"{source.Name}: truncated in the header: {4 + (4 * shape.Length)} bytes expected. Copy the file again.");
            count = axis >= 0 && count <= int.MaxValue ? count * axis : long.MaxValue;
        }

        string text = string.Join("x", shape);
        if (count > Array.MaxLength)
        {
            throw new DataException($"{source.Name}: the header says {text}, more than {Array.MaxLength} bytes. The file is damaged, or too large.");
        }

        var values = new byte[Math.Min(count, source.MostDecodedBytes())];
        int read = stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (read < count)
        {
            throw new DataException($"{source.Name}: truncated: the header says {text}, {count} bytes, but {read} are there. Copy or download the file again.");
        }

        return stream.ReadByte() < 0
            ? new Idx(shape, values)
            : throw new DataException($"{source.Name}: the header says {text}, {count} bytes, but there are more. The file is damaged.");
    }
}
