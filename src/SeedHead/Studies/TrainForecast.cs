using SeedHead.Models;
using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>What a training is expected to need, from shapes alone: no clock and no machine enters it.</summary>
/// <param name="Bytes">Peak memory.</param>
/// <param name="Operations">Floating-point operations of all epochs.</param>
/// <param name="Threads">Threads counted on.</param>
internal sealed record TrainForecast(long Bytes, double Operations, int Threads)
{
    private const long Runtime = 80L << 20; // the process with its code, measured

    /// <summary>Seconds at the nominal speed of <see cref="Forecast"/>.</summary>
    public double Seconds => 0.3 + (Operations / (Forecast.NominalSpeed * Threads));

    /// <summary>Of a network and its rows.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="rows">Rows learned from.</param>
    /// <param name="dataBytes">What the rows take as they were read.</param>
    /// <param name="threads">Threads.</param>
    public static TrainForecast Of(TrainedNetwork network, TrainOptions options, int rows, long dataBytes, int threads)
    {
        long memories = options.Optimiser == OptimiserKind.Adam ? 2 : 1;
        long numbers = network.Total + (network.Learned * (1 + memories)) + (Math.Min(options.Batch, rows) * (network.Modules.Input.Count + network.Modules.NumbersPerInput));
        double learned = (double)network.Learned / network.Total;
        return new(Runtime + dataBytes + (sizeof(float) * numbers), (double)rows * options.Epochs * 2 * network.Modules.ProductsPerInput * (2 + Math.Min(learned, 1)), threads);
    }

    /// <summary>Refuses what is forecast to pass a limit.</summary>
    /// <exception cref="ForecastException">It is: says which.</exception>
    public void Demand(long? maxMemory, double? timeLimit)
    {
        if (Bytes > maxMemory)
        {
            throw new ForecastException($"Training is forecast to need {Bytes / 1e6:F0} MB, allowed are {maxMemory / 1e6:F0} MB. Take a smaller --batch, a smaller --net or a larger --max-memory.");
        }

        if (Seconds > timeLimit)
        {
            throw new ForecastException($"Training is forecast to take {Seconds:F0} s, allowed are {timeLimit:F0} s. Take fewer --epochs, a smaller --net or a larger --time-limit.");
        }
    }
}
