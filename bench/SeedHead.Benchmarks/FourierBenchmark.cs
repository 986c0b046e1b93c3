using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>Fourier transforms, 5·n·log₂ n operations each (2.5 for real numbers and cosines) whatever the length is made of.</summary>
internal static unsafe class FourierBenchmark
{
    public static void Run()
    {
        foreach (int n in new[] { 64, 1000, 1024, 1009, 65536, 65537, 1048576 })
        {
            Line(n);
        }

        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            foreach ((int m, int n) in new[] { (28, 28), (512, 512), (1000, 1000), (509, 509) })
            {
                Plane(threads, m, n);
            }
        }
    }

    private static void Line(int n)
    {
        using var parts = new NativeBuffer<double>(2L * n);
        using var fourier = new Fourier<double>(n);
        Fill.Uniform(parts, 1);
        double first = parts.Pointer[0];
        Timing.Report($"there and back, {n} complex numbers", 10.0 * n * Math.Log2(n), 1, true, () =>
        {
            fourier.Forward(parts.Pointer, parts.Pointer + n);
            fourier.Inverse(parts.Pointer, parts.Pointer + n);
        });
        if (!(Math.Abs(parts.Pointer[0] - first) < 1e-10))
        {
            throw new InvalidOperationException($"{first} came back as {parts.Pointer[0]}.");
        }
    }

    private static void Plane(int threads, int m, int n)
    {
        using var matrix = new NativeBuffer<double>((long)m * n);
        using var halves = new NativeBuffer<double>(2L * m * (n / 2 + 1));
        using var plane = new FourierPlane<double>(m, n);
        using CosineTransform<double> rows = new(m), columns = new(n);
        Fill.Uniform(matrix, 1);
        Strided<double> x = Strided<double>.RowMajor(matrix, m, n), re = Strided<double>.RowMajor(halves.Pointer, m, n / 2 + 1);
        Strided<double> im = Strided<double>.RowMajor(halves.Pointer + halves.Length / 2, m, n / 2 + 1);
        var team = new Team(threads);
        double operations = 5.0 * m * n * Math.Log2((double)m * n), first = x[0, 0];
        Timing.Report($"there and back, real [{m} × {n}]", operations, threads, true, () =>
        {
            plane.ForwardReal(team, x, re, im);
            plane.InverseReal(team, re, im, x);
        });
        Timing.Report($"cosines there and back [{m} × {n}]", operations, threads, true, () =>
        {
            CosineTransform<double>.ForwardPlane(team, rows, columns, x);
            CosineTransform<double>.InversePlane(team, rows, columns, x);
        });
        if (!(Math.Abs(x[0, 0] - first) < 1e-10))
        {
            throw new InvalidOperationException($"{first} came back as {x[0, 0]}.");
        }
    }
}
