using System.Text.Json;
using SeedHead.Compute;

namespace SeedHead.Tests.Kernels;

/// <summary>Rows, kernels and golden numbers that tests of kernel matrices share.</summary>
internal static class KernelRows
{
    /// <summary>What Golden/kernel-pca.py wrote.</summary>
    public static JsonElement Golden()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "kernel-pca.json")));
        return golden.RootElement.Clone();
    }

    public static double[] Numbers(JsonElement golden, string name) =>
        [.. golden.GetProperty(name).EnumerateArray().SelectMany(row => row.ValueKind == JsonValueKind.Array ? row.EnumerateArray().Select(value => value.GetDouble()) : [row.GetDouble()])];

    /// <summary>Multiples of 1/128 in [−1, 1) from SplitMix64, as in Golden/kernel-pca.py.</summary>
    public static NativeBuffer<float> Grid(ulong seed, int count)
    {
        var values = new NativeBuffer<float>(count);
        foreach (ref float value in values.Span(0, count))
        {
            ulong z = seed += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            value = ((z ^ (z >> 31)) >> 56) / 128f - 1;
        }

        return values;
    }

    /// <summary>(shift + x·y/scale)^power.</summary>
    public static NativeBuffer<double> Polynomial(NativeBuffer<float> x, NativeBuffer<float> y, int columns, double shift, double scale, int power)
    {
        int n = (int)x.Length / columns, m = (int)y.Length / columns;
        var kernel = new NativeBuffer<double>((long)n * m);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < m; j++)
            {
                double product = 0;
                for (int c = 0; c < columns; c++)
                {
                    product += (double)x.Span(i * columns, columns)[c] * y.Span(j * columns, columns)[c];
                }

                double value = 1;
                for (int p = 0; p < power; p++)
                {
                    value *= shift + (product / scale);
                }

                kernel.Span(((long)i * m) + j, 1)[0] = value;
            }
        }

        return kernel;
    }

    public static double[] All(Strided<double> matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = matrix[i / matrix.Columns, i % matrix.Columns];
        }

        return values;
    }

    public static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
