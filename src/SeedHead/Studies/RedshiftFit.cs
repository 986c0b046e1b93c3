using SeedHead.Compute;
using SeedHead.Random;
using SeedHead.Training;

namespace SeedHead.Studies;

/// <summary>A model trained to interpolate a smooth target, sin 2x₁ + cos 2x₂, from random points of [−1, 1]².</summary>
/// <remarks>
/// The unbiased model enters as a linear network over sin πk·x and cos πk·x: a·sin(πk·x + p) = (a cos p)·sin πk·x + (a sin p)·cos πk·x, so its two weights a unit are amplitude and phase in
/// other coordinates. They begin from ±s with a variance of f of about 1.
/// </remarks>
internal sealed record RedshiftFit : RedshiftCell
{
    private const int PointPurpose = 1153; // of addresses
    private const double Rate = 1e-3;
    private const int Tests = 500;

    /// <summary>Highest frequency of the unbiased model; 0: a network of three hidden tanh layers.</summary>
    public required int Highest { get; init; }

    /// <summary>The seed of the points and of the weights.</summary>
    public required int Seed { get; init; }

    /// <summary>Training points.</summary>
    public required int Points { get; init; }

    /// <summary>Steps of Adam over all of them.</summary>
    public required int Steps { get; init; }

    /// <inheritdoc/>
    protected override string Text => $"smooth fit by {(Highest == 0 ? "2-3*(64-tanh)-1" : $"fourier:{Highest}")} | seed {Seed} | {Points} points, {Steps} steps, rate {Rate}";

    /// <inheritdoc/>
    public override IEnumerable<(string Name, double Value)> Run(Execution run)
    {
        var (train, targets) = Draw(0, Points);
        var (test, wanted) = Draw(Points, Tests);
        int inputs = Inputs(train).Length / Points;
        string net = Highest == 0 ? "2-3*(64-tanh)-1" : $"{inputs}-1";
        string scale = (Math.Sqrt(6.0 / inputs)).ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture);
        using var network = new FullBatch(net, (ulong)Seed, run, Highest == 0 ? "glorot-alpha,fc=glorot-uniform" : $"flat:{scale}");
        double loss = Train(network, Inputs(train), targets);
        return [("loss", loss), ("train", R2(network.Scores(Inputs(train)), targets)), ("test", R2(network.Scores(Inputs(test)), wanted))];
    }

    private (float[] Points, float[] Targets) Draw(int first, int count)
    {
        var stream = new WeightStream((ulong)Seed);
        float[] points = [.. Enumerable.Range(0, 2 * count).Select(i => (2 * stream.Uniform(new(0, PointPurpose, first + (i / 2), i % 2, WeightKind.Order))) - 1)];
        return (points, [.. Enumerable.Range(0, count).Select(i => (float)(Elementary.Sin(2.0 * points[2 * i]) + Elementary.Cos(2.0 * points[(2 * i) + 1])))]);
    }

    private float[] Inputs(float[] points) => Highest == 0 ? points : [.. Enumerable.Range(0, points.Length / 2).SelectMany(i => Waves(points[2 * i], points[(2 * i) + 1]))];

    private IEnumerable<float> Waves(double x, double y)
    {
        for (int k = 0; k <= Highest; k++)
        {
            for (int m = k == 0 ? 1 : -Highest; m <= Highest; m++) // of k and −k one
            {
                double turn = Math.PI * ((k * x) + (m * y));
                yield return (float)Elementary.Sin(turn);
                yield return (float)Elementary.Cos(turn);
            }
        }
    }

    private unsafe double Train(FullBatch network, float[] rows, float[] targets)
    {
        fixed (float* t = targets)
        {
            using var objective = Objective.Of(Strided<float>.RowMajor(t, targets.Length, 1));
            return network.Train(rows, objective, Steps, Rate);
        }
    }

    private static double R2(float[] found, float[] wanted)
    {
        double mean = wanted.Average(), all = wanted.Sum(value => (value - mean) * (value - mean));
        return 1 - (found.Zip(wanted, (a, b) => (double)(a - b) * (a - b)).Sum() / all);
    }
}
