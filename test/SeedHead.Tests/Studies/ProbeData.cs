using SeedHead.Data;
using SeedHead.Random;

namespace SeedHead.Tests.Studies;

/// <summary>Small tables with a target that is known.</summary>
internal static class ProbeData
{
    public static double[] Normals(int rows, int columns, ulong seed)
    {
        var stream = new WeightStream(seed);
        return [.. Enumerable.Range(0, rows * columns).Select(i => (double)stream.Normal(new(0, 0, i / columns, i % columns)))];
    }

    public static Dataset Of(int rows, int columns, Func<ReadOnlySpan<double>, double> target, double noise = 0.05, ulong seed = 1)
    {
        double[] x = Normals(rows, columns, seed), error = Normals(rows, 1, seed + 100);
        double[] y = [.. Enumerable.Range(0, rows).Select(i => target(x.AsSpan(i * columns, columns)) + (noise * error[i]))];
        return Of(x, columns, new NumberTarget("y", y));
    }

    public static Dataset Of(double[] x, int columns, Target target) =>
        new("made", new Numbers(Array.ConvertAll(x, value => (float)value), columns), target, "00");
}
