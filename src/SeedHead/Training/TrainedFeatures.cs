using System.Text.Json.Nodes;
using SeedHead.Compute;
using SeedHead.Features;
using SeedHead.Networks;

namespace SeedHead.Training;

/// <summary>φ(x) = what the output layer of a network reads, part of whose numbers were learned by training and are stored; the others come from the seed.</summary>
/// <remarks>The model's head is the output layer. Maps of one object take turns: the network keeps what passes between its layers.</remarks>
internal sealed class TrainedFeatures : FeatureMap, IDisposable
{
    internal const string Word = "trained";
    private const int RowsAtOnce = 32; // any value gives the same numbers

    private readonly Backbone backbone;
    private readonly IReadOnlyDictionary<string, StoredArray>? arrays;

    /// <summary>Takes over a network that has its numbers.</summary>
    /// <exception cref="ArgumentException">Its last layer is not dense.</exception>
    public TrainedFeatures(TrainedNetwork network)
        : this(new Backbone(network), null)
    {
        Require(network.Net);
        backbone.Be(this, null);
    }

    private TrainedFeatures(Backbone backbone, IReadOnlyDictionary<string, StoredArray>? arrays) => (this.backbone, this.arrays) = (backbone, arrays);

    /// <summary>The Network.</summary>
    public TrainedNetwork Network => backbone.Network;

    public override int InputColumns => Network.Net.InputCount;

    public override int FeatureCount => Network.Modules.Width(Network.Modules.Count - 1);

    public override double OperationsPerRow => 2 * Network.Modules.ProductsPerInput;

    public override string Description => $"trained {Network.Net}, {Network.Prior}, learned {Network.LearnedPart}: {Network.Learned} of {Network.Total} parameters";

    public override long WorkingBytes(int rows, int threads) => sizeof(float) * (Network.Total + (RowsAtOnce * Network.Modules.NumbersPerInput));

    /// <summary>Checks that a network can become a model.</summary>
    /// <exception cref="ArgumentException">Its last layer is not dense.</exception>
    public static void Require(Architecture net)
    {
        if (net.ReadingNumbers("training knows").Layers.Count == 0 || net.Layers[^1] is not DenseLayer)
        {
            throw new ArgumentException($"{net}: the last layer is not dense. Let it end in one output a class, or in 1 for a number.");
        }
    }

    /// <summary>The output layer: weights [D × K] and biases [K].</summary>
    public (float[] Weights, float[] Intercepts) Head() => Own(() =>
    {
        Parameter[] last = [.. Network.Modules.Parameters.TakeLast(2)];
        return (Enumerable.Range(0, FeatureCount).SelectMany(row => last[0].Values.Row(row).ToArray()).ToArray(), last[1].Values.Row(0).ToArray());
    });

    /// <summary>What <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">Its words.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="arrays">Its arrays.</param>
    /// <param name="backbones">Networks already in memory, by what fixes them; a new one is added. Tasks of one backbone take turns with it.</param>
    internal static TrainedFeatures FromJson(JsonObject json, ulong seed, IReadOnlyDictionary<string, StoredArray> arrays, IDictionary<string, Backbone>? backbones = null)
    {
        string key = BackboneKey(json, seed);
        if (backbones is null || !backbones.TryGetValue(key, out Backbone? backbone))
        {
            var network = new TrainedNetwork(
                json.Parsed("net", Architecture.Parse), json.Parsed("learn", LearnedPart.Parse), json.Parsed("prior", Initialisation.Parse), seed, json.Parsed("fixed", FixedWords.Parse));
            Require(network.Net);
            backbone = new(network);
            backbones?.Add(key, backbone);
        }

        string stored = json.Text("fixedHash"), found = backbone.Network.FixedHash();
        if (found != stored)
        {
            throw new FormatException($"the hash of the fixed numbers that the seed gives is {found[..12]}…, stored is {stored[..Math.Min(12, stored.Length)]}…");
        }

        var features = new TrainedFeatures(backbone, arrays);
        return features.Own(() => features); // numbers that do not fit are told now
    }

    /// <summary>What fixes a network but for its learned numbers: tasks with equal keys share one in memory.</summary>
    internal static string BackboneKey(JsonObject json, ulong seed) => string.Join('\n', seed, json.Text("net"), json.Text("prior"), json.Text("learn"), json.Text("fixed"));

    internal override JsonObject ToJson(IDictionary<string, StoredArray> arrays) => Own(() =>
    {
        Network.Store(arrays, finished: true);
        return new JsonObject
        {
            ["kind"] = Word,
            ["net"] = Network.Net.ToString(),
            ["prior"] = Network.Prior.ToString(),
            ["learn"] = Network.LearnedPart.ToString(),
            ["fixed"] = Network.Fixed.Text(),
            ["fixedHash"] = Network.FixedHash(),
            ["total"] = Network.Total,
            ["learned"] = Network.Learned,
        };
    });

    internal override unsafe void Map(Team team, Strided<float> inputs, Strided<float> features)
    {
        lock (backbone.Turn)
        {
            backbone.Be(this, arrays);
            for (long first = 0; first < inputs.Rows; first += RowsAtOnce)
            {
                team.Cancellation.ThrowIfCancellationRequested();
                int count = (int)Math.Min(RowsAtOnce, inputs.Rows - first);
                MapBlock(team, inputs.Block(first, 0, count, inputs.Columns), features.Block(first, 0, count, features.Columns));
            }
        }
    }

    public void Dispose() => Network.Dispose();

    private T Own<T>(Func<T> read)
    {
        lock (backbone.Turn)
        {
            backbone.Be(this, arrays);
            return read();
        }
    }

    private unsafe void MapBlock(Team team, Strided<float> inputs, Strided<float> features)
    {
        var pass = new Pass(team, (int)inputs.Rows, Training: false);
        int end = Network.Modules.Count - 1;
        if (features.RowStride == features.Columns || features.Rows == 1)
        {
            Network.Modules.Forward(pass, inputs.Pointer, features.Pointer, 0, end);
            return;
        }

        using var together = new NativeBuffer<float>(features.Rows * features.Columns);
        Network.Modules.Forward(pass, inputs.Pointer, together.Pointer, 0, end);
        for (int row = 0; row < features.Rows; row++)
        {
            together.Span((long)row * features.Columns, (int)features.Columns).CopyTo(features.Row(row));
        }
    }
}
