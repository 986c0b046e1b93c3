using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Benchmarks;

/// <summary>Matrix products C = A·B of float32 and float64.</summary>
internal static class ProductBenchmark
{
    public static void Run()
    {
        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            foreach ((int m, int n, int k) in new[] { (16, 16, 16), (64, 64, 64), (256, 64, 64), (128, 128, 128), (512, 512, 512), (1024, 1024, 1024),
                (2048, 2048, 2048), (4096, 2048, 784), (4096, 10, 4096), (2048, 2048, 4096) })
            {
                Float(threads, m, n, k);
            }

            foreach ((int m, int n, int k) in new[] { (64, 64, 64), (512, 512, 512), (2048, 2048, 2048) })
            {
                Double(threads, m, n, k);
            }

            Layer(threads, 4096, 4096, 784, DenseNetwork.MostStored);
            Layer(threads, 2048, 4096, 4096, DenseNetwork.MostStored);
            Layer(threads, 2048, 4096, 4096, mostStored: 0);
        }
    }

    /// <summary>One line: the float32 product's share of what a core can do, at least 60 % on a machine that does nothing else.</summary>
    public static void OfPeak() => Float(1, 1024, 1024, 1024);

    private static void Float(int threads, int m, int n, int k)
    {
        using var a = new NativeBuffer<float>((long)m * k);
        using var b = new NativeBuffer<float>((long)k * n);
        using var c = new NativeBuffer<float>((long)m * n);
        Fill.Uniform(a, 1);
        Fill.Uniform(b, 2);
        Strided<float> x = Strided<float>.RowMajor(a, m, k), y = Strided<float>.RowMajor(b, k, n), z = Strided<float>.RowMajor(c, m, n);
        var team = new Team(threads);
        Timing.Report($"float32 {m} × {n} × {k}", 2.0 * m * n * k, threads, false, () => MatrixProduct.Multiply(team, x, y, z));
    }

    /// <summary>A dense layer with ReLU, its weights stored or generated inside of the product.</summary>
    private static void Layer(int threads, int rows, int outputs, int inputs, long mostStored)
    {
        DenseNetwork layer = DenseNetwork.Materialise(Architecture.Parse($"{inputs}-{outputs}-relu"), WeightPrior.Parse("he-normal"), 1, 0, mostStored: mostStored);
        using var x = new NativeBuffer<float>((long)rows * inputs);
        using var y = new NativeBuffer<float>((long)rows * outputs);
        Fill.Uniform(x, 1);
        Strided<float> from = Strided<float>.RowMajor(x, rows, inputs), to = Strided<float>.RowMajor(y, rows, outputs);
        var team = new Team(threads);
        string kept = mostStored == 0 ? "generated" : "stored";
        Timing.Report($"layer {inputs}-{outputs}-relu, {rows} rows, {kept}", 2.0 * rows * outputs * inputs, threads, false, () => layer.Forward(team, from, to));
    }

    private static void Double(int threads, int m, int n, int k)
    {
        using var a = new NativeBuffer<double>((long)m * k);
        using var b = new NativeBuffer<double>((long)k * n);
        using var c = new NativeBuffer<double>((long)m * n);
        Fill.Uniform(a, 1);
        Fill.Uniform(b, 2);
        Strided<double> x = Strided<double>.RowMajor(a, m, k), y = Strided<double>.RowMajor(b, k, n), z = Strided<double>.RowMajor(c, m, n);
        var team = new Team(threads);
        Timing.Report($"float64 {m} × {n} × {k}", 2.0 * m * n * k, threads, true, () => MatrixProduct.Multiply(team, x, y, z));
    }
}
