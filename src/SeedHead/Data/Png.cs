using System.Buffers.Binary;
using System.IO.Compression;

namespace SeedHead.Data;

/// <summary>A PNG picture with one byte a channel, channels last.</summary>
/// <remarks>
/// Read: grey of 1, 2, 4, 8 and 16 bits and grey with alpha (1 channel); palettes, RGB and RGBA of 8 and 16 bits (3 channels); no interlacing.
/// Sixteen bits keep their upper eight; what is transparent is laid on white. Source: PNG specification, third edition, sections 4 to 9 and 11.
/// </remarks>
/// <param name="Shape">Height, width and channels.</param>
/// <param name="Pixels">The bytes, rows first, channels last.</param>
internal sealed record Png(ImageShape Shape, byte[] Pixels)
{
    private const int MostPixels = 1 << 26;
    private const uint Header = 0x49484452; // IHDR
    private const uint Palette = 0x504C5445; // PLTE
    private const uint Transparency = 0x74524E53; // tRNS
    private const uint Data = 0x49444154; // IDAT
    private const uint End = 0x49454E44; // IEND

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Decodes a picture.</summary>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataException">Not PNG, damaged, truncated, or interlaced.</exception>
    public static Png Read(ReadOnlySpan<byte> file, string name)
    {
        if (!file.StartsWith(Signature))
        {
            throw new DataException($"{name}: not a PNG file: it does not begin with the PNG signature.");
        }

        PngHeader header = default;
        ReadOnlySpan<byte> palette = default;
        ReadOnlySpan<byte> alpha = default;
        using var packed = new MemoryStream();
        for (int at = Signature.Length; ;)
        {
            ReadOnlySpan<byte> content = Chunk(file, ref at, out uint type, name);
            switch (type)
            {
                case Header:
                    header = PngHeader.Read(content, name);
                    break;
                case Palette:
                    palette = content;
                    break;
                case Transparency:
                    alpha = content;
                    break;
                case Data:
                    packed.Write(content);
                    break;
                case End:
                    return Decode(header, palette, alpha, packed, name);
                default:
                    break; // gamma, text, times and the like
            }
        }
    }

    /// <summary>The content of the chunk at <paramref name="at"/>, which moves behind it.</summary>
    private static ReadOnlySpan<byte> Chunk(ReadOnlySpan<byte> file, scoped ref int at, out uint type, string name)
    {
        if (file.Length - at < 12 || BinaryPrimitives.ReadUInt32BigEndian(file[at..]) > (uint)(file.Length - at - 12))
        {
            throw new DataException($"{name}: truncated: the PNG file ends after {file.Length} bytes, within a chunk. Copy the file again.");
        }

        int length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
        ReadOnlySpan<byte> typed = file.Slice(at + 4, length + 4);
        if (Crc32.Append(0, typed) != BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + length)..]))
        {
            throw new DataException($"{name}: the PNG chunk at byte {at} has a wrong checksum: the file is damaged. Copy it again.");
        }

        at += 12 + length;
        type = BinaryPrimitives.ReadUInt32BigEndian(typed);
        return typed[4..];
    }

    private static Png Decode(PngHeader header, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> alpha, MemoryStream packed, string name)
    {
        if (header.Width == 0)
        {
            throw new DataException($"{name}: the PNG file has no header. It is damaged.");
        }

        byte[] lines = Inflate(header, packed, name);
        Unfilter(lines, header, name);
        var pixels = new byte[header.Height * header.Width * header.ChannelsOut];
        var samples = new byte[header.Width * header.Samples];
        for (int y = 0; y < header.Height; y++)
        {
            Unpack(lines.AsSpan((y * (header.LineBytes + 1)) + 1, header.LineBytes), samples, header);
            Span<byte> row = pixels.AsSpan(y * header.Width * header.ChannelsOut, header.Width * header.ChannelsOut);
            if (header.IsPalette)
            {
                LookUp(samples, row, palette, alpha, name);
            }
            else
            {
                DropAlpha(samples, row, header);
            }
        }

        return new Png(new ImageShape(header.Height, header.Width, header.ChannelsOut), pixels);
    }

    private static byte[] Inflate(PngHeader header, MemoryStream packed, string name)
    {
        var lines = new byte[header.Height * (header.LineBytes + 1)];
        packed.Position = 0;
        try
        {
            using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
            int read = zlib.ReadAtLeast(lines, lines.Length, throwOnEndOfStream: false);
            return read == lines.Length ? lines : throw new InvalidDataException($"{lines.Length} bytes of lines expected, {read} found");
        }
        catch (InvalidDataException fault)
        {
            throw new DataException($"{name}: damaged PNG data: {fault.Message.TrimEnd('.')}. Copy the file again.", fault);
        }
    }

    /// <summary>Undoes the filter of each line: none, left, above, mean of both, or Paeth's choice.</summary>
    private static void Unfilter(byte[] lines, PngHeader header, string name)
    {
        int stride = header.LineBytes + 1;
        int step = header.PixelBytes;
        var zeros = new byte[header.LineBytes];
        for (int y = 0; y < header.Height; y++)
        {
            Span<byte> line = lines.AsSpan((y * stride) + 1, header.LineBytes);
            ReadOnlySpan<byte> above = y == 0 ? zeros : lines.AsSpan(((y - 1) * stride) + 1, header.LineBytes);
            byte filter = lines[y * stride];
            if (filter > 4)
            {
                throw new DataException($"{name}: line {y} has the filter {filter}; PNG knows 0 to 4. The file is damaged.");
            }

            for (int i = 0; i < line.Length && filter != 0; i++)
            {
                int left = i < step ? 0 : line[i - step];
                int corner = i < step ? 0 : above[i - step];
                line[i] += (byte)(filter switch
                {
                    1 => left,
                    2 => above[i],
                    3 => (left + above[i]) / 2,
                    _ => Paeth(left, above[i], corner),
                });
            }
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner);
        int toAbove = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + above - (2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    /// <summary>One byte a sample; grey of fewer bits is spread over 0 to 255, palette indices stay as they are.</summary>
    private static void Unpack(ReadOnlySpan<byte> line, Span<byte> samples, PngHeader header)
    {
        int depth = header.Depth;
        for (int i = 0; i < samples.Length; i++)
        {
            int bit = i * depth;
            int value = depth >= 8 ? line[bit / 8] : (line[bit / 8] >> (8 - depth - (bit % 8))) & ((1 << depth) - 1);
            samples[i] = (byte)(depth >= 8 || header.IsPalette ? value : value * 255 / ((1 << depth) - 1));
        }
    }

    private static void LookUp(ReadOnlySpan<byte> indices, Span<byte> row, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> alpha, string name)
    {
        for (int x = 0; x < indices.Length; x++)
        {
            int index = indices[x];
            if ((3 * index) + 3 > palette.Length)
            {
                throw new DataException($"{name}: colour {index} is not in the palette of {palette.Length / 3}. The file is damaged.");
            }

            for (int c = 0; c < 3; c++)
            {
                row[(3 * x) + c] = OnWhite(palette[(3 * index) + c], index < alpha.Length ? alpha[index] : byte.MaxValue);
            }
        }
    }

    private static void DropAlpha(ReadOnlySpan<byte> samples, Span<byte> row, PngHeader header)
    {
        if (!header.HasAlpha)
        {
            samples.CopyTo(row);
            return;
        }

        int channels = header.ChannelsOut;
        for (int x = 0; x < header.Width; x++)
        {
            ReadOnlySpan<byte> pixel = samples.Slice(x * (channels + 1), channels + 1);
            for (int c = 0; c < channels; c++)
            {
                row[(x * channels) + c] = OnWhite(pixel[c], pixel[channels]);
            }
        }
    }

    private static byte OnWhite(int value, int alpha) => (byte)(((value * alpha) + (255 * (255 - alpha)) + 127) / 255);

    /// <summary>The IHDR chunk.</summary>
    private readonly record struct PngHeader(int Width, int Height, int Depth, int Colour)
    {
        public bool IsPalette => Colour == 3;

        public bool HasAlpha => (Colour & 4) != 0;

        /// <summary>Samples a pixel.</summary>
        public int Samples => IsPalette ? 1 : ((Colour & 2) != 0 ? 3 : 1) + (HasAlpha ? 1 : 0);

        public int ChannelsOut => (Colour & 2) != 0 ? 3 : 1;

        /// <summary>Bytes a line, without its filter.</summary>
        public int LineBytes => ((Width * Samples * Depth) + 7) / 8;

        /// <summary>How far left a filter looks.</summary>
        public int PixelBytes => Math.Max(1, Samples * Depth / 8);

        public static PngHeader Read(ReadOnlySpan<byte> content, string name)
        {
            if (content.Length != 13)
            {
                throw new DataException($"{name}: a PNG header of {content.Length} bytes instead of 13. The file is damaged.");
            }

            uint width = BinaryPrimitives.ReadUInt32BigEndian(content);
            uint height = BinaryPrimitives.ReadUInt32BigEndian(content[4..]);
            if (width == 0 || height == 0 || width > MostPixels || height > MostPixels || (ulong)width * height > MostPixels)
            {
                throw new DataException($"{name}: {width} x {height} pixels; pictures of 1 to {MostPixels} pixels are read.");
            }

            bool known = (content[8], content[9]) is (1 or 2 or 4 or 8 or 16, 0) or (1 or 2 or 4 or 8, 3) or (8 or 16, 2 or 4 or 6);
            if (!known || content[10] != 0 || content[11] != 0)
            {
                throw new DataException($"{name}: bit depth {content[8]} with colour type {content[9]} is no PNG format. The file is damaged.");
            }

            return content[12] == 0
                ? new PngHeader((int)width, (int)height, content[8], content[9])
                : throw new DataException($"{name}: interlaced PNG files are not read. Save it without interlacing, e.g. with: convert in.png -interlace none out.png");
        }
    }
}
