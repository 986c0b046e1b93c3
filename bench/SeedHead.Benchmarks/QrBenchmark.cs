using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>R and the thin Q, each of 2·n²·(m − n/3) operations for m ≥ n; tall matrices by blocks of rows too.</summary>
internal static unsafe class QrBenchmark
{
    public static void Run()
    {
        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            foreach ((int m, int n) in new[] { (256, 256), (1024, 1024), (2048, 2048), (20000, 256), (100000, 32) })
            {
                Factor(threads, m, n);
            }
        }
    }

    private static void Factor(int threads, int m, int n)
    {
        using var matrix = new NativeBuffer<double>((long)m * n);
        using var thin = new NativeBuffer<double>((long)m * n);
        Fill.Uniform(matrix, 1);
        Strided<double> a = Strided<double>.RowMajor(matrix, m, n), q = Strided<double>.RowMajor(thin, m, n);
        var team = new Team(threads);
        double operations = 4.0 * n * n * (m - n / 3.0);
        Timing.Report($"Q and R of [{m} × {n}]", operations, threads, true, () =>
        {
            using Qr qr = Qr.Factor(team, a);
            qr.FormThin(team, q);
        });
        Check(a, q);
        if (m > TallSkinnyQr.BlockRows(n))
        {
            Timing.Report($"Q and R of [{m} × {n}] by blocks", operations, threads, true, () =>
            {
                using TallSkinnyQr qr = TallSkinnyQr.Factor(team, a);
                qr.FormThin(team, q);
            });
            Check(a, q);
        }
    }

    /// <summary>Columns of A lie in the space of Q: the last one is Q·Qᵀ of itself.</summary>
    private static void Check(Strided<double> a, Strided<double> q)
    {
        using var sums = new NativeBuffer<double>(q.Columns);
        using var back = new NativeBuffer<double>(a.Rows);
        Strided<double> column = a.Block(0, a.Columns - 1, a.Rows, 1);
        MatrixProduct.Multiply(Team.Single, q.Transpose, column, Strided<double>.RowMajor(sums, q.Columns, 1));
        MatrixProduct.Multiply(Team.Single, q, Strided<double>.RowMajor(sums, q.Columns, 1), Strided<double>.RowMajor(back, a.Rows, 1));
        for (long i = 0; i < a.Rows; i++)
        {
            if (!(Math.Abs(back.Pointer[i] - column[i, 0]) < 1e-11))
            {
                throw new InvalidOperationException($"Row {i} of Q·R is {back.Pointer[i]}, not {column[i, 0]}.");
            }
        }
    }
}
