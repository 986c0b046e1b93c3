using SeedHead.Compute;

namespace SeedHead.Benchmarks;

/// <summary>Pooling of 128 images 32 × 32 × 64 and its gradients, in input numbers a second.</summary>
internal static unsafe class PoolingBenchmark
{
    private const int Images = 128;

    public static void Run()
    {
        Time("2 × 2", new PoolingShape(32, 32, 64, 2, 2));
        Time("3 × 3 by 2", new PoolingShape(32, 32, 64, 3, 3) { Stride = (2, 2), Padding = (1, 1) });
        Time("whole image", PoolingShape.Global(32, 32, 64));
    }

    private static void Time(string name, PoolingShape shape)
    {
        using var x = new NativeBuffer<float>(Images * shape.Pixels * shape.Channels);
        using var y = new NativeBuffer<float>(Images * shape.OutPixels * shape.Channels);
        using var places = new NativeBuffer<int>(y.Length);
        Fill.Uniform(x, 1);
        Strided<float> image = Strided<float>.RowMajor(x, Images * shape.Pixels, shape.Channels);
        Strided<float> result = Strided<float>.RowMajor(y, Images * shape.OutPixels, shape.Channels);
        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            var team = new Team(threads);
            void Report(string what, Action call) => Timing.Report($"{what}, {name}", x.Length, threads, false, call);
            Report("largest", () => Pooling.Max(team, shape, Images, image, result, places.Pointer));
            Report("mean", () => Pooling.Average(team, shape, Images, image, result));
            Report("gradient of largest", () => Pooling.GradientOfMax(team, shape, Images, result, places.Pointer, image));
            Report("gradient of mean", () => Pooling.GradientOfAverage(team, shape, Images, result, image));
        }
    }
}
