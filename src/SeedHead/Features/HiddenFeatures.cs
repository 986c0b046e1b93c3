using System.Text.Json.Nodes;
using SeedHead.Compute;
using SeedHead.Networks;

namespace SeedHead.Features;

/// <summary>φ(x) = the last hidden layer (or all hidden layers) of one or several random networks that read s·x.</summary>
/// <remarks>
/// <para>The last hidden layer of a network is as wide as its share of the width D asks for; earlier layers are as wide as the architecture says.
/// With one network, its last layer alone, and a prior whose scale does not depend on fan-out, the features are the first ones of every larger width.</para>
/// <para>The input scale is s = √(2d)/(m·bandwidth), m the median distance of training rows: networks read numbers of the size that standardised,
/// uncorrelated columns have, whatever the data. Without biases it only scales the features of activations like ReLU.</para>
/// </remarks>
public sealed class HiddenFeatures : FeatureMap
{
    internal const string Word = "hidden";

    private readonly Architecture[] nets;
    private readonly bool allLayers;
    private readonly Lazy<DenseNetwork[]> networks;

    private HiddenFeatures(Architecture net, int networkCount, bool allLayers, int width, WeightPrior prior, double inputScale, ulong seed)
    {
        if (width < networkCount)
        {
            throw new ArgumentException($"{networkCount} networks cannot share {width} features. Ask for at least {networkCount}.");
        }

        (Prior, InputScale, FeatureCount, this.allLayers) = (prior, inputScale, width, allLayers);
        nets = [.. Enumerable.Range(0, networkCount).Select(i => WithShare(net, Share(width, networkCount, i), allLayers))];
        networks = new(() => [.. nets.Select((own, i) => DenseNetwork.Materialise(own, prior, seed, i, inputScale))]);
    }

    /// <summary>The first network up to its last hidden layer; further ones differ in the width of that layer at most.</summary>
    public Architecture Net => nets[0];

    /// <summary>The law of their weights.</summary>
    public WeightPrior Prior { get; }

    /// <summary>s, what inputs are multiplied by.</summary>
    public double InputScale { get; }

    /// <inheritdoc/>
    public override int InputColumns => Net.InputCount;

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override double OperationsPerRow => nets.Sum(DenseNetwork.OperationsPerRow);

    /// <inheritdoc/>
    public override string Description => $"hidden {Net}, {Prior}"
        + (nets.Length > 1 ? $", {nets.Length} networks" : "") + (allLayers ? ", all layers" : "");

    /// <inheritdoc/>
    public override long WorkingBytes(int rows, int threads) =>
        nets.Sum(net => DenseNetwork.WorkingBytes(net, Prior, rows));

    internal static HiddenFeatures Create(FeatureOptions options, int width, ulong seed, IInputRows rows)
    {
        (Architecture net, WeightPrior prior) = DefaultNetwork.For(options, rows, outputs: false);
        return new(net.HiddenPart(), options.Networks, options.AllLayers, width, prior, DefaultNetwork.InputScale(options, rows, seed), seed);
    }

    internal static HiddenFeatures FromJson(JsonObject json, ulong seed) => new(
        json.Parsed("net", Architecture.Parse),
        json.Count("networks"),
        json.Flag("allLayers"),
        json.Count("width"),
        json.Parsed("prior", WeightPrior.Parse),
        json.Positive("inputScale"),
        seed);

    internal override JsonObject ToJson(IDictionary<string, StoredArray> arrays) => new()
    {
        ["kind"] = Word,
        ["net"] = Net.ToString(),
        ["networks"] = nets.Length,
        ["allLayers"] = allLayers,
        ["width"] = FeatureCount,
        ["prior"] = Prior.ToString(),
        ["inputScale"] = InputScale,
    };

    internal override void Map(Team team, Strided<float> inputs, Strided<float> features)
    {
        DenseNetwork[] all = networks.Value;
        int column = 0;
        for (int i = 0; i < all.Length; i++)
        {
            int share = Share(FeatureCount, all.Length, i);
            Strided<float> own = features.Block(0, column, features.Rows, share);
            if (allLayers)
            {
                all[i].ForwardAll(team, inputs, own);
            }
            else
            {
                all[i].Forward(team, inputs, own);
            }

            column += share;
        }
    }

    /// <summary>Features of part i when <paramref name="width"/> is shared by <paramref name="parts"/>: evenly, the first part taking what is left over.</summary>
    internal static int Share(int width, int parts, int i) => width / parts + (i == 0 ? width % parts : 0);

    private static Architecture WithShare(Architecture net, int share, bool allLayers)
    {
        int before = allLayers ? StagePlan.Of(net).SkipLast(1).Sum(stage => stage.Outputs) : 0;
        return share > before
            ? net.WithLastWidth(share - before)
            : throw new ArgumentException($"{share} features do not hold the {before} units of the earlier layers of {net} and one of the last. "
                + "Ask for more features, or for the last layer alone.");
    }
}
