using System.Diagnostics;

namespace SeedHead.Benchmarks;

/// <summary>
/// Times a call against the peak loop, sample by sample in turn, so that a drifting clock meets both. Rates are per second of processor time,
/// which other programs on the machine disturb least; the wall-clock speed-up over one thread is for a quiet machine.
/// </summary>
internal static class Timing
{
    /// <param name="what">What is timed.</param>
    /// <param name="operations">Floating-point operations of a call.</param>
    /// <param name="threads">Threads it uses.</param>
    /// <param name="doubles">Whether they are of float64.</param>
    /// <param name="call">The call.</param>
    /// <param name="units">Things a call handles; milliseconds are those of one.</param>
    /// <param name="unit">What such a thing is called.</param>
    public static void Report(string what, double operations, int threads, bool doubles, Action call, int units = 1, string unit = "")
    {
        call();
        var samples = new List<(double Wall, double Cpu, double Peak)>();
        var total = Stopwatch.StartNew();
        while (samples.Count < 5 || (total.Elapsed.TotalSeconds < 1 && samples.Count < 200))
        {
            (double wall, double cpu) = Seconds(call, 0.02);
            samples.Add((wall, cpu, Seconds(Peak.RunFloat, 0.01).Cpu));
        }

        double wallRate = operations / Median(samples.Select(s => s.Wall)) * 1e-9;
        double cpuRate = operations / Median(samples.Select(s => s.Cpu)) * 1e-9;
        double peak = Peak.FloatOperations / Median(samples.Select(s => s.Peak)) * 1e-9 / (doubles ? 2 : 1);
        double milliseconds = Median(samples.Select(s => s.Cpu)) * 1e3 / units;
        Console.WriteLine(
            $"{what,-40} {threads,2} thr {milliseconds,9:G4} cpu-ms{(unit.Length > 0 ? " a " : "")}{unit}, {cpuRate,6:F1} GF per cpu-s = {cpuRate / peak,4:P0} of peak {peak,6:F1};"
            + $" {wallRate,6:F1} GF/s by the clock");
    }

    /// <summary>Seconds a call takes by the clock and of processor time, repeated until <paramref name="least"/> seconds have passed.</summary>
    public static (double Wall, double Cpu) Seconds(Action call, double least)
    {
        var watch = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        int calls = 0;
        do
        {
            call();
            calls++;
        }
        while (watch.Elapsed.TotalSeconds < least);
        return (watch.Elapsed.TotalSeconds / calls, (Environment.CpuUsage.TotalTime - before).TotalSeconds / calls);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
