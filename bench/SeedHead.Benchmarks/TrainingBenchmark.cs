using System.Diagnostics;
using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Benchmarks;

/// <summary>Steps of training a network: forward, loss, backward and SGD with momentum, on one batch that stays the same. For bench/peers/training.py.</summary>
internal static unsafe class TrainingBenchmark
{
    /// <summary>
    /// Answers lines "NETWORK LEARNED ROWS THREADS" with milliseconds of a step, by the clock and of processor time, and the bytes of gradients and of
    /// optimiser state and the process's peak in bytes.
    /// </summary>
    public static void Serve()
    {
        var steps = new Dictionary<(string, string, int), Step>();
        for (string? line = Console.ReadLine(); !string.IsNullOrEmpty(line); line = Console.ReadLine())
        {
            string[] words = line.Split(' ');
            var key = (words[0], words[1], int.Parse(words[2]));
            Step step = steps.TryGetValue(key, out Step? known) ? known : steps[key] = new(key.Item1, key.Item2, key.Item3);
            var team = new Team(int.Parse(words[3]));
            (double wall, double cpu) = Timing.Seconds(() => step.Run(team), 0);
            Console.WriteLine($"{wall * 1e3} {cpu * 1e3} {step.GradientBytes} {step.StateBytes} {Process.GetCurrentProcess().PeakWorkingSet64}");
        }
    }

    private sealed class Step : IDisposable
    {
        private readonly TrainedNetwork network;
        private readonly Optimiser sgd;
        private readonly NativeBuffer<float> x, scores, gradient;
        private readonly int[] truth;
        private int number;

        public Step(string text, string learned, int rows)
        {
            Architecture net = Architecture.Parse(text);
            network = new(net, LearnedPart.Parse(learned), WeightPrior.Parse("he-normal"), 1);
            sgd = Optimiser.Of(OptimiserKind.Sgd, network.Modules.Parameters, 0.9, 5e-4);
            (x, scores, gradient) = (new((long)rows * net.InputCount), new((long)rows * net.OutputCount), new((long)rows * net.OutputCount));
            Fill.Uniform(x, 1);
            truth = [.. Enumerable.Range(0, rows).Select(row => row % net.OutputCount)];
        }

        public long GradientBytes => network.Modules.Parameters.Sum(parameter => parameter.Gradient.Length * (long)sizeof(float));

        public long StateBytes => sgd.State.Sum(state => state.Values.Length * (long)sizeof(float));

        public void Run(Team team)
        {
            int rows = truth.Length, classes = network.Net.OutputCount;
            var pass = new Pass(team, rows, Training: true, Seed: 1, number++);
            network.Modules.Forward(pass, x.Pointer, scores.Pointer);
            CrossEntropy.Of(Strided<float>.RowMajor(scores, rows, classes), truth, Strided<float>.RowMajor(gradient, rows, classes));
            network.Modules.Backward(pass, x.Pointer, gradient.Pointer, null);
            sgd.Step(1e-3);
        }

        public void Dispose()
        {
            network.Dispose();
            sgd.Dispose();
            x.Dispose();
            scores.Dispose();
            gradient.Dispose();
        }
    }
}
