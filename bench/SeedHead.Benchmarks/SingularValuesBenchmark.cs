using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>Singular values, U and V; operations are counted as 4·m·n² + 8·n³ for m ≥ n (Golub &amp; Van Loan's count for a thin decomposition).</summary>
internal static class SingularValuesBenchmark
{
    public static void Run()
    {
        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            foreach ((int m, int n) in new[] { (64, 64), (256, 256), (512, 512), (1024, 1024), (4096, 256) })
            {
                Decompose(threads, m, n);
            }
        }
    }

    private static void Decompose(int threads, int m, int n)
    {
        using var matrix = new NativeBuffer<double>((long)m * n);
        using var left = new NativeBuffer<double>((long)m * n);
        using var right = new NativeBuffer<double>((long)n * n);
        Fill.Uniform(matrix, 1);
        double[] values = new double[n];
        Strided<double> a = Strided<double>.RowMajor(matrix, m, n), u = Strided<double>.RowMajor(left, m, n), v = Strided<double>.RowMajor(right, n, n);
        var team = new Team(threads);
        Timing.Report($"singular vectors of [{m} × {n}]", 4.0 * m * n * n + 8.0 * n * n * n, threads, true, () => SingularValues.Decompose(team, a, values, u, v));
        double squares = 0, sum = values.Sum(value => value * value);
        for (long i = 0; i < matrix.Length; i++)
        {
            squares += a[i / n, i % n] * a[i / n, i % n];
        }

        if (!(Math.Abs(sum - squares) < 1e-11 * squares))
        {
            throw new InvalidOperationException($"Σσ² is {sum}, not ‖A‖² = {squares}.");
        }
    }
}
