using SeedHead.Heads;
using SeedHead.Kernels;

namespace SeedHead.Models;

/// <summary>What choosing an architecture is expected to need, from shapes alone.</summary>
/// <param name="Candidates">Architectures compared.</param>
/// <param name="Rows">Rows they are compared on.</param>
/// <param name="Bytes">Peak memory, bytes.</param>
/// <param name="Operations">Floating-point operations.</param>
/// <param name="Threads">Threads counted on.</param>
internal sealed record ArchitectureForecast(int Candidates, int Rows, long Bytes, double Operations, int Threads)
{
    private const double OperationsOfADual = 200; // a pair of rows and a layer, measured

    /// <summary>Seconds at the nominal speed of <see cref="Forecast"/>; factors in float64 reach half of it.</summary>
    public double Seconds => 2 * Operations / (Forecast.NominalSpeed * Threads);

    public static ArchitectureForecast Of(
        IReadOnlyList<ArchitectureCandidate> candidates, int rows, int outputs, long dataBytes, GaussianProcessOptions options, int threads)
    {
        long kernel = candidates.Max(candidate => new LimitKernel(candidate.Net, candidate.Prior).Bytes(rows, rows, tangent: false, threads));
        long inputs = (long)rows * candidates[0].Net.InputCount * sizeof(float), targets = (long)rows * outputs * sizeof(double);
        long losses = (long)rows * candidates.Count * sizeof(double);
        long bytes = Forecast.Runtime + dataBytes + inputs + targets + losses + kernel + GaussianProcess.Bytes(rows, outputs, options);
        double sampled = Math.Min(rows, options.SampleRows), pairs = 0.5 * rows * rows;
        double solving = 4.0 / 3 * ((options.Noises.Count * sampled * sampled * sampled) + ((double)rows * rows * rows)); // a factor and the diagonal of its inverse
        double operations = candidates.Sum(candidate =>
            (pairs * ((2.0 * candidate.Net.InputCount) + (OperationsOfADual * candidate.Net.Depth))) + solving);
        return new(candidates.Count, rows, bytes, operations, threads);
    }

    public void Demand(long? maxMemory, double? timeLimit)
    {
        if (Bytes > maxMemory)
        {
            throw new ForecastException(
                $"Choosing an architecture on {Rows} rows is forecast to need {Bytes / 1e6:F0} MB, allowed are {maxMemory.Value / 1e6:F0} MB. Name one with --net, or take a larger --max-memory.");
        }

        if (Seconds > timeLimit)
        {
            throw new ForecastException(
                $"Choosing among {Candidates} architectures on {Rows} rows is forecast to take {Seconds:F0} s, allowed are {timeLimit:F0} s. Name one with --net, or take a larger --time-limit.");
        }
    }
}
