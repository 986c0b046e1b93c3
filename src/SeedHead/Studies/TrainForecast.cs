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

    private const int FewestRows = 32; // that pass together when rows are scored

    /// <summary>Seconds at the nominal speed of <see cref="Forecast"/>.</summary>
    public double Seconds => 0.3 + (Operations / (Forecast.NominalSpeed * Threads));

    /// <summary>Of a network and its rows.</summary>
    /// <param name="network">The network.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="rows">Rows learned from.</param>
    /// <param name="dataBytes">What the rows take as they were read.</param>
    /// <param name="threads">Threads.</param>
    public static TrainForecast Of(TrainedNetwork network, TrainQuestion question, int rows, long dataBytes, int threads)
    {
        TrainOptions options = question.Options;
        long memories = options.Optimiser == OptimiserKind.Adam ? 2 : 1, learned = network.Learned;
        long numbers = network.Modules.Parameters.Sum(parameter => parameter.Way switch
        {
            LearnedBy.Values => parameter.Tensor.Count + (parameter.LearnedCount * (1 + memories)),
            LearnedBy.Mask => parameter.Tensor.Count * (4 + memories), // values, fixed weights, scores, gradient, memory
            _ => parameter.Tensor.Count * 4, // values, fixed numbers, gradient, directions
        });
        numbers += network.Total; // drawn anew for the proof
        numbers += question.CheckpointFile is null ? 0 : 3 * learned * (1 + memories); // as arrays and as bytes
        numbers += question.KeepBest ? learned : 0;
        numbers += Math.Min(Math.Max(options.Batch + 1L, FewestRows), rows) * (network.Modules.Input.Count + network.Modules.NumbersPerInput);
        numbers += TrainingRows.KeptNumbers(network, rows, options);
        double share = (double)learned / network.Total;
        return new(Runtime + dataBytes + (sizeof(float) * numbers), (double)rows * options.Epochs * 2 * network.Modules.ProductsPerInput * (2 + Math.Min(share, 1)), threads);
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
