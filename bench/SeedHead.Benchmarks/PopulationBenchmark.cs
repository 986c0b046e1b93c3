using System.Diagnostics;
using System.Globalization;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Benchmarks;

/// <summary>
/// Many networks 2-64-…-1 on a 64 × 64 grid: milliseconds a network by activation and depth, in parts, and for all of them in turn, which is what
/// <c>bench/peers/population.py</c> times.
/// </summary>
internal static unsafe class PopulationBenchmark
{
    private const int Side = 64;
    private const int Networks = 60;
    private static readonly string[] Activations = ["relu", "tanh", "sin", "gaussian", "gelu"];

    public static void Run()
    {
        using NativeBuffer<float> grid = Grid();
        Strided<float> points = Strided<float>.RowMajor(grid, Side * Side, 2);
        foreach (string activation in (string[])["id", .. Activations])
        {
            Report(points, $"2-4*(64-{activation})-1", 1);
        }

        foreach (string net in (string[])["2-3*(64-relu)-1", "2-6*(64-relu)-1", "2-4*(64-ln-relu)-1", "2-4*(64-res(relu))-1", "2-4*(gated(64-relu))-1",
            "2-4*(128-relu)-1", "2-4*(256-relu)-1", "2-4*(512-relu)-1", "2-4*(61-tanh)-1", "2-64*(64-relu)-1"])
        {
            Report(points, net, 1);
        }

        Parts();
        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            Mixed(points, threads);
        }
    }

    /// <summary>Answers every line of input, a number of networks of all activations and depths 3 to 6, with the seconds they took by the clock and of processor time.</summary>
    public static void Serve(int threads)
    {
        using NativeBuffer<float> grid = Grid();
        Strided<float> points = Strided<float>.RowMajor(grid, Side * Side, 2);
        for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < 2;) // compiled by then
        {
            Evaluate(points, threads, 100);
        }

        while (Console.ReadLine() is { } line)
        {
            int networks = int.Parse(line, CultureInfo.InvariantCulture);
            (double wall, double cpu) = Timing.Seconds(() => Evaluate(points, threads, networks), 0);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{wall} {cpu}"));
        }
    }

    private static NativeBuffer<float> Grid()
    {
        var grid = new NativeBuffer<float>(2 * Side * Side);
        for (int i = 0; i < Side * Side; i++)
        {
            (grid.Pointer[2 * i], grid.Pointer[2 * i + 1]) = (-1 + 2f * (i / Side) / (Side - 1), -1 + 2f * (i % Side) / (Side - 1));
        }

        return grid;
    }

    private static void Report(Strided<float> points, string text, int threads)
    {
        Architecture net = Architecture.Parse(text);
        var population = new Population(net, WeightPrior.Parse("lecun-normal:1.5+bias-normal:0.3"), 1);
        double products = 2.0 * points.Rows * StagePlan.Of(net).Sum(plan => plan.Weights);
        int networks = Math.Clamp((int)(2e9 / products), 1, Networks);
        Timing.Report(text, products * networks, threads, false, () => Sink(population, points, threads, networks), networks, "network");
    }

    private static void Mixed(Strided<float> points, int threads)
    {
        double products = 2.0 * points.Rows * Enumerable.Range(3, 4).Average(depth => (2 * 64) + ((depth - 1) * 64 * 64) + 64);
        const int networks = 200;
        Timing.Report("all activations, depths 3 to 6", products * networks, threads, false, () => Evaluate(points, threads, networks), networks, "network");
    }

    /// <summary>What a network's time is made of: its weights, and a layer of a panel with activation or, as the identity without biases, its product alone.</summary>
    private static void Parts()
    {
        const int width = 64;
        using var weights = new NativeBuffer<float>(width * width);
        var biases = new float[width];
        WeightPrior prior = WeightPrior.Parse("he-normal+bias-normal:1");
        var stream = new WeightStream(1);
        Strided<float> w = Strided<float>.RowMajor(weights, width, width);
        Timing.Report("weights of a layer [64 × 64], normal", width * width, 1, false, () => prior.Fill(stream, 0, 0, width, width, w, biases), 1, "layer");
        using var panels = new NativeBuffer<float>(2 * width * Panel.Points);
        Fill.Uniform(panels, 2);
        Strided<float> x = Panel.At(panels.Pointer, width), y = Panel.At(panels.Pointer + width * Panel.Points, width);
        foreach ((string text, string law) in ((string, string)[])[("64", "he-normal"), .. Activations.Select(name => ($"64-{name}", "lecun-normal:1.5+bias-normal:0.3"))])
        {
            IReadOnlyList<StagePlan> plans = StagePlan.Of(Architecture.Parse($"{width}-{text}"));
            using var memory = new NativeBuffer<float>(plans.Sum(plan => plan.Weights));
            StageList stages = StagePlan.Build(plans, new StageMemory(memory.Pointer, panels: true));
            stages.Draw(NetworkDraw.Of(plans, WeightPrior.Parse(law), 1, 0));
            Timing.Report($"layer {text} of a panel", 2.0 * width * width * Panel.Points, 1, false, () => stages.Forward(Team.Single, x, y, null), 1, "panel");
        }
    }

    private static void Evaluate(Strided<float> points, int threads, int networks)
    {
        foreach (string activation in Activations)
        {
            for (int depth = 3; depth <= 6; depth++)
            {
                var population = new Population(Architecture.Parse($"2-{depth}*(64-{activation})-1"), WeightPrior.Parse("lecun-normal:1.5+bias-normal:0.3"), 1);
                Sink(population, points, threads, networks / 20);
            }
        }
    }

    /// <summary>The measure reads an output, so that they must be there.</summary>
    private static void Sink(Population population, Strided<float> points, int threads, int networks)
    {
        float[] last = population.Measure(new Team(threads), points, 0, networks, (_, outputs) => outputs[outputs.Rows - 1, 0]);
        if (last.Any(float.IsNaN))
        {
            throw new InvalidOperationException("A network gave NaN: nothing to time.");
        }
    }
}
