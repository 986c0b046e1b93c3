using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class GzipReaderTests
{
    [Fact]
    public void What_the_framework_packs_comes_back() => ForAll.Draws(60, draw =>
    {
        byte[] bytes = Bytes(draw);

        Assert.Equal(bytes, Unpack(Packed.Gzip(bytes)));
    });

    [Fact]
    public void Members_one_after_the_other_and_padding_are_read() => ForAll.Draws(40, draw =>
    {
        byte[][] members = [.. Enumerable.Range(0, draw.Int(1, 4)).Select(_ => Bytes(draw))];
        byte[] packed = [.. members.SelectMany(Packed.Gzip), .. new byte[draw.Int(0, 3) * 100]];

        Assert.Equal(members.SelectMany(member => member), Unpack(packed));
    });

    [Fact]
    public void A_cut_at_any_byte_is_told() => ForAll.Draws(6, draw =>
    {
        byte[] packed = Packed.Gzip(Bytes(draw));
        for (int length = 1; length < packed.Length; length += Math.Max(1, packed.Length / 500))
        {
            Assert.Throws<InvalidDataException>(() => Unpack(packed[..length]));
        }

        Assert.Throws<InvalidDataException>(() => Unpack(packed[..^1]));
    });

    [Fact]
    public void A_changed_byte_is_told_unless_it_carries_nothing() => ForAll.Draws(6, draw =>
    {
        byte[] bytes = Bytes(draw);
        byte[] packed = Packed.Gzip(bytes);
        int told = 0;
        for (int at = 10; at < packed.Length; at += Math.Max(1, packed.Length / 500)) // behind the header, whose time and system tell nothing
        {
            byte[] changed = [.. packed];
            changed[at] ^= 0x40;
            try
            {
                Assert.Equal(bytes, Unpack(changed)); // the unused bits before the checksum
            }
            catch (InvalidDataException)
            {
                told++;
            }
        }

        Assert.True(told > 0);
    });

    [Fact]
    public void Empty_members_are_read()
    {
        byte[] empty = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]; // what gzip -n writes for an empty file

        Assert.Empty(Unpack(empty));
        Assert.Equal([1, 2], Unpack([.. empty, .. Packed.Gzip([1, 2]), .. empty]));
    }

    [Fact]
    public void Names_comments_and_extra_fields_of_the_header_are_passed_over()
    {
        byte[] packed = Packed.Gzip([1, 2, 3]);
        byte[] full = [.. packed[..3], 4 + 8 + 16 + 2, .. packed[4..10], 2, 0, 7, 7, .. "name\0"u8, .. "comment\0"u8, 9, 9, .. packed[10..]];

        Assert.Equal([1, 2, 3], Unpack(full));
    }

    private static byte[] Bytes(Draw draw)
    {
        int length = draw.Of(1, 2, draw.Int(3, 2000), draw.Int(2000, 40_000));
        int range = draw.Of(1, 3, 255);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)draw.Int(0, range))];
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var reader = new GzipReader(new MemoryStream(packed));
        using var all = new MemoryStream();
        reader.CopyTo(all);
        return all.ToArray();
    }
}
