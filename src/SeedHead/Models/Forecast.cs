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

    private const long Runtime = 80L << 20; // the process with its code, measured

    /// <summary>Seconds at the nominal speed.</summary>
    public double Seconds => 0.3 + (Operations / (NominalSpeed * Threads));

    internal static Forecast Of(int rows, int columns, int outputs, Features.FeatureMap map, int penalties, long dataBytes, int threads)
    {
        int width = map.FeatureCount;
        int block = Math.Min(rows, Heads.GramSums.BlockRows);
        bool dual = rows < width;
        long order = Math.Min(rows, width);
        long matrices = (order <= Heads.EigenPath.MostFeatures ? 3 : 1) * order * order * sizeof(double); // the factor lies above the sums
        long blocks = (long)block * (columns + width) * sizeof(float);
        long held = (dual ? rows : Math.Min(rows, Heads.LeftOutRows.MostHeld)) * (long)width * sizeof(float);
        long targets = (long)rows * outputs * sizeof(float);
        long bytes = Runtime + dataBytes + matrices + blocks + held + map.WorkingBytes(block, threads) + targets;
        double gram = (double)rows * width * order;
        double path = penalties * order * (double)order * ((order / 3.0) + Math.Min(rows, Heads.LeftOutRows.MostHeld)) * 2; // double precision runs at half speed
        double operations = (2.0 * rows * map.OperationsPerRow) + gram + path;
        return new(rows, columns, width, bytes, operations, threads);
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
