using System.Buffers.Binary;
using System.IO.Compression;
using SeedHead.Data;

namespace SeedHead.Report.Markup;

/// <summary>Writes PNG files of 8 bits a value: grey, RGB, or indices into a palette.</summary>
/// <remarks>Source: W3C, Portable Network Graphics (second edition), 2003: chunks sec. 5, filter 0 sec. 9, CRC annex D.
/// Same pixels, same bytes for one version of .NET, whose zlib packs them.</remarks>
internal static class PngWriter
{
    /// <summary>A grey or RGB picture.</summary>
    /// <param name="pixels">height·width·channels bytes, rows first, channels last.</param>
    /// <param name="shape">Its shape; channels 1 or 3.</param>
    /// <exception cref="ArgumentException">Another number of channels or of bytes.</exception>
    public static byte[] Write(ReadOnlySpan<byte> pixels, ImageShape shape) =>
        shape.Channels is 1 or 3
            ? Write(pixels, shape, colourType: shape.Channels == 1 ? (byte)0 : (byte)2, palette: [], CompressionLevel.SmallestSize)
            : throw new ArgumentException($"A picture of {shape} has {shape.Channels} channels. Give 1 (grey) or 3 (RGB).", nameof(shape));

    /// <summary>A picture of palette indices.</summary>
    /// <param name="indices">height·width indices, rows first.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="palette">RGB triples, 1 to 256 of them; every index must be below their number.</param>
    /// <param name="level">How hard to pack; any level gives the same picture.</param>
    /// <exception cref="ArgumentException">A palette of another length, another number of indices, or an index outside the palette.</exception>
    public static byte[] WriteIndexed(ReadOnlySpan<byte> indices, int height, int width, ReadOnlySpan<byte> palette, CompressionLevel level = CompressionLevel.SmallestSize)
    {
        if (palette.Length is < 3 or > 768 || palette.Length % 3 != 0)
        {
            throw new ArgumentException($"A palette of {palette.Length} bytes is not 1 to 256 triples of red, green, blue.", nameof(palette));
        }

        foreach (byte index in indices)
        {
            if (index >= palette.Length / 3)
            {
                throw new ArgumentException($"Index {index} is outside a palette of {palette.Length / 3} colours.", nameof(indices));
            }
        }

        return Write(indices, new ImageShape(height, width, 1), colourType: 3, palette, level);
    }

    private static byte[] Write(ReadOnlySpan<byte> pixels, ImageShape shape, byte colourType, ReadOnlySpan<byte> palette, CompressionLevel level)
    {
        if (shape.Height < 1 || shape.Width < 1 || pixels.Length != shape.Size)
        {
            throw new ArgumentException($"{pixels.Length} bytes do not make one picture of {shape}.", nameof(pixels));
        }

        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13]; // the last three stay 0: deflate, adaptive filters, not interlaced
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, shape.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], shape.Height);
        (header[8], header[9]) = (8, colourType);
        Chunk(file, "IHDR"u8, header);
        if (palette.Length > 0)
        {
            Chunk(file, "PLTE"u8, palette);
        }

        Chunk(file, "IDAT"u8, Compress(pixels, shape.Width * shape.Channels, level));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int stride, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, level, leaveOpen: true))
        {
            for (int start = 0; start < pixels.Length; start += stride)
            {
                deflate.WriteByte(0); // no filter: small pictures and palettes gain nothing from one
                deflate.Write(pixels.Slice(start, stride));
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        file.Write(word);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32.Append(Crc32.Append(0, type), data));
        file.Write(word);
    }
}
