using SeedHead.Features;
using SeedHead.Heads;

namespace SeedHead.Models;

/// <summary>What a fit is expected to need, from shapes alone: no clock and no machine enters it.</summary>
/// <param name="Rows">Training rows n.</param>
/// <param name="Columns">Preprocessed columns d.</param>
/// <param name="Width">Features D.</param>
/// <param name="Bytes">Peak memory, bytes.</param>
/// <param name="Operations">Floating-point operations.</param>
/// <param name="Threads">Threads counted on.</param>
public sealed record Forecast(int Rows, int Columns, int Width, long Bytes, double Operations, int Threads)
{
    /// <summary>Nominal operations a second of one thread: what a 2023 server core reaches over a whole fit. A constant, so that limits act alike everywhere.</summary>
    public const double NominalSpeed = 60e9;

    internal const long Runtime = 80L << 20; // the process with its code, measured

    /// <summary>Seconds at the nominal speed.</summary>
    public double Seconds => 0.3 + (Operations / (NominalSpeed * Threads));

    internal static Forecast Of(RidgePlan plan, int columns, FeatureMap map, long dataBytes, int threads)
    {
        int block = Math.Min(plan.Rows, GramSums.BlockRows);
        long inputs = (long)block * columns * sizeof(float);
        long targets = (long)plan.Rows * plan.Outputs * sizeof(float);
        long bytes = Runtime + dataBytes + inputs + targets + map.WorkingBytes(block, threads) + plan.Bytes;
        double operations = ((double)plan.FeaturePasses * plan.Rows * map.OperationsPerRow) + plan.Operations;
        return new(plan.Rows, columns, plan.Features, bytes, operations, threads);
    }

    internal void Demand(long? maxMemory, double? timeLimit)
    {
        if (Bytes > maxMemory)
        {
            throw new ForecastException(
                $"{Width} features of {Rows} rows are forecast to need {Megabytes(Bytes)}, allowed are {Megabytes(maxMemory.Value)}. Take a smaller --width or a larger --max-memory.");
        }

        if (Seconds > timeLimit)
        {
            throw new ForecastException(
                $"{Width} features of {Rows} rows are forecast to take {Seconds:F0} s, allowed are {timeLimit:F0} s. Take a smaller --width or a larger --time-limit.");
        }
    }

    private static string Megabytes(long bytes) => $"{bytes / 1e6:F0} MB";
}
