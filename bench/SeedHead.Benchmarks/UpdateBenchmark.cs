using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>Rows added to and removed from a Cholesky factor (2·n²·p operations each way, p = 1 too), beside a new factor of the same matrix (n³/3).</summary>
internal static unsafe class UpdateBenchmark
{
    public static void Run()
    {
        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            foreach (int n in new[] { 1024, 4096 })
            {
                foreach (int p in new[] { 1, 16, 64, 256 })
                {
                    Change(threads, n, p);
                }
            }
        }
    }

    private static void Change(int threads, int n, int p)
    {
        using var factor = new NativeBuffer<double>((long)n * n);
        using var rows = new NativeBuffer<double>((long)n * p);
        Fill.Uniform(factor, 1);
        Fill.Uniform(rows, 2);
        Strided<double> l = Strided<double>.RowMajor(factor, n, n), x = Strided<double>.RowMajor(rows, n, p);
        for (int i = 0; i < n; i++)
        {
            l[i, i] = n;
        }

        var team = new Team(threads);
        double element = l[n - 1, n / 2];
        Timing.Report($"{p} rows to and from L [{n} × {n}]", 4.0 * n * n * p, threads, true, () =>
        {
            if (!CholeskyUpdate.Add(team, l, x).Succeeded || !CholeskyUpdate.Remove(team, l, x).Succeeded)
            {
                throw new InvalidOperationException("What was added can be removed.");
            }
        });
        if (!(Math.Abs(l[n - 1, n / 2] - element) < 1e-6))
        {
            throw new InvalidOperationException($"An element of L is {l[n - 1, n / 2]} and was {element}.");
        }
    }
}
