using SeedHead.Complexity;
using SeedHead.Compute;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>How the power of a cell's functions is shared out over frequencies, beside networks of infinite width.</summary>
/// <param name="Net">The network.</param>
/// <param name="Scale">What the prior's scale was multiplied by.</param>
/// <param name="Depth">Hidden layers.</param>
/// <param name="Side">Points of an axis.</param>
/// <param name="Sampled">Share of frequency 0, 1, …, in periods of the grid: sums over networks of |F|², over their total.</param>
/// <param name="StandardErrors">Of these shares (jackknife over networks).</param>
/// <param name="Limit">The same of E|F|² in the limit, or null where the network has no closed form.</param>
/// <param name="NoLimit">Why there is none.</param>
public sealed record PowerShares(
    string Net, double Scale, int Depth, int Side, IReadOnlyList<double> Sampled, IReadOnlyList<double> StandardErrors, IReadOnlyList<double>? Limit, string? NoLimit);

/// <summary>Makes the spectra of a map's cells.</summary>
internal static class ComplexitySpectra
{
    private const int MostSide = 24; // the limit sums over all pairs of points, some by quadrature

    public static IEnumerable<PowerShares> Of(ComplexityQuestion question, (int? Depth, double Scale)[] places, Execution run)
    {
        long done = 0;
        foreach ((int? depth, double scale) in places)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            yield return Of(question, depth, scale, run);
            run.Report("spectra", ++done, places.Length);
        }
    }

    private static PowerShares Of(ComplexityQuestion question, int? depth, double scale, Execution run)
    {
        RandomFunctions functions = ComplexityNets.Functions(question, depth, scale);
        if (functions.Inputs > 2)
        {
            throw new ArgumentException($"{question.Net} has {functions.Inputs} inputs; spectra are of networks with one or two.");
        }

        Places grid = Places.Of(Sampling.UniformGrid, Math.Min(question.Side, MostSide), functions.Inputs, question.Seed, 0);
        var powers = new double[question.Networks][];
        functions.ForEach(run.Team, grid, 0, question.Networks, (i, function) => powers[i] = PowerSpectrum.Of(function.Values));
        (double[] shares, double[] errors) = Jackknife([.. powers.Where(power => double.IsFinite(power.Sum()))]);
        (double[]? limit, string? reason) = Limit(question, depth, scale, grid, run);
        return new(ComplexityNets.Text(question, depth), scale, ComplexityNets.Depth(question, depth), grid.Columns, shares, errors, limit, reason);
    }

    /// <summary>Shares of the summed power, and their standard errors: √((n − 1)/n · Σ (share without network i − their mean)²).</summary>
    private static (double[] Shares, double[] Errors) Jackknife(double[][] powers)
    {
        if (powers.Length == 0)
        {
            return ([], []);
        }

        double[] sum = new double[powers[0].Length];
        foreach (double[] power in powers)
        {
            Elementwise.AddTimes(sum, 1, power);
        }

        double[][] without = [.. powers.Select(power => PowerSpectrum.Shares([.. sum.Zip(power, (all, one) => all - one)]))];
        double n = powers.Length;
        double[] errors = [.. sum.Select((_, m) =>
        {
            double mean = without.Average(shares => shares[m]);
            return Math.Sqrt((n - 1) / n * without.Sum(shares => (shares[m] - mean) * (shares[m] - mean)));
        })];
        return (PowerSpectrum.Shares(sum), errors);
    }

    private static (double[]? Shares, string? Reason) Limit(ComplexityQuestion question, int? depth, double scale, Places grid, Execution run)
    {
        try
        {
            (Architecture net, WeightPrior prior) = ComplexityNets.Network(question, depth, scale);
            return (PowerSpectrum.Shares(PowerSpectrum.OfLimit(new LimitKernel(net, prior), grid, run)), null);
        }
        catch (ArgumentException error)
        {
            return (null, error.Message);
        }
    }
}
