using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>Cholesky factors (n³/3 operations, the copy of the matrix included) and solves with them (2·n²·m).</summary>
internal static unsafe class CholeskyBenchmark
{
    public static void Run()
    {
        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            foreach (int n in new[] { 256, 1024, 2048, 4096 })
            {
                Factor(threads, n, byColumns: false);
                Factor(threads, n, byColumns: true);
            }

            Solve(threads, 2048, 10);
            Solve(threads, 2048, 512);
        }
    }

    private static void Factor(int threads, int n, bool byColumns)
    {
        using NativeBuffer<double> matrix = PositiveDefinite(n), copy = PositiveDefinite(n);
        Strided<double> a = Strided<double>.RowMajor(copy, n, n);
        a = byColumns ? a.Transpose : a;
        var team = new Team(threads);
        Timing.Report($"Cholesky of [{n} × {n}]{(byColumns ? ", by columns" : "")}", (double)n * n * n / 3, threads, true, () =>
        {
            Buffer.MemoryCopy(matrix.Pointer, copy.Pointer, copy.Length * 8, copy.Length * 8);
            if (!Cholesky.Factor(team, a).Succeeded)
            {
                throw new InvalidOperationException("A positive definite matrix has a factor.");
            }
        });
    }

    private static void Solve(int threads, int n, int m)
    {
        using NativeBuffer<double> matrix = PositiveDefinite(n);
        using var right = new NativeBuffer<double>((long)n * m);
        Fill.Uniform(right, 2);
        Strided<double> a = Strided<double>.RowMajor(matrix, n, n), b = Strided<double>.RowMajor(right, n, m);
        var team = new Team(threads);
        Cholesky.Factor(team, a);
        Timing.Report($"L⁻ᵀ·L⁻¹·B, [{n} × {m}]", 2.0 * n * n * m, threads, true, () =>
        {
            Triangular.Solve(team, a, b);
            Triangular.SolveTransposed(team, a, b);
            Fill.Uniform(right, 2); // else the numbers shrink to denormals
        });
    }

    private static NativeBuffer<double> PositiveDefinite(int n)
    {
        var matrix = new NativeBuffer<double>((long)n * n);
        Fill.Uniform(matrix, 1);
        for (int i = 0; i < n; i++)
        {
            matrix.Pointer[(long)i * n + i] = n;
        }

        return matrix;
    }
}
