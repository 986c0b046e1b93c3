using SeedHead.Complexity;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>The mean amplitude at every frequency of random functions of one law.</summary>
internal sealed record RedshiftSpectrum : RedshiftCell
{
    private const ulong Seed = 42;

    /// <summary>The network's text form, or "fourier:K".</summary>
    public required string Net { get; init; }

    /// <summary>The law of weights at scale 1.</summary>
    public required string Prior { get; init; }

    /// <summary>What its scale is multiplied by.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>n, points of an axis.</summary>
    public required int Side { get; init; }

    /// <summary>How many functions.</summary>
    public required int Networks { get; init; }

    /// <inheritdoc/>
    protected override string Text => $"spectrum of {Net} | {Prior} | scale {Scale:R} | seed {Seed}, {Networks} networks | grid {Side}";

    /// <summary>The name of the amplitude at a frequency.</summary>
    public static string At(int frequency) => $"amplitude/{frequency}";

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Run(Execution run)
    {
        var question = new ComplexityQuestion { Net = Net, Prior = WeightPrior.Parse(Prior), Side = Side, Seed = Seed };
        RandomFunctions functions = ComplexityNets.Functions(question, null, Scale);
        var all = new double[Networks][];
        functions.ForEach(run.Team, Places.Of(Sampling.UniformGrid, Side, functions.Inputs, Seed, 0), 0, Networks, (i, function) =>
        {
            _ = function.By(new FourierBins()); // in double where rounding would be seen
            all[i] = Radial(function.Values);
        });
        return Enumerable.Range(1, Side / 2).Select(k => (At(k), Statistics.Mean([.. all.Select(amplitudes => amplitudes[k])])));
    }

    /// <summary>Mean |F| over the coefficients whose distance from 0 rounds to k, as a share of the sum of these means.</summary>
    private static double[] Radial(FunctionValues values)
    {
        double[] sizes = Spectrum.Fourier(values);
        int half = values.Columns / 2;
        double[] sums = new double[half + 1], counts = new double[half + 1];
        for (int i = 0; i <= half; i++)
        {
            for (int j = i == 0 ? 1 : 0; j <= half; j++)
            {
                int radius = (int)(Math.Sqrt(((double)i * i) + ((double)j * j)) + 0.5);
                if (radius <= half)
                {
                    sums[radius] += sizes[(i * (half + 1)) + j];
                    counts[radius]++;
                }
            }
        }

        double total = 0;
        for (int k = 1; k <= half; k++)
        {
            sums[k] /= counts[k];
            total += sums[k];
        }

        return Array.ConvertAll(sums, sum => sum / total);
    }
}
