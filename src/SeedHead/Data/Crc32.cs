using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SeedHead.Data;

/// <summary>The CRC-32 of gzip, zip and PNG (polynomial 0xEDB88320, bits reflected).</summary>
internal static class Crc32
{
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>The checksum of what <paramref name="crc"/> covers followed by <paramref name="data"/>; start with 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        uint[][] t = Tables;
        crc = ~crc;
        while (data.Length >= 8) // eight bytes a step: table k carries a byte past k further bytes
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(data);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = t[7][low & 255] ^ t[6][(low >> 8) & 255] ^ t[5][(low >> 16) & 255] ^ t[4][low >> 24]
                ^ t[3][high & 255] ^ t[2][(high >> 8) & 255] ^ t[1][(high >> 16) & 255] ^ t[0][high >> 24];
            data = data[8..];
        }

        foreach (byte value in data)
        {
            crc = (crc >> 8) ^ t[0][(crc ^ value) & 255];
        }

        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (int k = 0; k < 8; k++)
        {
            tables[k] = new uint[256];
            for (uint i = 0; i < 256; i++)
            {
                uint value = k == 0 ? i : tables[k - 1][i];
                for (int bit = 0; bit < 8; bit++)
                {
                    value = (value >> 1) ^ ((value & 1) * 0xEDB88320u);
                }

                tables[k][i] = value;
            }
        }

        return tables;
    }
}
