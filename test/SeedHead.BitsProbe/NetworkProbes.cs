using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.BitsProbe;

/// <summary>Probes of networks with all kinds of layers, one by one and as a population. Both hash the same values.</summary>
internal static unsafe class NetworkProbes
{
    private const int Points = 35;
    private const int Count = 3;

    private static readonly (string Net, string Prior)[] Cases =
    [
        ("2-19-relu-13-tanh-1", "glorot-alpha:2"),
        ("2-2*(17-ln-res(sin))-3", "flat-ball:1.5"),
        ("2-gated(21-scale2-gaussian)-res(21-gelu-21)-1", "flat-laplace"),
        ("2-res(16-relu-5|ln-5)-ln-2", "orthogonal+bias-normal:1"),
    ];

    public static void Population(Team team, BitsHash hash)
    {
        foreach ((string net, string prior) in Cases)
        {
            var population = new Population(Architecture.Parse(net), WeightPrior.Parse(prior), 7, 0.7) { PanelsAtATime = team.Threads };
            using NativeBuffer<float> points = Grid();
            float[][] values = population.Measure(team, Strided<float>.RowMajor(points, Points, 2), 1, Count, (_, outputs) =>
                new ReadOnlySpan<float>(outputs.Pointer, (int)(outputs.Rows * outputs.Columns)).ToArray());
            Array.ForEach(values, network => hash.Add<float>(network));
        }
    }

    public static void Networks(Team team, BitsHash hash)
    {
        foreach ((string text, string prior) in Cases)
        {
            Architecture net = Architecture.Parse(text);
            using NativeBuffer<float> points = Grid(), values = new(Points * net.OutputCount);
            for (int i = 1; i <= Count; i++)
            {
                DenseNetwork.Materialise(net, WeightPrior.Parse(prior), 7, i, 0.7).Forward(
                    team, Strided<float>.RowMajor(points, Points, 2), Strided<float>.RowMajor(values, Points, net.OutputCount));
                hash.Add(values);
            }
        }
    }

    private static NativeBuffer<float> Grid()
    {
        var points = new NativeBuffer<float>(2 * Points);
        for (int i = 0; i < Points; i++)
        {
            (points.Pointer[2 * i], points.Pointer[2 * i + 1]) = ((i % 7 - 3) / 3f, (i / 7 - 2) / 2f);
        }

        return points;
    }
}
