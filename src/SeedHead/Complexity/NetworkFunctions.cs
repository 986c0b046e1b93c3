using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Complexity;

/// <summary>The functions of untrained networks with one output, by the population evaluator in float32 and, where a measure asks for it, in double.</summary>
internal sealed unsafe class NetworkFunctions : RandomFunctions
{
    private const int Probes = 64; // points at which float32 is compared with double

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

    public override void ForEach(Team team, Places places, int from, int count, Action<int, SampledFunction> body)
    {
        float[] points = Array.ConvertAll(places.Positions, position => (float)position);
        int[] probes = Random.Order.Sample(seed, 0, places.Count, Probes);
        ReadOnlyMemory<double> probed = probes.SelectMany(i => places.Positions.AsSpan(i * Inputs, Inputs).ToArray()).ToArray();
        fixed (float* p = points)
        {
            new Population(net, prior, seed).Measure(team, Strided<float>.RowMajor(p, places.Count, Inputs), from, count, (i, outputs) =>
            {
                body(i, Sampled(i, places, outputs, probes, probed));
                return true;
            });
        }
    }

    private SampledFunction Sampled(int i, Places places, Strided<float> outputs, int[] probes, ReadOnlyMemory<double> probed)
    {
        var values = new double[places.Count];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = outputs[k, 0];
        }

        var network = new PreciseNetwork(plans, NetworkDraw.Of(plans, prior, seed, i));
        double noise = Spread(network.Run(Team.Single, probed), probes, values);
        FunctionValues Of(double[] found) => new(places.Sampling, places.Rows, places.Columns, found);
        return new(Of(values), noise, () => Of(network.Run(Team.Single, places.Positions)));
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
