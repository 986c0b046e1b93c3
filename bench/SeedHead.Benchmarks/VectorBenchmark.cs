using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>One row times a matrix: bounded by memory, so gigabytes a second count (printed operations are half the bytes).</summary>
internal static class VectorBenchmark
{
    public static void Run()
    {
        foreach ((int k, int n) in new[] { (64, 64), (784, 512), (784, 4096), (4096, 10), (4096, 4096) })
        {
            using var x = new NativeBuffer<float>(k);
            using var b = new NativeBuffer<float>((long)k * n);
            using var y = new NativeBuffer<float>(n);
            Fill.Uniform(x, 1);
            Fill.Uniform(b, 2);
            Strided<float> row = Strided<float>.RowMajor(x, 1, k), matrix = Strided<float>.RowMajor(b, k, n), result = Strided<float>.RowMajor(y, 1, n);
            Timing.Report($"[1 × {k}]·[{k} × {n}]", 2.0 * k * n, 1, false, () => MatrixProduct.Multiply(Team.Single, row, matrix, result));
        }
    }
}
