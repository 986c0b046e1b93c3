using System.Diagnostics;
using SeedHead.Complexity;
using SeedHead.Networks;
using SeedHead.Studies;

namespace SeedHead.Benchmarks;

/// <summary>Measures of one 256 × 256 picture, and the published maps: 8 activations × 15 scales × 7 depths, one network a cell, 300 × 300 points, Fourier.</summary>
internal static class ComplexityBenchmark
{
    private const int Side = 256, Repeats = 15;
    private static readonly double[] Scales = [0.1, 0.16, 0.27, 0.44, 0.72, 1.18, 1.93, 3.16, 5.18, 8.48, 13.89, 22.76, 37.28, 61.05, 100];

    public static void Measures()
    {
        double[] values = new double[Side * Side];
        var functions = new NetworkFunctions(Architecture.Parse("2-4*(64-tanh)-1"), WeightPrior.Parse("flat:5.18"), 42);
        functions.ForEach(Compute.Team.Single, Places.Of(Sampling.UniformGrid, Side, 2, 42, 0), 0, 1, (_, function) => function.Values.Span.CopyTo(values));
        var picture = new FunctionValues(Sampling.UniformGrid, Side, Side, values);
        foreach (string word in (string[])["lz78", "lz76", "lzw", "compressed", "fourier", "dct", "sensitivity", "rank"])
        {
            IComplexityMeasure measure = SeedHead.Complexity.Measures.Parse(word);
            double[] times = [.. Enumerable.Range(0, Repeats).Select(_ => Milliseconds(() => measure.Of(picture)))];
            Console.WriteLine(FormattableString.Invariant($"{word,-12} {times.Order().ElementAt(Repeats / 2):0.00} ms, median of {Repeats}, [{Side} × {Side}], one thread"));
        }
    }

    public static void Maps()
    {
        int threads = Environment.ProcessorCount;
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        double seconds = Milliseconds(() =>
        {
            foreach (string activation in (string[])["relu", "gelu", "silu", "selu", "tanh", "sigmoid", "sin", "gaussian"])
            {
                new ComplexityQuestion
                {
                    Net = $"2-1*(64-{activation})-1", Prior = WeightPrior.Parse("flat"), Scales = Scales,
                    Depths = [1, 2, 3, 4, 5, 6, 7], Networks = 1, Side = 300, Thumbnails = false,
                }.Run(new Execution { Threads = threads });
            }
        }) / 1000;
        double processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"8 maps of 15 × 7 cells, [300 × 300]: {seconds:0.0} s by the clock, {processor:0.0} processor seconds, {threads} threads"));
    }

    private static double Milliseconds(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalMilliseconds;
    }
}
