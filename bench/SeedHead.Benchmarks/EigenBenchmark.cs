using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>All eigenvalues and vectors of a symmetric matrix; operations are counted as 4·n³ (4/3 to reduce, 2 to return, 2/3 to join).</summary>
internal static class EigenBenchmark
{
    public static void Run()
    {
        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            foreach (int n in new[] { 256, 512, 1024, 2048 })
            {
                Decompose(threads, n);
            }
        }
    }

    private static void Decompose(int threads, int n)
    {
        using var matrix = new NativeBuffer<double>((long)n * n);
        using var vectors = new NativeBuffer<double>((long)n * n);
        Fill.Uniform(matrix, 1);
        double[] values = new double[n];
        Strided<double> a = Strided<double>.RowMajor(matrix, n, n), v = Strided<double>.RowMajor(vectors, n, n);
        var team = new Team(threads);
        Timing.Report($"eigenvectors of [{n} × {n}]", 4.0 * n * n * n, threads, true, () => SymmetricEigen.Decompose(team, a, values, v));
    }
}
