using SeedHead.Compute;
using SeedHead.Heads;

namespace SeedHead.Tests.Heads;

/// <summary>A small problem: rows of float32 features, targets, and both as float64 rows for the references.</summary>
internal sealed unsafe class Problem(float[][] features, float[][] targets) : IFeatureRows
{
    public float[][] Features { get; } = features;

    public float[][] Targets { get; } = targets;

    public double[][] X => [.. Features.Select(row => row.Select(value => (double)value).ToArray())];

    public double[][] Y => [.. Targets.Select(row => row.Select(value => (double)value).ToArray())];

    public int Count => Features.Length;

    public int FeatureCount => Features[0].Length;

    public int Outputs => Targets[0].Length;

    /// <summary>Features of different scales and offsets, targets linear in them plus noise.</summary>
    public static Problem Regression(ulong number, int rows, int features, int outputs, double noise = 0.3)
    {
        var draw = new Draw(number);
        double[] scale = draw.Doubles(features, 0.2, 3), offset = draw.Doubles(features, -2, 4);
        double[][] truth = [.. Enumerable.Range(0, outputs).Select(_ => draw.Doubles(features))];
        var x = new float[rows][];
        var y = new float[rows][];
        for (int i = 0; i < rows; i++)
        {
            x[i] = [.. scale.Select((s, j) => (float)(offset[j] + (s * draw.Double(-1, 1))))];
            y[i] = [.. truth.Select(w => (float)(w.Select((value, j) => value * x[i][j]).Sum() + (noise * draw.Double(-1, 1))))];
        }

        return new(x, y);
    }

    /// <summary>Classes by the largest of a few noisy scores, one-hot, sorted by label.</summary>
    public static Problem Classes(ulong number, int rows, int features, int classes)
    {
        var scores = Regression(number, rows, features, classes, noise: 2);
        int[] labels = [.. scores.Targets.Select(row => Array.IndexOf(row, row.Max()))];
        int[] order = [.. Enumerable.Range(0, rows).OrderBy(i => labels[i])];
        return new(
            [.. order.Select(i => scores.Features[i])],
            [.. order.Select(i => Enumerable.Range(0, classes).Select(k => k == labels[i] ? 1f : 0f).ToArray())]);
    }

    public Problem Rows(int first, int count) => new(Features[first..(first + count)], Targets[first..(first + count)]);

    public RidgeFit Fit(RidgeOptions options, int threads = 1)
    {
        float[] y = [.. Targets.SelectMany(row => row)];
        fixed (float* pointer = y)
        {
            return Ridge.Fit(new Execution { Threads = threads }, this, Strided<float>.RowMajor(pointer, Count, Outputs), options);
        }
    }

    public GramSums Sums(bool doublePrecision, ReadOnlySpan<float> shift = default)
    {
        var sums = new GramSums(FeatureCount, Outputs, shift, doublePrecision);
        float[] x = [.. Features.SelectMany(row => row)], y = [.. Targets.SelectMany(row => row)];
        fixed (float* px = x, py = y)
        {
            sums.Add(Team.Single, Strided<float>.RowMajor(px, Count, FeatureCount), Strided<float>.RowMajor(py, Count, Outputs));
        }

        return sums;
    }

    public void Read(Team team, int first, Strided<float> features)
    {
        for (int r = 0; r < features.Rows; r++)
        {
            Features[first + r].CopyTo(features.Row(r));
        }
    }
}
