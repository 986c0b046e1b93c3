using System.Diagnostics;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>How a map of rows is made.</summary>
internal enum MapMethod
{
    /// <summary>The first two components.</summary>
    Pca,

    /// <summary>t-SNE of the first components.</summary>
    TSne,
}

/// <summary>What does the limit kernel of an architecture see in rows: how many dimensions, do classes lie together, which rows are neighbours?</summary>
internal sealed record KernelSpectrumQuestion
{
    /// <summary>Neighbours that vote.</summary>
    public static IReadOnlyList<int> Voters { get; } = [1, 5];

    /// <summary>Penalties of the effective dimension, over the mean diagonal of the centred kernel.</summary>
    public static IReadOnlyList<double> Penalties { get; } = [1e-4, 1e-3, 1e-2, 1e-1, 1];

    private const int MapComponents = 50;
    private const int TestRowsAtATime = 1000;

    /// <summary>The rows.</summary>
    public required Dataset Train { get; init; }

    /// <summary>Rows whose neighbours vote, or null.</summary>
    public Dataset? Test { get; init; }

    /// <summary>The architecture.</summary>
    public required string Net { get; init; }

    /// <summary>The law of the weights, or null for the usual one of the activation.</summary>
    public WeightPrior? Prior { get; init; }

    /// <summary>Whether the tangent kernel is taken in place of the NNGP kernel.</summary>
    public bool Tangent { get; init; }

    /// <summary>Components kept, or fewer where there are fewer rows.</summary>
    public int Components { get; init; } = MapComponents;

    /// <summary>Whether leading components are found by random projections.</summary>
    public bool Randomised { get; init; }

    /// <summary>The map wanted, or null.</summary>
    public MapMethod? Map { get; init; }

    /// <summary>Seed of projections and of the map.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Bytes allowed, or null.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Answers the question.</summary>
    /// <exception cref="ArgumentException">The architecture has no closed form, or too few rows for a map.</exception>
    /// <exception cref="ForecastException">More memory than allowed.</exception>
    public KernelSpectrumAnswer Run(Execution run)
    {
        var clock = Stopwatch.StartNew();
        var labels = Train.Target as ClassTarget;
        Architecture net = Architecture.Parse(Net, (Train.Inputs as Images)?.Shape, labels?.Classes.Count ?? 1);
        var kernel = new LimitKernel(net, Prior ?? WeightPrior.DefaultFor(net.FirstActivation));
        RequireRoom(kernel, run.Threads);
        KernelInputs inputs = KernelInputs.Learn(Train.Inputs);
        Numbers points = inputs.Read(Train.Inputs);
        using LimitGram gram = kernel.Gram(points, Tangent, run);
        Strided<double> values = (gram.Tangent ?? gram.Nngp).Values;
        int components = Math.Min(Components, points.Count);
        using KernelPca pca = Randomised ? KernelPca.OfGramRandomised(run.Team, values, components, Seed) : KernelPca.OfGram(run.Team, values, components);
        return new()
        {
            Kind = Tangent ? "ntk" : "nngp",
            Net = net.ToString(),
            Prior = kernel.Prior.ToString(),
            Rows = points.Count,
            Spectrum = pca.Spectrum,
            Alignment = labels is null ? null : KernelAlignment.WithClasses(run.Team, values, labels.Codes),
            Neighbours = labels is null || Test?.Target is not ClassTarget truth ? [] : Voted(run, kernel, points, inputs.Read(Test.Inputs), values, labels.Codes, truth.Codes),
            Components = components,
            Scores = Copied(pca.Scores),
            Map = Map is { } method ? Mapped(pca, method, run) : null,
            MapMethod = Map,
            Labels = labels,
            Seconds = clock.Elapsed.TotalSeconds,
        };
    }

    private void RequireRoom(LimitKernel kernel, int threads)
    {
        long n = Train.Count, square = sizeof(double) * n * n;
        long needed = kernel.Bytes(Train.Count, Train.Count, Tangent, threads) + (Randomised ? square : 3 * square) + (Map == MapMethod.TSne ? square : 0);
        long allowed = MaxMemory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > allowed)
        {
            throw new ForecastException(
                $"The components of {n} rows need {needed} bytes, but {(MaxMemory is null ? "the machine has" : "--max-memory allows")} {allowed}. Give fewer --rows{(Randomised ? "" : ", --randomised")} or more memory.");
        }
    }

    private List<NeighbourAccuracy> Voted(Execution run, LimitKernel kernel, Numbers points, Numbers tests, Strided<double> gram, int[] codes, int[] truth)
    {
        var variances = new double[points.Count];
        for (int i = 0; i < variances.Length; i++)
        {
            variances[i] = gram[i, i];
        }

        int most = Math.Min(Voters.Max(), points.Count);
        Nearness[] kinds = [Nearness.Cosine, Nearness.Euclidean];
        int[][] found = [.. kinds.Select(_ => new int[tests.Count * most])];
        for (int from = 0; from < tests.Count; from += TestRowsAtATime)
        {
            int count = Math.Min(TestRowsAtATime, tests.Count - from);
            using LimitGram cross = kernel.Gram(new Numbers(tests.Values.Slice(from * tests.Columns, count * tests.Columns), tests.Columns), points, Tangent, run);
            for (int kind = 0; kind < kinds.Length; kind++)
            {
                NearestNeighbours.Find(run.Team, (cross.Tangent ?? cross.Nngp).Values, variances, most, kinds[kind]).CopyTo(found[kind], from * most);
            }
        }

        return
        [
            .. from kind in Enumerable.Range(0, kinds.Length)
               from voters in Voters.Where(voters => voters <= most)
               let chosen = NearestNeighbours.Vote(found[kind], most, codes, voters)
               select new NeighbourAccuracy(kinds[kind], voters, chosen.Where((code, i) => code == truth[i]).Count() / (double)truth.Length),
        ];
    }

    private PlaneMap Mapped(KernelPca pca, MapMethod method, Execution run)
    {
        Strided<double> scores = pca.Scores.Block(0, 0, pca.Scores.Rows, Math.Min(MapComponents, pca.Components));
        if (method == MapMethod.TSne)
        {
            return TSne.Map(scores, new() { Seed = Seed }, run);
        }

        double[] x = new double[scores.Rows], y = new double[scores.Rows];
        for (int i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = (scores[i, 0], scores.Columns > 1 ? scores[i, 1] : 0);
        }

        return new(x, y, null, Trustworthiness.Of(run.Team, scores, x, y));
    }

    private static double[] Copied(Strided<double> scores)
    {
        var copy = new double[scores.Rows * scores.Columns];
        for (int i = 0; i < scores.Rows; i++)
        {
            scores.Row(i).CopyTo(copy.AsSpan(i * (int)scores.Columns));
        }

        return copy;
    }
}
