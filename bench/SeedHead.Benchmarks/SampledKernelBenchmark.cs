using System.Diagnostics;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Benchmarks;

/// <summary>Sampled kernels beside their closed forms with many networks, and what a network costs.</summary>
internal static unsafe class SampledKernelBenchmark
{
    private const int Draws = 20_480;
    private const int Points = 10; // 45 pairs and 10 diagonal entries
    private static readonly Execution Execution = new() { Threads = 1 };

    /// <summary>20,480 networks of every kind against the closed form: relative error, |z|, and the slope of the error over the number of networks.</summary>
    public static void Acceptance()
    {
        foreach ((string net, string prior, SampledForm form) in ((string, string, SampledForm)[])[
            ("16-4-relu-1", "he-normal", SampledForm.Outputs),
            ("16-64-erf-1", "lecun-normal:2+bias-normal:0.5", SampledForm.Outputs),
            ("16-512-relu-512-relu-1", "he-normal", SampledForm.Outputs),
            ("16-512-relu-512-relu-512-relu-1", "he-normal", SampledForm.Outputs),
            ("8x8x1-conv8@3-relu-flatten-1", "he-normal", SampledForm.Outputs),
            ("8x8x1-conv8@3-relu-gap-1", "he-normal", SampledForm.Outputs),
            ("16-256-res(256-relu-256)-relu-1", "lecun-normal:1.3", SampledForm.Outputs),
            ("16-512-ln-relu-1", "he-normal", SampledForm.Outputs),
            ("16-512-relu-1", "he-normal", SampledForm.WithoutHeads),
            ("16-512-relu-1", "he-normal+bias-normal:0.3", SampledForm.Tangent)])
        {
            Compare(Architecture.Parse(net), WeightPrior.Parse(prior), form);
        }

        Slope();
    }

    /// <summary>Milliseconds a network on one thread: outputs of 28 × 28 images.</summary>
    public static void Cost()
    {
        foreach (string text in (string[])["784-64-relu-1", "784-512-relu-512-relu-1", "lenet", "wrn-16-1",
            "28x28x1-conv32@3-relu-conv32@3-relu-maxpool2-conv64@3-relu-conv64@3-relu-maxpool2-flatten-128-relu-1"])
        {
            Architecture net = Architecture.Parse(text, new ImageShape(28, 28, 1), 1);
            foreach (int rows in new[] { 200, 1000 })
            {
                Cost(text, net, rows);
            }
        }
    }

    private static void Compare(Architecture net, WeightPrior prior, SampledForm form)
    {
        bool tangent = form == SampledForm.Tangent;
        var clock = Stopwatch.StartNew();
        Numbers points = Normal(Points, net.InputCount);
        int networks = tangent ? 256 : Draws;
        KernelSums sums = new SampledKernel(net, prior, 1, new() { Form = form }).Sample(points, networks, run: Execution);
        SampleComparison found = SampleComparison.Of(sums, new(net, prior), points, tangent, Execution);
        string z = $"mean |z| {found.MeanZ:F2}, max |z| {found.LargestZ:F2}";
        Console.WriteLine($"{net,-40} {SampledKernel.FormText(form),-13} {networks} networks: relative error {found.RelativeError:E1}, {z}, {clock.Elapsed.TotalSeconds:F1} s");
    }

    private static void Slope()
    {
        var exact = new LimitKernel(Architecture.Parse("16-64-relu-1"), WeightPrior.Parse("he-normal"));
        Numbers points = Normal(Points, 16);
        double first = 0;
        for (int networks = 64; networks <= 1 << 14; networks *= 4)
        {
            double error = Math.Sqrt(Enumerable.Range(0, 16).Average(seed =>
                Square(SampleComparison.Of(new SampledKernel(exact.Net, exact.Prior, (ulong)seed).Sample(points, networks, run: Execution), exact, points, false, Execution).RelativeError)));
            first = networks == 64 ? error : first;
            string slope = networks == 64 ? "" : $", slope from 64: {Elementary.Log(error / first) / Elementary.Log(networks / 64.0):F3}";
            Console.WriteLine($"{exact.Net}, {networks} networks: relative error {error:E2} (16 seeds){slope}");
        }
    }

    private static void Cost(string name, Architecture net, int rows)
    {
        Numbers points = Normal(rows, net.InputCount);
        using var networks = new NetworkOutputs(net, WeightPrior.Parse("he-normal"), 1, points);
        using var values = new NativeBuffer<float>(rows);
        int next = 0;
        (double wall, double cpu) = Timing.Seconds(
            () =>
            {
                fixed (float* x = points.Values.Span)
                {
                    networks.Evaluate(Team.Single, Strided<float>.RowMajor(x, rows, net.InputCount), next++, 1, Strided<float>.RowMajor(values, 1, rows));
                }
            },
            1.5);
        double bytes = networks.WorkingBytes(rows, NetworkOutputs.HasBatchNorms(net.Layers) ? rows : 0, 1) / 1048576.0;
        Console.WriteLine($"{name,-40} {rows,5} rows: {1e3 * wall,8:F2} ms a network by the clock, {1e3 * cpu,8:F2} of processor time; forecast {bytes:F0} MiB");
    }

    private static double Square(double value) => value * value;

    private static Numbers Normal(int rows, int columns)
    {
        var values = new float[rows * columns];
        fixed (float* to = values)
        {
            new SeedHead.Random.WeightStream(9).FillNormal(0, 0, SeedHead.Random.WeightKind.Weight, Strided<float>.RowMajor(to, rows, columns));
        }

        return new(values, columns);
    }
}
