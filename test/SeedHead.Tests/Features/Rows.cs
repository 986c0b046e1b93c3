using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;

namespace SeedHead.Tests.Features;

/// <summary>Input rows in an array, and feature maps applied to them.</summary>
internal sealed unsafe class Rows(float[][] values, ImageShape? shape = null) : IInputRows
{
    public int Count => values.Length;

    public int Columns => values[0].Length;

    public ImageShape? Shape => shape;

    public float[] this[int row] => values[row];

    /// <summary>Rows of standard normal numbers times <paramref name="scale"/>.</summary>
    public static Rows Normal(int count, int columns, ulong seed = 1, float scale = 1)
    {
        var stream = new SeedHead.Random.WeightStream(seed ^ 0x5EED_0F_DA7AUL);
        return new([.. Enumerable.Range(0, count).Select(i =>
            Enumerable.Range(0, columns).Select(j => scale * stream.Normal(new(0, 9, i, j))).ToArray())]);
    }

    public void Read(ReadOnlySpan<int> rows, Strided<float> destination)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            values[rows[i]].CopyTo(destination.Row(i));
        }
    }

    /// <summary>φ of every row as the map writes them into rows <paramref name="gap"/> numbers longer than D.</summary>
    public float[][] Map(FeatureMap map, int threads = 1, int gap = 0)
    {
        using var x = new NativeBuffer<float>((long)Count * Columns);
        using var phi = new NativeBuffer<float>((long)Count * (map.FeatureCount + gap));
        Strided<float> inputs = Strided<float>.RowMajor(x, Count, Columns);
        Read([.. Enumerable.Range(0, Count)], inputs);
        var features = new Strided<float>(phi.Pointer, Count, map.FeatureCount, map.FeatureCount + gap, 1);
        map.Map(new Team(threads), inputs, features);
        Assert.All(Enumerable.Range(0, Count), i => Assert.All(Enumerable.Range(0, gap), j =>
            Assert.Equal(0, phi.Pointer[((long)i * (map.FeatureCount + gap)) + map.FeatureCount + j])));
        return [.. Enumerable.Range(0, Count).Select(i => features.Row(i).ToArray())];
    }

    /// <summary>φ of one row by the path for one row.</summary>
    public float[] MapRow(FeatureMap map, int row)
    {
        var features = new float[map.FeatureCount];
        map.MapRow(values[row], features);
        return features;
    }

    public static uint[][] Bits(float[][] values) => [.. values.Select(Bits)];

    public static uint[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];
}
