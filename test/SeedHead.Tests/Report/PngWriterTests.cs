using SeedHead.Data;
using SeedHead.Report.Markup;

namespace SeedHead.Tests.Report;

public class PngWriterTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(8, 8, 1)]
    [InlineData(28, 28, 1)]
    [InlineData(32, 32, 3)]
    [InlineData(1, 4099, 3)]
    [InlineData(517, 3, 1)]
    public void A_picture_comes_back_byte_for_byte(int height, int width, int channels)
    {
        var shape = new ImageShape(height, width, channels);
        byte[] pixels = Noise(shape.Size);
        PngDecoder back = PngDecoder.Read(PngWriter.Write(pixels, shape));
        Assert.Equal((height, width, channels == 1 ? 0 : 2), (back.Height, back.Width, back.ColourType));
        Assert.Equal(pixels, back.Pixels);
        Assert.Empty(back.Palette);
        SeedHead.Data.Png ours = SeedHead.Data.Png.Read(PngWriter.Write(pixels, shape), "x.png");
        Assert.Equal(shape, ours.Shape);
        Assert.Equal(pixels, ours.Pixels);
    }

    [Fact]
    public void A_palette_comes_back_with_its_indices()
    {
        byte[] palette = Noise(3 * 7);
        byte[] indices = [.. Noise(60).Select(value => (byte)(value % 7))];
        PngDecoder back = PngDecoder.Read(PngWriter.WriteIndexed(indices, 6, 10, palette));
        Assert.Equal((6, 10, 3), (back.Height, back.Width, back.ColourType));
        Assert.Equal(indices, back.Pixels);
        Assert.Equal(palette, back.Palette);
    }

    [Fact]
    public void How_hard_a_picture_is_packed_does_not_change_it()
    {
        byte[] palette = Noise(3 * 7), indices = new byte[6000];
        byte[] small = PngWriter.WriteIndexed(indices, 60, 100, palette), fast = PngWriter.WriteIndexed(indices, 60, 100, palette, System.IO.Compression.CompressionLevel.Fastest);
        Assert.Equal(PngDecoder.Read(small).Pixels, PngDecoder.Read(fast).Pixels);
        Assert.InRange(small.Length, 1, fast.Length);
    }

    [Fact]
    public void The_same_pixels_give_the_same_bytes() => Assert.Equal(PngWriter.Write(Noise(784), new(28, 28, 1)), PngWriter.Write(Noise(784), new(28, 28, 1)));

    /// <summary>The bytes of a 1 × 1 black grey pixel around the packed part are fixed by the standard (its CRC values are those any writer gives).</summary>
    [Fact]
    public void Header_and_end_have_the_published_checksums()
    {
        byte[] file = PngWriter.Write([0], new ImageShape(1, 1, 1));
        Assert.Equal(0x3A7E9B55u, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(29))); // IHDR 1 × 1, 8 bit grey
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], file[^4..]);                                                      // IEND
    }

    [Fact]
    public void What_is_no_picture_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PngWriter.Write(new byte[8], new ImageShape(2, 2, 2)));
        Assert.Throws<ArgumentException>(() => PngWriter.Write(new byte[5], new ImageShape(2, 2, 1)));
        Assert.Throws<ArgumentException>(() => PngWriter.Write([], new ImageShape(0, 2, 1)));
        Assert.Throws<ArgumentException>(() => PngWriter.WriteIndexed([0], 1, 1, []));
        Assert.Throws<ArgumentException>(() => PngWriter.WriteIndexed([0], 1, 1, new byte[4]));
        Assert.Throws<ArgumentException>(() => PngWriter.WriteIndexed([2], 1, 1, new byte[6]));
    }

    private static byte[] Noise(int count)
    {
        var draw = new Draw(7);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)draw.Bits())];
    }
}
