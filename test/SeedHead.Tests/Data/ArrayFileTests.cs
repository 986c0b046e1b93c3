using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class ArrayFileTests
{
    [Fact]
    public void An_npz_with_a_test_part_gives_both_parts()
    {
        DatasetPair pair = DataSource.Load(Golden("train_and_test.npz"));

        Assert.Equal((15, 5), (pair.Train.Count, pair.Test!.Count));
        var numbers = (Numbers)pair.Test.Inputs;
        Assert.Equal([30, 31], numbers.Values.Span[..2].ToArray());
        Assert.Equal(["1", "0", "1", "0", "1"], Texts.Classes(pair.Test));
    }

    [Theory]
    [InlineData("packed.npz", typeof(ClassTarget))]
    [InlineData("regression.npz", typeof(NumberTarget))]
    public void The_target_is_classes_or_numbers_by_its_values(string file, Type target) => Assert.IsType(target, DataSource.Load(Golden(file)).Train.Target);

    [Fact]
    public void Texts_are_classes_in_ordinal_order()
    {
        Dataset data = DataSource.Load(Golden("texts.npz")).Train;

        Assert.Equal(["a", "b"], ((ClassTarget)data.Target!).Classes);
        Assert.Equal("b", Texts.Classes(data)[0]);
    }

    [Fact]
    public void Byte_arrays_of_four_axes_are_images()
    {
        Dataset data = DataSource.Load(Golden("images.npz")).Train;

        var images = (Images)data.Inputs;
        Assert.Equal(new ImageShape(2, 2, 3), images.Shape);
        Assert.Equal(Enumerable.Range(12, 12).Select(i => (byte)i), images[1].ToArray()); // numpy: (arange(240) % 256).reshape(20, 2, 2, 3)
        Assert.IsType<ClassTarget>(data.Target);
    }

    [Fact]
    public void Images_with_channels_first_are_turned_with_a_note()
    {
        using var scratch = new Scratch();
        byte[] planes = [.. Enumerable.Range(0, 3 * 4 * 5).Select(i => (byte)i)]; // one image of 3 planes of 4 x 5
        string path = scratch.Write("first.npy", [.. NpyHeader.Write("|u1", [1, 3, 4, 5]), .. planes]);

        Dataset data = DataSource.Load(path, new DataOptions { RequireTarget = false }).Train;

        Assert.Equal([0, 20, 40, 1, 21, 41], ((Images)data.Inputs)[0][..6].ToArray());
        Assert.Contains("4x5x3", Assert.Single(data.Notes));
    }

    [Fact]
    public void An_npy_holds_rows_to_predict_but_no_target()
    {
        Assert.Equal(3, DataSource.Load(Golden("f8_F_little.npy"), new DataOptions { RequireTarget = false }).Train.Count);
        Assert.Contains("npz", Error(Golden("f8_F_little.npy")));
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused_with_their_place()
    {
        string message = Error(Golden("nan.npy"), new DataOptions { RequireTarget = false });

        Assert.Contains("nan.npy", message);
        Assert.Contains("row 1, column 1 (from 0) is NaN", message);
    }

    [Fact]
    public void Other_shapes_are_refused()
    {
        Assert.Contains("shape (3,)", Error(Golden("vector.npy"), new DataOptions { RequireTarget = false }));
        Assert.Contains("texts", Error(Golden("texts.npy"), new DataOptions { RequireTarget = false }));
    }

    [Fact]
    public void A_target_that_is_not_there_is_refused_with_the_nearest()
    {
        string message = Error(Golden("train_and_test.npz"), new DataOptions { Target = "y_trian" });

        Assert.Contains("'y_trian'", message);
        Assert.Contains("Did you mean 'y_train'?", message);
    }

    [Fact]
    public void Equal_arrays_have_equal_hashes_however_they_are_packed()
    {
        string plain = DataSource.Load(Golden("texts.npz")).Train.Sha256;
        string packed = DataSource.Load(Golden("packed.npz")).Train.Sha256;

        Assert.Equal(64, plain.Length);
        Assert.NotEqual(plain, packed); // another target
        using var scratch = new Scratch();
        using var repacked = new MemoryStream();
        Repack(Golden("packed.npz"), repacked);
        Assert.Equal(packed, DataSource.Load(scratch.Write("again.npz", repacked.ToArray())).Train.Sha256);
    }

    [Fact]
    public void An_npz_cut_at_any_byte_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Golden("packed.npz"));
        using var scratch = new Scratch();
        for (int length = 1; length < whole.Length; length++)
        {
            Assert.Contains("cut.npz", Error(scratch.Write("cut.npz", whole[..length])));
        }
    }

    [Fact]
    public void An_npz_with_a_changed_byte_is_read_the_same_or_refused()
    {
        byte[] whole = File.ReadAllBytes(Golden("packed.npz"));
        string sha = DataSource.Load(Golden("packed.npz")).Train.Sha256;
        using var scratch = new Scratch();
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            string path = scratch.Write("changed.npz", changed);
            try
            {
                Assert.Equal(sha, DataSource.Load(path).Train.Sha256);
            }
            catch (DataException fault)
            {
                Assert.Contains("changed.npz", fault.Message);
            }
        }
    }

    private static void Repack(string path, Stream to)
    {
        using var from = System.IO.Compression.ZipFile.OpenRead(path);
        using var zip = new System.IO.Compression.ZipArchive(to, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in from.Entries.Reverse())
        {
            using Stream source = entry.Open();
            using Stream target = zip.CreateEntry(entry.FullName, System.IO.Compression.CompressionLevel.NoCompression).Open();
            source.CopyTo(target);
        }
    }

    private static string Golden(string file) => Scratch.Golden(Path.Combine("npy", file));

    private static string Error(string path, DataOptions? options = null) => Assert.Throws<DataException>(() => DataSource.Load(path, options)).Message;
}
