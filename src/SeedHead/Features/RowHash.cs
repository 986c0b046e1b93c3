using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SeedHead.Features;

/// <summary>Names a row by its content, so that a model can tell whether something in it came from a row that is shown again.</summary>
internal static class RowHash
{
    /// <summary>The first 8 bytes, little-endian, of the SHA-256 of the row's float32 bits in little-endian order.</summary>
    public static ulong Of(ReadOnlySpan<float> row)
    {
        var bytes = new byte[checked(row.Length * sizeof(float))];
        for (int i = 0; i < row.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), row[i]);
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(bytes));
    }
}
