using System.Diagnostics;
using SeedHead.Models;

namespace SeedHead.Benchmarks;

/// <summary>One row's prediction, 784 → 2,000 → 10 in float32, each call on another row: beside bench/peers/predict_one_row.py.</summary>
internal static class PredictBenchmark
{
    private const int Rows = 4000, Columns = 784, Width = 2000, Classes = 10, Calls = 2000;

    public static void Run()
    {
        float[][] inputs = [.. Enumerable.Range(0, Rows).Select(Row)];
        string[] labels = [.. Enumerable.Range(0, Rows).Select(i => $"class {i % Classes}")];
        foreach (string features in new[] { "hidden", "fourier" })
        {
            var options = new LearnOptions { Features = new() { Features = features, Bandwidth = 1 }, Width = Width };
            Time(features, Learner.Fit(inputs, labels, options), inputs);
        }
    }

    private static void Time(string features, SeedHeadModel model, float[][] inputs)
    {
        var output = new float[Classes];
        var times = new double[Calls];
        for (int i = 0; i < Calls; i++)
        {
            model.Predict(inputs[i], output); // until compiled to the end
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            model.Predict(inputs[i], output);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        double median = Timing.Median(times), bytes = 4.0 * Width * (Columns + Classes);
        Console.WriteLine(
            $"one row, {features} {Columns} → {Width} → {Classes}: median {median:F4} ms, tenth percentile {times.Order().ElementAt(Calls / 10):F4} ms,"
            + $" {bytes / median / 1e6:F0} GB/s, {allocated} bytes allocated in {Calls} calls");
    }

    private static float[] Row(int number)
    {
        using var values = new Compute.NativeBuffer<float>(Columns);
        Fill.Uniform(values, (ulong)number + 1);
        return values.Span(0, Columns).ToArray();
    }
}
