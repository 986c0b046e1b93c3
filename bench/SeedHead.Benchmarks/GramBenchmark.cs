using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>Gram matrices ΦᵀΦ: float32 products summed in float64, lower triangle (counted as half the operations of the whole).</summary>
internal static class GramBenchmark
{
    public static void Run()
    {
        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            Gram(threads, 4096, 512);
            Gram(threads, 4096, 2048);
            Gram(threads, 4096, 4096);
            Cross(threads, 4096, 2048, 10);
        }
    }

    private static void Gram(int threads, int rows, int features)
    {
        using var phi = new NativeBuffer<float>((long)rows * features);
        using var gram = new NativeBuffer<double>((long)features * features);
        Fill.Uniform(phi, 1);
        Strided<float> x = Strided<float>.RowMajor(phi, rows, features);
        Strided<double> g = Strided<double>.RowMajor(gram, features, features);
        var team = new Team(threads);
        Timing.Report($"Gram of [{rows} × {features}]", (double)rows * features * features, threads, false, () => GramProduct.Add(team, x, g));
    }

    private static void Cross(int threads, int rows, int features, int outputs)
    {
        using var phi = new NativeBuffer<float>((long)rows * features);
        using var targets = new NativeBuffer<float>((long)rows * outputs);
        using var cross = new NativeBuffer<double>((long)features * outputs);
        Fill.Uniform(phi, 1);
        Fill.Uniform(targets, 2);
        Strided<float> x = Strided<float>.RowMajor(phi, rows, features), y = Strided<float>.RowMajor(targets, rows, outputs);
        Strided<double> c = Strided<double>.RowMajor(cross, features, outputs);
        var team = new Team(threads);
        double operations = 2.0 * rows * features * outputs;
        Timing.Report($"cross of [{rows} × {features}], {outputs} targets", operations, threads, false, () => GramProduct.AddCross(team, x, y, c));
    }
}
