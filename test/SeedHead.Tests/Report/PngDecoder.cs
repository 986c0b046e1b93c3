using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SeedHead.Tests.Report;

/// <summary>Reads a PNG of 8 bits a value by the letter of the standard, checksums bit by bit; shares no code with the writer.</summary>
internal sealed class PngDecoder
{
    private PngDecoder(int width, int height, int colourType, byte[] palette, byte[] pixels) =>
        (Width, Height, ColourType, Palette, Pixels) = (width, height, colourType, palette, pixels);

    public int Width { get; }

    public int Height { get; }

    /// <summary>0 grey, 2 RGB, 3 palette.</summary>
    public int ColourType { get; }

    public byte[] Palette { get; }

    public byte[] Pixels { get; }

    public static PngDecoder Read(byte[] file)
    {
        Assert.Equal([137, 80, 78, 71, 13, 10, 26, 10], file[..8]);
        var chunks = new List<(string Type, byte[] Data)>();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            byte[] checkedPart = file[(at + 4)..(at + 8 + length)];
            Assert.Equal(Crc(checkedPart), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            chunks.Add((Encoding.ASCII.GetString(checkedPart, 0, 4), checkedPart[4..]));
            at += 12 + length;
        }

        string[] order = chunks.Count == 4 ? ["IHDR", "PLTE", "IDAT", "IEND"] : ["IHDR", "IDAT", "IEND"];
        Assert.Equal(order, chunks.Select(chunk => chunk.Type));
        Assert.Empty(chunks[^1].Data);
        byte[] head = chunks[0].Data;
        Assert.Equal(13, head.Length);
        Assert.Equal([8, head[9], 0, 0, 0], head[8..]); // depth, colour type, deflate, adaptive filters, not interlaced
        int width = BinaryPrimitives.ReadInt32BigEndian(head), height = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4));
        byte[] palette = chunks.Count == 4 ? chunks[1].Data : [];
        return new PngDecoder(width, height, head[9], palette, Unfilter(chunks[^2].Data, height, width * (head[9] == 2 ? 3 : 1)));
    }

    private static byte[] Unfilter(byte[] packed, int height, int stride)
    {
        using var unpacked = new MemoryStream();
        using (var inflate = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress))
        {
            inflate.CopyTo(unpacked); // checks Adler-32
        }

        byte[] lines = unpacked.ToArray();
        Assert.Equal(height * (stride + 1), lines.Length);
        var pixels = new byte[height * stride];
        for (int y = 0; y < height; y++)
        {
            Assert.Equal(0, lines[y * (stride + 1)]); // filter "none"
            Array.Copy(lines, (y * (stride + 1)) + 1, pixels, y * stride, stride);
        }

        return pixels;
    }

    /// <summary>CRC-32 of ISO 3309, one bit at a time.</summary>
    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool odd = ((crc ^ (uint)(b >> bit)) & 1) == 1;
                crc = odd ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
