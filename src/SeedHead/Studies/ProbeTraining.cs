using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>The same number of learned numbers spent on a small network all of whose layers are trained; its last hidden layer then gets a head by ridge.</summary>
internal static unsafe class ProbeTraining
{
    /// <summary>Passes over the training rows, both rates together.</summary>
    public const int Passes = 2 * Epochs;

    private const int Epochs = 60;
    private const int LeastNeurons = 8;
    private static readonly double[] Rates = [0.02, 0.005];

    /// <summary>Neurons m with m·(d + 1 + K) + K ≈ N·K + K learned numbers, at least 8.</summary>
    public static int Neurons(int width, int columns, int outputs) => Math.Clamp((int)((long)width * outputs / (columns + 1 + outputs)), LeastNeurons, Math.Max(width, LeastNeurons));

    /// <summary>The better of two rates on the choosing rows; null where both diverge.</summary>
    public static ProbeFit? Fit(Team team, ProbeRows rows, int width, ulong seed, Execution run)
    {
        int neurons = Neurons(width, rows.Columns, rows.Outputs);
        return Rates.Select(rate => Fit(team, rows, neurons, rate, seed, run)).OfType<ProbeFit>().OrderBy(fit => fit.Choosing).FirstOrDefault();
    }

    private static ProbeFit? Fit(Team team, ProbeRows rows, int neurons, double rate, ulong seed, Execution run)
    {
        using var network = new TrainedNetwork(
            Architecture.Parse($"{rows.Columns}-{neurons}-relu-{rows.Outputs}"), LearnedPart.Parse("all"), Initialisation.Parse("he-normal"), seed);
        float[] targets = Centred(rows);
        fixed (float* y = targets)
        {
            var options = new TrainOptions { Epochs = Epochs, Batch = 32, Rate = rate, Optimiser = OptimiserKind.Adam, WeightDecay = 0, Seed = seed };
            var inputs = new Numbers(rows.Raw.Values[..(rows.Training * rows.Raw.Columns)], rows.Raw.Columns);
            using var trainer = new Trainer(network, inputs, rows.Scaling, Objective.Of(Strided<float>.RowMajor(y, rows.Training, rows.Outputs)), options, run with { Progress = null });
            try
            {
                trainer.Train();
            }
            catch (DivergedException)
            {
                return null;
            }
        }

        var map = new TrainedFeatures(network); // the network is disposed of above
        using var features = new NativeBuffer<float>((long)rows.Count * neurons);
        Strided<float> all = Strided<float>.RowMajor(features, rows.Count, neurons);
        fixed (float* x = rows.Points)
        {
            map.Map(team, Strided<float>.RowMajor(x, rows.Count, rows.Columns), all);
        }

        return ProbeRidge.Fit(team, all, rows, [neurons])[0];
    }

    private static float[] Centred(ProbeRows rows)
    {
        var means = new double[rows.Outputs];
        for (int i = 0; i < rows.Training * rows.Outputs; i++)
        {
            means[i % rows.Outputs] += rows.Targets[i] / (double)rows.Training;
        }

        return [.. Enumerable.Range(0, rows.Training * rows.Outputs).Select(i => (float)(rows.Targets[i] - means[i % rows.Outputs]))];
    }
}
