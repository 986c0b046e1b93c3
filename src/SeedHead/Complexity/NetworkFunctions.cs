using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Complexity;

/// <summary>The functions of untrained networks with one output, by the population evaluator in float32 and, where a measure asks for it, in double.</summary>
internal sealed unsafe class NetworkFunctions : RandomFunctions
{
    private const int Probes = 64; // points at which float32 is compared with double
    private const int PointsAtATime = 8192; // of a function whose points are shared out; any number gives the same values

    private readonly Architecture net;
    private readonly WeightPrior prior;
    private readonly ulong seed;
    private readonly IReadOnlyList<StagePlan> plans;

    public NetworkFunctions(Architecture net, WeightPrior prior, ulong seed)
    {
        if (net.OutputCount != 1)
        {
            throw new ArgumentException($"{net} has {net.OutputCount} outputs; complexity is one of functions with one. End the network in -1.");
        }

        (this.net, this.prior, this.seed) = (net, prior, seed);
        plans = StagePlan.Of(net);
    }

    public override int Inputs => net.InputCount;

    protected override ComplexityValue ByWeights(IWeightMeasure measure, int i) => measure.Of(net, prior, seed, i);

    /// <summary>Function <paramref name="i"/> alone, its points shared out to the threads: the numbers of <see cref="ForEach"/>.</summary>
    public SampledFunction At(Team team, Places places, int i)
    {
        var values = new float[places.Count];
        (int[] probes, ReadOnlyMemory<double> probed) = Probed(places);
        var population = new Population(net, prior, seed);
        fixed (float* p = Points(places), v = values)
        {
            (Strided<float> points, Strided<float> outputs) = (Strided<float>.RowMajor(p, places.Count, Inputs), Strided<float>.RowMajor(v, 1, places.Count));
            team.For((places.Count + PointsAtATime - 1) / PointsAtATime, share =>
            {
                int from = share * PointsAtATime, count = Math.Min(PointsAtATime, places.Count - from);
                population.Evaluate(new Team(1, team.Cancellation), points.Block(from, 0, count, Inputs), i, 1, outputs.Block(0, from, 1, count));
            });
            return Sampled(team, i, places, Strided<float>.RowMajor(v, places.Count, 1), probes, probed);
        }
    }

    public override void ForEach(Team team, Places places, int from, int count, Action<int, SampledFunction> body)
    {
        (int[] probes, ReadOnlyMemory<double> probed) = Probed(places);
        fixed (float* p = Points(places))
        {
            new Population(net, prior, seed).Measure(team, Strided<float>.RowMajor(p, places.Count, Inputs), from, count, (i, outputs) =>
            {
                body(i, Sampled(Team.Single, i, places, outputs, probes, probed));
                return true;
            });
        }
    }

    private static float[] Points(Places places) => Array.ConvertAll(places.Positions, position => (float)position);

    /// <summary>The points at which float32 is compared with double: their numbers and places.</summary>
    private (int[] Numbers, ReadOnlyMemory<double> Positions) Probed(Places places)
    {
        int[] probes = Random.Order.Sample(seed, 0, places.Count, Probes);
        return (probes, probes.SelectMany(i => places.Positions.AsSpan(i * Inputs, Inputs).ToArray()).ToArray());
    }

    private SampledFunction Sampled(Team team, int i, Places places, Strided<float> outputs, int[] probes, ReadOnlyMemory<double> probed)
    {
        var values = new double[places.Count];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = outputs[k, 0];
        }

        var network = new PreciseNetwork(plans, NetworkDraw.Of(plans, prior, seed, i));
        double noise = Spread(network.Run(Team.Single, probed), probes, values);
        FunctionValues Of(double[] found) => new(places.Sampling, places.Rows, places.Columns, found);
        return new(Of(values), noise, () => Of(network.Run(team, places.Positions)));
    }

    /// <summary>Root mean square of usual − exact about its mean.</summary>
    private static double Spread(double[] exact, int[] probes, double[] usual)
    {
        double[] errors = [.. exact.Select((value, k) => usual[probes[k]] - value)];
        double mean = errors.Average();
        double square = errors.Average(error => (error - mean) * (error - mean));
        return double.IsFinite(square) ? Math.Sqrt(square) : double.PositiveInfinity;
    }
}
