using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Benchmarks;

/// <summary>Nanoseconds of processor time a number: activations of 4,096 numbers in the nearest cache, random numbers of a [1024 × 1024] layer.</summary>
internal static class NumberBenchmark
{
    public static void Run()
    {
        float[] x = [.. Enumerable.Range(0, 4096).Select(i => (i - 2048) * 0.00234f)], values = new float[x.Length];
        foreach (string name in Activation.Names)
        {
            Activation activation = Activation.Parse(name == "leaky" ? "leaky0.1" : name);
            Report(name, x.Length, () =>
            {
                x.CopyTo(values, 0);
                activation.Apply(values);
            });
            Report(name + " derivative", x.Length, () => activation.Derivative(x, values));
        }

        using var buffer = new NativeBuffer<float>(1 << 20);
        Strided<float> weights = Strided<float>.RowMajor(buffer, 1024, 1024);
        var stream = new WeightStream(1);
        Report("normal", 1 << 20, () => stream.FillNormal(0, 0, WeightKind.Weight, weights));
        Report("truncated normal", 1 << 20, () => stream.FillTruncatedNormal(0, 0, WeightKind.Weight, weights));
        Report("uniform", 1 << 20, () => stream.FillUniform(0, 0, WeightKind.Weight, weights));
        Report("sign", 1 << 20, () => stream.FillSign(0, 0, WeightKind.Weight, weights));
        var biases = new float[1024];
        foreach (string prior in (string[])["he-normal", "he-uniform", "orthogonal"])
        {
            Report(prior, 1 << 20, () => WeightPrior.Parse(prior).Fill(stream, 0, 0, 1024, 1024, weights, biases));
        }
    }

    private static void Report(string what, int count, Action call)
    {
        Timing.Seconds(call, 0.2); // compiled by now
        double[] seconds = [.. Enumerable.Range(0, 9).Select(_ => Timing.Seconds(call, 0.02).Cpu)];
        Console.WriteLine($"{what,-24} {Timing.Median(seconds) / count * 1e9,8:F3} ns a number");
    }
}
