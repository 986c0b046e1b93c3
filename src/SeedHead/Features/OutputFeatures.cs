using System.Text.Json.Nodes;
using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Features;

/// <summary>φ(x) = n^(−1/2)·(f₁(s·x), …, fₙ(s·x)): k outputs of each of n independent random networks.</summary>
/// <remarks>
/// <para>E[φ(x)·φ(y)] is the neural network prior kernel E[f(x)·f(y)], f having k outputs.</para>
/// <para>Network i has the weights of network i of the seed, so a wider set of features begins with the narrower one, up to the factor n^(−1/2).
/// n = ⌈D/k⌉; where k does not divide D, the last network gives only its first outputs.</para>
/// <para>The input scale s is that of <see cref="HiddenFeatures"/>.</para>
/// <para>Source: Amid, Anil, Kotłowski &amp; Warmuth, "Learning from Randomly Initialized Neural Network Features", 2022.</para>
/// </remarks>
public sealed class OutputFeatures : FeatureMap
{
    internal const string Word = "outputs";

    /// <summary>With no more weights than this they are kept between calls; otherwise every call makes them again.</summary>
    private const long MostKeptWeights = 1L << 26;

    private readonly ulong seed;
    private readonly IReadOnlyList<StagePlan> plans;
    private readonly int groupSize;
    private readonly Lazy<NetworkGroup>[]? kept;

    private OutputFeatures(Architecture net, int width, WeightPrior prior, double inputScale, ulong seed, long mostKeptWeights)
    {
        (Net, Prior, InputScale, FeatureCount, this.seed) = (net, prior, inputScale, width, seed);
        plans = StagePlan.Of(net, inputScale);
        groupSize = Math.Min(NetworkCount, NetworkGroup.SizeFor(plans[0]));
        kept = plans.Sum(plan => plan.Weights) * NetworkCount > mostKeptWeights
            ? null
            : [.. Enumerable.Range(0, GroupCount).Select(i => new Lazy<NetworkGroup>(() => Materialise(Team.Single, i)))];
    }

    /// <summary>One of the networks; it has k outputs.</summary>
    public Architecture Net { get; }

    /// <summary>The law of the weights.</summary>
    public WeightPrior Prior { get; }

    /// <summary>s, what inputs are multiplied by.</summary>
    public double InputScale { get; }

    /// <summary>n, the number of networks.</summary>
    public int NetworkCount => (FeatureCount + Net.OutputCount - 1) / Net.OutputCount;

    /// <inheritdoc/>
    public override int InputColumns => Net.InputCount;

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override double OperationsPerRow => NetworkCount * plans.Sum(plan => plan.Operations);

    /// <inheritdoc/>
    public override string Description => $"outputs of {NetworkCount} networks {Net}, {Prior}";

    private int GroupCount => (NetworkCount + groupSize - 1) / groupSize;

    /// <inheritdoc/>
    public override long WorkingBytes(int rows, int threads) => NetworkGroup.WorkingBytes(plans, groupSize, rows)
        + (kept is null ? 0 : sizeof(float) * plans.Sum(plan => plan.Weights) * (NetworkCount - groupSize));

    internal static OutputFeatures Create(FeatureOptions options, int width, ulong seed, IInputRows rows, long mostKeptWeights = MostKeptWeights)
    {
        (Architecture net, WeightPrior prior) = DefaultNetwork.For(options, rows, outputs: true);
        net = net.WithLastWidth(options.OutputsPerNetwork);
        if (net.Layers[0] is not DenseLayer)
        {
            throw new ArgumentException($"{net} does not begin with a dense layer. Put one first: {net.InputCount}-64-….");
        }

        return new(net, width, prior, DefaultNetwork.InputScale(options, rows, seed), seed, mostKeptWeights);
    }

    internal static OutputFeatures FromJson(JsonObject json, ulong seed) => new(
        json.Parsed("net", Architecture.Parse), json.Count("width"), json.Parsed("prior", WeightPrior.Parse), json.Positive("inputScale"), seed, MostKeptWeights);

    internal override JsonObject ToJson(IDictionary<string, StoredArray> arrays) => new()
    {
        ["kind"] = Word,
        ["net"] = Net.ToString(),
        ["width"] = FeatureCount,
        ["prior"] = Prior.ToString(),
        ["inputScale"] = InputScale,
    };

    internal override void Map(Team team, Strided<float> inputs, Strided<float> features)
    {
        float factor = (float)(1 / Math.Sqrt(NetworkCount));
        for (int i = 0; i < GroupCount; i++)
        {
            NetworkGroup group = kept is null ? Materialise(team, i) : kept[i].Value;
            long column = (long)i * groupSize * Net.OutputCount;
            long columns = Math.Min((long)groupSize * Net.OutputCount, FeatureCount - column);
            group.Forward(team, inputs, features.Block(0, column, features.Rows, columns));
            if (kept is null)
            {
                group.Dispose();
            }
        }

        for (long row = 0; row < features.Rows; row++)
        {
            Elementwise.Multiply(features.Row(row), factor);
        }
    }

    private NetworkGroup Materialise(Team team, int group)
    {
        int from = group * groupSize;
        return new(team, plans, Prior, seed, from, Math.Min(groupSize, NetworkCount - from));
    }
}
