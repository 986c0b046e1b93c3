using System.Formats.Tar;
using System.Security.Cryptography;
using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class CifarBinaryTests
{
    private const int Records = 3;
    private static readonly ImageShape Shape = new(2, 2, 3);
    private static readonly byte[][] Members = [.. Enumerable.Range(0, 4).Select(Member)];
    private static readonly CifarBinary Small = new(
        [.. Enumerable.Range(0, 3).Select(i => new CifarMember($"data_batch_{i + 1}.bin", Sha(Members[i])))], new("test_batch.bin", Sha(Members[3])), Shape, Records, ["cat", "dog"]);

    [Fact]
    public void Planes_become_pixels_and_members_follow_their_order()
    {
        using var scratch = new Scratch();
        foreach (int i in (int[])[3, 1, 0, 2])
        {
            scratch.Write($"sub/{Name(i)}", Members[i]);
        }

        DatasetPair pair = Small.Read("small", scratch.Folder, default)!;

        Assert.Equal((9, 3), (pair.Train.Count, pair.Test!.Count));
        var images = (Images)pair.Train.Inputs;
        Assert.Equal(Shape, images.Shape);
        ReadOnlySpan<byte> planes = Members[1].AsSpan(1, 12); // first record of the second member: red plane, green plane, blue plane
        Assert.Equal([planes[0], planes[4], planes[8], planes[1], planes[5], planes[9]], images[Records][..6].ToArray());
        Assert.Equal(["cat", "dog", "cat", "dog", "cat", "dog", "cat", "dog", "cat"], Texts.Classes(pair.Train));
        Assert.Empty(pair.Train.Notes);
        Assert.Equal(["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin"], pair.Train.Parts);
    }

    [Fact]
    public void Archives_in_parts_are_read_and_missing_members_named()
    {
        using var scratch = new Scratch();
        scratch.Write("x.part-b3.tar.gz", Tar(2));
        scratch.Write("x.part-test.tar.gz", Tar(3));

        DatasetPair pair = Small.Read("small", scratch.Folder, default)!;

        Assert.Equal(3, pair.Train.Count);
        string note = Assert.Single(pair.Train.Notes);
        Assert.Contains("data_batch_1.bin, data_batch_2.bin not found", note);
        Assert.Contains("3 of 9", note);
        Assert.Equal(Members[2][1], ((Images)pair.Train.Inputs)[0][0]);
    }

    [Fact]
    public void Content_has_one_hash_however_it_is_packed()
    {
        using var apart = new Scratch();
        using var together = new Scratch();
        apart.Write(Name(0), Members[0]);
        apart.Write(Name(3), Members[3]);
        together.Write("x.tar.gz", Tar(3, 0));

        Assert.Equal(Small.Read("a", apart.Folder, default)!.Train.Sha256, Small.Read("a", together.Folder, default)!.Train.Sha256);
    }

    [Fact]
    public void Without_a_training_and_a_test_member_there_is_no_set()
    {
        using var scratch = new Scratch();
        Assert.Null(Small.Read("small", Path.Combine(scratch.Folder, "nowhere"), default));
        scratch.Write(Name(3), Members[3]);
        Assert.Null(Small.Read("small", scratch.Folder, default));
    }

    [Fact]
    public void A_member_that_is_not_the_published_one_is_refused()
    {
        using var scratch = new Scratch();
        byte[] changed = [.. Members[0]];
        changed[5] ^= 1;
        scratch.Write(Name(0), changed);

        string message = Assert.Throws<DataException>(() => Small.Read("small", scratch.Folder, default)).Message;

        Assert.Contains(Name(0), message);
        Assert.Contains(Sha(Members[0]), message);
    }

    [Fact]
    public void A_truncated_member_tells_expected_and_found_bytes()
    {
        using var scratch = new Scratch();
        scratch.Write(Name(0), Members[0][..20]);

        Assert.Contains("39 bytes expected, 20 found", Assert.Throws<DataException>(() => Small.Read("small", scratch.Folder, default)).Message);
    }

    [Fact]
    public void An_archive_cut_anywhere_is_refused()
    {
        using var scratch = new Scratch();
        byte[] whole = Tar(0, 1, 2);
        for (int length = 10; length < whole.Length; length += 5)
        {
            scratch.Write("x.tar.gz", whole[..length]);
            Assert.Contains("x.tar.gz", Assert.Throws<DataException>(() => Small.Read("small", scratch.Folder, default)).Message);
        }
    }

    [Fact]
    public void One_file_is_read_by_its_path()
    {
        using var scratch = new Scratch();
        byte[] record = [9, .. new byte[3072]];

        Dataset data = DataSource.Load(scratch.Write("batch.bin", [.. record, .. record])).Train;

        Assert.Equal(["truck", "truck"], Texts.Classes(data));
        Assert.Contains("3073", Assert.Throws<DataException>(() => DataSource.Load(scratch.Write("cut.bin", record[..99]))).Message);
        record[0] = 10;
        Assert.Contains("label 10", Assert.Throws<DataException>(() => DataSource.Load(scratch.Write("label.bin", record))).Message);
    }

    private static string Name(int i) => i < 3 ? $"data_batch_{i + 1}.bin" : "test_batch.bin";

    private static byte[] Member(int number) =>
        [.. Enumerable.Range(0, Records).SelectMany(r => new byte[] { (byte)((number + r) % 2) }.Concat(Enumerable.Range(0, 12).Select(i => (byte)((50 * number) + (13 * r) + i))))];

    private static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Tar(params int[] members)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            foreach (int i in members)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"cifar/{Name(i)}") { DataStream = new MemoryStream(Members[i]) });
            }
        }

        return Packed.Gzip(stream.ToArray());
    }
}
