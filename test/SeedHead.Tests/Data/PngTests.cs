using System.Buffers.Binary;
using System.IO.Compression;
using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class PngTests
{
    [Theory]
    [InlineData("grey1", 1)]
    [InlineData("grey8", 1)]
    [InlineData("grey16", 1)]
    [InlineData("rgb8", 3)]
    [InlineData("rgb8_smooth", 3)]
    [InlineData("palette1", 3)]
    [InlineData("palette2", 3)]
    [InlineData("palette4", 3)]
    [InlineData("palette8", 3)]
    public void Pictures_that_pillow_wrote_are_read(string name, int channels) // tools/reference/png_samples.py
    {
        Png png = Png.Read(Golden(name + ".png"), name);

        Assert.Equal(new ImageShape(13, 17, channels), png.Shape);
        Assert.Equal(Golden(name + ".raw"), png.Pixels);
    }

    [Theory]
    [InlineData("greyalpha8", 1)]
    [InlineData("rgba8", 3)]
    public void Transparent_pictures_are_laid_on_white(string name, int channels)
    {
        byte[] samples = Golden(name + ".raw");
        byte[] expected =
        [
            .. from pixel in Enumerable.Range(0, 13 * 17)
               from c in Enumerable.Range(0, channels)
               let alpha = samples[(pixel * (channels + 1)) + channels] / 255.0
               select (byte)Math.Round((samples[(pixel * (channels + 1)) + c] * alpha) + (255 * (1 - alpha))),
        ];

        Assert.Equal(expected, Png.Read(Golden(name + ".png"), name).Pixels);
    }

    [Fact]
    public void Every_filter_is_undone() => ForAll.Draws(60, draw =>
    {
        (int depth, int colour) = draw.Of((8, 0), (8, 2), (8, 4), (8, 6), (16, 0), (16, 2));
        int samples = colour switch { 0 => 1, 2 => 3, 4 => 2, _ => 4 };
        (int width, int height) = (draw.Int(1, 9), draw.Int(1, 9));
        byte[] lines = [.. Enumerable.Range(0, width * height * samples * depth / 8).Select(_ => (byte)draw.Int(0, 255))];
        int[] filters = [.. Enumerable.Range(0, height).Select(_ => draw.Int(0, 4))];

        Png filtered = Png.Read(Write(width, height, depth, colour, lines, filters), "filtered");
        Png plain = Png.Read(Write(width, height, depth, colour, lines, new int[height]), "plain");

        Assert.Equal(plain.Pixels, filtered.Pixels);
        if ((depth, colour) is (8, 0 or 2))
        {
            Assert.Equal(lines, plain.Pixels);
        }
    });

    [Theory]
    [InlineData(2, new byte[] { 0b00_01_10_11, 0b11_00_00_00 }, new byte[] { 0, 85, 170, 255, 255 })]
    [InlineData(4, new byte[] { 0x0F, 0x18, 0x20 }, new byte[] { 0, 255, 17, 136, 34 })]
    public void Grey_of_few_bits_is_spread_over_the_range(int depth, byte[] line, byte[] expected) =>
        Assert.Equal(expected, Png.Read(Write(5, 1, depth, 0, line, [0]), "grey").Pixels);

    [Fact]
    public void Interlaced_pictures_are_refused_with_the_way_out()
    {
        string message = Assert.Throws<DataException>(() => Png.Read(Write(1, 1, 8, 0, [7], [0], interlace: 1), "x.png")).Message;

        Assert.StartsWith("x.png: interlaced", message);
    }

    [Fact]
    public void A_picture_cut_at_any_byte_is_refused()
    {
        byte[] whole = Golden("palette4.png");
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Contains("cut.png", Assert.Throws<DataException>(() => Png.Read(whole.AsSpan(0, length), "cut.png")).Message);
        }
    }

    [Fact]
    public void A_picture_with_any_changed_byte_is_refused()
    {
        byte[] whole = Golden("palette4.png");
        for (int at = 0; at < whole.Length - 12; at++) // the last chunk is empty: its checksum is all that can be changed
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x21;
            Assert.Throws<DataException>(() => Png.Read(changed, "changed.png"));
        }
    }

    [Fact]
    public void Data_that_are_too_short_for_the_header_are_refused() =>
        Assert.Contains("damaged PNG data", Assert.Throws<DataException>(() => Png.Read(Write(5, 5, 8, 0, new byte[20], new int[4], fewerLines: true), "short.png")).Message);

    [Fact]
    public void A_header_that_claims_too_much_is_refused() =>
        Assert.Contains("pixels", Assert.Throws<DataException>(() => Png.Read(Write(100_000, 100_000, 8, 0, [], [], fewerLines: true), "large.png")).Message);

    /// <summary>A PNG writer by the letter of the specification, with a filter of choice on every line.</summary>
    internal static byte[] Write(int width, int height, int depth, int colour, byte[] lines, int[] filters, int interlace = 0, bool fewerLines = false)
    {
        int stride = filters.Length == 0 ? 0 : lines.Length / filters.Length;
        int samples = colour switch { 0 or 3 => 1, 2 => 3, 4 => 2, _ => 4 };
        int step = Math.Max(1, samples * depth / 8);
        Assert.True(fewerLines || filters.Length == height);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int y = 0; y < filters.Length; y++)
            {
                zlib.WriteByte((byte)filters[y]);
                for (int i = 0; i < stride; i++)
                {
                    int a = i < step ? 0 : lines[(y * stride) + i - step];
                    int b = y == 0 ? 0 : lines[((y - 1) * stride) + i];
                    int c = i < step || y == 0 ? 0 : lines[((y - 1) * stride) + i - step];
                    int p = a + b - c;
                    int[] distances = [Math.Abs(p - a), Math.Abs(p - b), Math.Abs(p - c)];
                    int paeth = distances[0] <= distances[1] && distances[0] <= distances[2] ? a : distances[1] <= distances[2] ? b : c;
                    zlib.WriteByte((byte)(lines[(y * stride) + i] - filters[y] switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => paeth }));
                }
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colour, (byte)interlace);
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] typed = [.. System.Text.Encoding.ASCII.GetBytes(type), .. content];
        byte[] chunk = [0, 0, 0, 0, .. typed, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Append(0, typed));
        return chunk;
    }

    private static byte[] Golden(string file) => File.ReadAllBytes(Scratch.Golden(Path.Combine("png", file)));
}
