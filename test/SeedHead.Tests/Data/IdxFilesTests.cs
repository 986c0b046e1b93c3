using System.Buffers.Binary;
using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class IdxFilesTests
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 5 * 2 * 3).Select(i => (byte)(7 * i))];
    private static readonly byte[] Labels = [3, 1, 3, 9, 1];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Images_find_their_labels_and_their_test_part(bool packed)
    {
        using var scratch = new Scratch();
        string ending = packed ? ".gz" : "";
        byte[] Pack(byte[] bytes) => packed ? Packed.Gzip(bytes) : bytes;
        string path = scratch.Write("train-images-idx3-ubyte" + ending, Pack(File(Pixels, 5, 2, 3)));
        scratch.Write("train-labels-idx1-ubyte" + ending, Pack(File(Labels, 5)));
        scratch.Write("t10k-images-idx3-ubyte" + ending, Pack(File(Pixels[..12], 2, 2, 3)));
        scratch.Write("t10k-labels-idx1-ubyte", File(Labels[..2], 2)); // packed or not, each by itself

        DatasetPair pair = DataSource.Load(path);

        Assert.Equal((5, 2), (pair.Train.Count, pair.Test!.Count));
        Assert.Equal(["3", "1", "3", "9", "1"], Texts.Classes(pair.Train));
        Assert.Equal(new ImageShape(2, 3, 1), ((Images)pair.Train.Inputs).Shape);
        Assert.Equal(Pixels[6..12], ((Images)pair.Train.Inputs)[1].ToArray());
        Assert.Equal(pair.Train.Sha256, DataSource.Load(path.Replace("images-idx3", "labels-idx1")).Train.Sha256);
    }

    [Fact]
    public void Images_without_labels_can_only_be_predicted()
    {
        using var scratch = new Scratch();
        string path = scratch.Write("photos-images.idx3-ubyte", File(Pixels, 5, 2, 3));

        Assert.Null(DataSource.Load(path, new DataOptions { RequireTarget = false }).Train.Target);
        Assert.Contains("photos-labels.idx1-ubyte", Error(path));
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused_with_expected_and_found_bytes()
    {
        using var scratch = new Scratch();
        scratch.Write("a-labels-idx1-ubyte", File(Labels, 5));
        byte[] whole = File(Pixels, 5, 2, 3);
        for (int length = 0; length < whole.Length; length++)
        {
            string path = scratch.Write("a-images-idx3-ubyte", whole[..length]);
            string message = Error(path);
            Assert.Contains("a-images-idx3-ubyte", message);
            if (length >= 16)
            {
                Assert.Contains($"30 bytes, but {length - 16} are there", message);
            }
        }
    }

    [Fact]
    public void A_packed_file_cut_at_any_byte_is_refused()
    {
        using var scratch = new Scratch();
        scratch.Write("a-labels-idx1-ubyte", File(Labels, 5));
        byte[] whole = Packed.Gzip(File(Pixels, 5, 2, 3));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Contains("a-images-idx3-ubyte.gz", Error(scratch.Write("a-images-idx3-ubyte.gz", whole[..length])));
        }
    }

    [Fact]
    public void Bytes_beyond_the_last_image_are_refused()
    {
        using var scratch = new Scratch();
        string path = scratch.Write("a-images-idx3-ubyte", [.. File(Pixels, 5, 2, 3), 0]);

        Assert.Contains("there are more", Error(path, new DataOptions { RequireTarget = false }));
    }

    [Fact]
    public void Labels_of_another_number_are_refused()
    {
        using var scratch = new Scratch();
        string path = scratch.Write("a-images-idx3-ubyte", File(Pixels, 5, 2, 3));
        scratch.Write("a-labels-idx1-ubyte", File(Labels[..4], 4));

        string message = Error(path);

        Assert.Contains("4 labels", message);
        Assert.Contains("5 images", message);
    }

    [Fact]
    public void Elements_other_than_bytes_are_refused()
    {
        using var scratch = new Scratch();
        byte[] floats = File(Pixels, 5, 2, 3);
        floats[2] = 0x0D;

        Assert.Contains("0x0D", Error(scratch.Write("a-images-idx3-ubyte", floats), new DataOptions { RequireTarget = false }));
    }

    [Fact]
    public void A_header_that_claims_too_much_is_refused_before_memory_is_taken()
    {
        using var scratch = new Scratch();
        byte[] large = File(Pixels, 2_000_000_000, 2, 3);

        Assert.Contains("more than", Error(scratch.Write("a-images-idx3-ubyte", large), new DataOptions { RequireTarget = false }));
    }

    private static byte[] File(byte[] values, params int[] shape)
    {
        var bytes = new byte[4 + (4 * shape.Length) + values.Length];
        (bytes[2], bytes[3]) = (8, (byte)shape.Length);
        for (int i = 0; i < shape.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), shape[i]);
        }

        values.CopyTo(bytes, 4 + (4 * shape.Length));
        return bytes;
    }

    private static string Error(string path, DataOptions? options = null) => Assert.Throws<DataException>(() => DataSource.Load(path, options)).Message;
}
