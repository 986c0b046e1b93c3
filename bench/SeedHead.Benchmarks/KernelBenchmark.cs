using System.Diagnostics;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Benchmarks;

/// <summary>Limit kernels: dense ones as multiples of one product of the points in float64, convolutional ones in entries a second and core.</summary>
internal static class KernelBenchmark
{
    private const int Inputs = 784, Rounds = 3;

    /// <summary>NNGP and tangent kernel of depth 5 against [n × 784]·[784 × n], in turn.</summary>
    public static void Dense()
    {
        int n = int.Parse(Environment.GetEnvironmentVariable("ROWS") ?? "10000", System.Globalization.CultureInfo.InvariantCulture), threads = Environment.ProcessorCount;
        var points = Points(n, Inputs);
        (string Word, LimitKernel Kernel)[] kernels = [.. ((string[])["relu", "erf", "gelu", "tanh"]).Select(word =>
            (word, new LimitKernel(Architecture.Parse($"{Inputs}-5*(512-{word})-1"), WeightPrior.Parse(word is "relu" or "gelu" ? "he-normal" : "lecun-normal"))))];
        foreach ((string word, LimitKernel kernel) in kernels)
        {
            var products = new List<(double Wall, double Cpu)>();
            var grams = new List<(double Wall, double Cpu)>();
            for (int round = 0; round < Rounds; round++)
            {
                products.Add(Product(points, threads));
                grams.Add(Timing.Seconds(() => kernel.Gram(points, tangent: true, new Execution { Threads = threads }).Dispose(), 0));
            }

            double product = Timing.Median(products.Select(time => time.Cpu)), gram = Timing.Median(grams.Select(time => time.Cpu));
            Console.WriteLine(FormattableString.Invariant(
                $"{word,-6} NNGP + NTK, {n} points, depth 5: {Timing.Median(grams.Select(time => time.Wall)):0.00} s by the clock, {gram:0.00} cpu-s; one product {product:0.00} cpu-s; {gram / product:0.00} of it, {Timing.Median(grams.Select(time => time.Wall)) / Timing.Median(products.Select(time => time.Wall)):0.00} by the clock; forecast {kernel.Bytes(n, n, true, threads) / 1e9:0.00} GB, two matrices {16.0 * n * n / 1e9:0.00} GB, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:0.00} GB"));
        }
    }

    /// <summary>Convolutional kernels of 32 × 32 × 3 images, depth 5 or $DEPTH.</summary>
    public static void Images()
    {
        int depth = int.Parse(Environment.GetEnvironmentVariable("DEPTH") ?? "5", System.Globalization.CultureInfo.InvariantCulture);
        foreach ((string name, string net, int n, int m) in ((string, string, int, int)[])[
            ("convolutions, flattened", $"32x32x3-{depth}*(conv64@3-relu)-1", 128, 128), ("convolutions, globally pooled", $"32x32x3-{depth}*(conv64@3-relu)-gap-1", 4, 32)])
        {
            var kernel = new LimitKernel(Architecture.Parse(net), WeightPrior.Parse("he-normal"));
            Numbers rows = Points(n, 32 * 32 * 3), columns = Points(m, 32 * 32 * 3);
            foreach (bool tangent in (bool[])[false, true])
            {
                var times = new List<(double Wall, double Cpu)>();
                for (int round = 0; round < Rounds; round++)
                {
                    times.Add(Timing.Seconds(() => kernel.Gram(rows, columns, tangent, new Execution { Threads = 1 }).Dispose(), 0));
                }

                double seconds = Timing.Median(times.Select(time => time.Cpu));
                Console.WriteLine(FormattableString.Invariant($"{name}, depth {depth}{(tangent ? ", NNGP + NTK" : ", NNGP")}: {(long)n * m / seconds:0.0} entries a second and core ({1e3 * seconds / n / m:0.000} ms an entry)"));
            }
        }
    }

    private static unsafe (double Wall, double Cpu) Product(Numbers points, int threads)
    {
        using var x = new NativeBuffer<double>((long)points.Count * points.Columns);
        using var y = new NativeBuffer<double>((long)points.Count * points.Count);
        for (long i = 0; i < x.Length; i++)
        {
            x.Pointer[i] = points.Values.Span[(int)i];
        }

        Strided<double> left = Strided<double>.RowMajor(x, points.Count, points.Columns), product = Strided<double>.RowMajor(y, points.Count, points.Count);
        Team team = new Execution { Threads = threads }.Team;
        MatrixProduct.Multiply(team, left.Block(0, 0, 64, points.Columns), left.Transpose, product.Block(0, 0, 64, points.Count));
        return Timing.Seconds(() => MatrixProduct.Multiply(team, left, left.Transpose, product), 0);
    }

    private static unsafe Numbers Points(int n, int columns)
    {
        using var buffer = new NativeBuffer<float>((long)n * columns);
        Fill.Uniform(buffer, 7);
        return new(buffer.Span(0, (int)buffer.Length).ToArray(), columns);
    }
}
