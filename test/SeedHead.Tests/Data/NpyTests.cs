using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class NpyTests
{
    /// <summary>Value at (i, j) of the arrays that tools/reference/npy_samples.py wrote with NumPy.</summary>
    private static double Sample(int i, int j) => (3 * i) - j + (i * j % 2);

    public static TheoryData<string> Kinds =>
        [.. from kind in new[] { "f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8" } from order in new[] { "C", "F" } from end in new[] { "little", "big" } where order == "C" || end == "little" select $"{kind}_{order}_{end}"];

    [Theory, MemberData(nameof(Kinds))]
    public void Arrays_that_numpy_wrote_are_read(string file)
    {
        NpyArray array = Read($"{file}.npy");

        Assert.Equal([3, 4], array.Shape);
        double[] expected = [.. from i in Enumerable.Range(0, 3) from j in Enumerable.Range(0, 4) select file[0] == 'u' ? Math.Abs(Sample(i, j)) : Sample(i, j)];
        Assert.Equal(expected, array.Doubles());
        Assert.Equal(expected.Select(value => (float)value), array.Singles());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_versions_are_read(int version) =>
        Assert.Equal(Sample(2, 3), Read($"version_{version}.npy").Doubles()[11]);

    [Fact]
    public void Three_axes_in_fortran_order_are_put_into_rows() =>
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), Read("cube_F.npy").Singles()); // numpy: arange(24).reshape(2, 3, 4)

    [Fact]
    public void Scalars_vectors_truth_values_and_texts_are_read()
    {
        Assert.Equal([1.5f], Read("scalar.npy").Singles());
        Assert.Empty(Read("scalar.npy").Shape);
        Assert.Equal([0.5, -1.25, 3.0], Read("vector.npy").Doubles());
        Assert.Equal([.. from i in Enumerable.Range(0, 3) from j in Enumerable.Range(0, 4) select Sample(i, j) > 0 ? 1.0 : 0.0], Read("bool.npy").Doubles());
        Assert.Equal(["cat", "dog", "å"], (string[])Read("texts.npy").Values);
    }

    [Theory]
    [InlineData("complex.npy", "complex numbers")]
    [InlineData("objects.npy", "Python objects")]
    [InlineData("records.npy", "several fields")]
    public void Other_elements_are_refused(string file, string what)
    {
        string message = Assert.Throws<DataException>(() => Read(file)).Message;

        Assert.Contains(file, message);
        Assert.Contains(what, message);
    }

    [Fact]
    public void Written_arrays_have_the_bytes_of_numpy()
    {
        using var singles = new MemoryStream();
        Npy.Write(singles, [.. from i in Enumerable.Range(0, 3) from j in Enumerable.Range(0, 4) select (float)Sample(i, j)], 3, 4);
        using var doubles = new MemoryStream();
        Npy.Write(doubles, (ReadOnlySpan<double>)[0.5, -1.25, 3.0], 3);
        using var whole = new MemoryStream();
        Npy.Write(whole, [.. from i in Enumerable.Range(0, 3) from j in Enumerable.Range(0, 4) select (int)Sample(i, j)], 3, 4);
        using var scalar = new MemoryStream();
        Npy.Write(scalar, (ReadOnlySpan<float>)[1.5f]);

        Assert.Equal(Bytes("f4_C_little.npy"), singles.ToArray());
        Assert.Equal(Bytes("vector.npy"), doubles.ToArray());
        Assert.Equal(Bytes("i4_C_little.npy"), whole.ToArray());
        Assert.Equal(Bytes("scalar.npy"), scalar.ToArray());
    }

    [Fact]
    public void Written_arrays_come_back() => ForAll.Draws(40, draw =>
    {
        long[] shape = [.. Enumerable.Range(0, draw.Int(0, 4)).Select(_ => (long)draw.Int(0, 5))];
        float[] values = draw.Floats((int)shape.Aggregate(1L, (product, length) => product * length));
        using var stream = new MemoryStream();
        Npy.Write(stream, values, shape);
        stream.Position = 0;

        NpyArray array = Npy.Read(stream, "x.npy");

        Assert.Equal(shape, array.Shape);
        Assert.Equal(values, array.Singles());
        Assert.Equal(0, (stream.Length - (4 * values.Length)) % 64); // the data begin at a multiple of 64
    });

    [Fact]
    public void A_shape_that_the_values_do_not_fill_is_refused() =>
        Assert.Throws<ArgumentException>(() => Npy.Write(Stream.Null, new float[5], 2, 3));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_cut_at_any_byte_is_refused(bool lengthKnown)
    {
        byte[] whole = Bytes("f8_F_big.npy");
        for (int length = 0; length < whole.Length; length++)
        {
            using var cut = new MemoryStream(whole, 0, length);
            string message = Assert.Throws<DataException>(() => Npy.Read(cut, "cut.npy", lengthKnown ? Math.Max(0, length - 128) : -1)).Message;
            Assert.Contains("truncated", message);
        }
    }

    [Fact]
    public void A_truncated_array_tells_expected_and_found_bytes()
    {
        using var cut = new MemoryStream(Bytes("f4_C_little.npy"), 0, 150);

        string message = Assert.Throws<DataException>(() => Npy.Read(cut, "cut.npy")).Message;

        Assert.Contains("(3, 4) needs 48 bytes of data, but only 22", message);
    }

    [Fact]
    public void No_changed_byte_of_the_header_crashes_the_reader() // or makes it take gigabytes: the claims are checked against what is there
    {
        byte[] whole = Bytes("f4_C_little.npy");
        for (int at = 0; at < 128; at++)
        {
            foreach (byte value in "09 ',()<O\0\u007f"u8)
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                try
                {
                    using var stream = new MemoryStream(changed);
                    Npy.Read(stream, "changed.npy");
                }
                catch (DataException fault)
                {
                    Assert.Contains("changed.npy", fault.Message);
                }
            }
        }
    }

    [Theory]
    [InlineData("(99999999999, 99999999999)")]
    [InlineData("(4611686018427387904, 4)")]
    [InlineData("(3000000000,)")]
    public void Shapes_beyond_the_largest_array_are_refused(string shape)
    {
        byte[] header = NpyHeader.Write("<f4", [1, 1]);
        string text = System.Text.Encoding.Latin1.GetString(header).Replace("(1, 1)", shape);
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(text.Remove(text.Length - 1 - (shape.Length - 6), shape.Length - 6));

        Assert.Contains("more than", Assert.Throws<DataException>(() => Npy.Read(new MemoryStream(bytes), "large.npy")).Message);
    }

    private static byte[] Bytes(string file) => File.ReadAllBytes(Scratch.Golden(Path.Combine("npy", file)));

    private static NpyArray Read(string file) => Npy.Read(new MemoryStream(Bytes(file)), file);
}
