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
    private const int RowsAtOnce = 64; // any value gives the same numbers

    private readonly TrainedNetwork network;
    private readonly Lock turn = new();

    /// <summary>Takes over a network.</summary>
    /// <exception cref="ArgumentException">Its last layer is not dense.</exception>
    public TrainedFeatures(TrainedNetwork network)
    {
        Require(network.Net);
        this.network = network;
    }

    /// <summary>The network.</summary>
    public TrainedNetwork Network => network;

    public override int InputColumns => network.Net.InputCount;

    public override int FeatureCount => network.Modules.Width(network.Modules.Count - 1);

    public override double OperationsPerRow => 2 * network.Modules.ProductsPerInput;

    public override string Description => $"trained {network.Net}, {network.Prior}, learned {network.LearnedPart}: {network.Learned} of {network.Total} parameters";

    public override long WorkingBytes(int rows, int threads) => sizeof(float) * (network.Total + (RowsAtOnce * network.Modules.NumbersPerInput));

    /// <summary>Checks that a network can become a model.</summary>
    /// <exception cref="ArgumentException">Its last layer is not dense.</exception>
    public static void Require(Architecture net)
    {
        if (net.Layers.Count == 0 || net.Layers[^1] is not DenseLayer)
        {
            throw new ArgumentException($"{net}: the last layer is not dense. Let it end in one output a class, or in 1 for a number.");
        }
    }

    /// <summary>The output layer: weights [D × K] and biases [K].</summary>
    public (float[] Weights, float[] Intercepts) Head()
    {
        Parameter[] last = [.. network.Modules.Parameters.TakeLast(2)];
        return (Enumerable.Range(0, FeatureCount).SelectMany(row => last[0].Values.Row(row).ToArray()).ToArray(), last[1].Values.Row(0).ToArray());
    }

    internal static TrainedFeatures FromJson(JsonObject json, ulong seed, IReadOnlyDictionary<string, StoredArray> arrays)
    {
        var network = new TrainedNetwork(
            json.Parsed("net", Architecture.Parse), json.Parsed("learn", LearnedPart.Parse), json.Parsed("prior", Initialisation.Parse), seed,
            json.Parsed("fixed", FixedWords.Parse));
        network.Restore(arrays, finished: true);
        string stored = json.Text("fixedHash"), found = network.FixedHash();
        return found == stored
            ? new(network)
            : throw new FormatException($"the hash of the fixed numbers that the seed gives is {found[..12]}…, stored is {stored[..Math.Min(12, stored.Length)]}…");
    }

    internal override JsonObject ToJson(IDictionary<string, StoredArray> arrays)
    {
        network.Store(arrays, finished: true);
        return new()
        {
            ["kind"] = Word,
            ["net"] = network.Net.ToString(),
            ["prior"] = network.Prior.ToString(),
            ["learn"] = network.LearnedPart.ToString(),
            ["fixed"] = network.Fixed.Text(),
            ["fixedHash"] = network.FixedHash(),
            ["total"] = network.Total,
            ["learned"] = network.Learned,
        };
    }

    internal override unsafe void Map(Team team, Strided<float> inputs, Strided<float> features)
    {
        lock (turn)
        {
            for (long first = 0; first < inputs.Rows; first += RowsAtOnce)
            {
                team.Cancellation.ThrowIfCancellationRequested();
                int count = (int)Math.Min(RowsAtOnce, inputs.Rows - first);
                MapBlock(team, inputs.Block(first, 0, count, inputs.Columns), features.Block(first, 0, count, features.Columns));
            }
        }
    }

    public void Dispose() => network.Dispose();

    private unsafe void MapBlock(Team team, Strided<float> inputs, Strided<float> features)
    {
        var pass = new Pass(team, (int)inputs.Rows, Training: false);
        int end = network.Modules.Count - 1;
        if (features.RowStride == features.Columns || features.Rows == 1)
        {
            network.Modules.Forward(pass, inputs.Pointer, features.Pointer, 0, end);
            return;
        }

        using var together = new NativeBuffer<float>(features.Rows * features.Columns);
        network.Modules.Forward(pass, inputs.Pointer, together.Pointer, 0, end);
        for (int row = 0; row < features.Rows; row++)
        {
            together.Span((long)row * features.Columns, (int)features.Columns).CopyTo(features.Row(row));
        }
    }
}
