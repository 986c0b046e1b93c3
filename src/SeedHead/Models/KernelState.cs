using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Kernels;

namespace SeedHead.Models;

/// <summary>The sums of a sampled kernel in a file: what it takes to go on, or to join it with the sums of other networks.</summary>
/// <remarks>A zip of kernel.json (network, prior, seed, points' hash, blocks) and the sums as npy arrays in float64. Whole blocks only, so files join to the bits of one run.</remarks>
internal static class KernelState
{
    private const int FormatVersion = 1;
    private const string Json = "kernel.json";

    /// <summary>The most points of a state: an array in a file has at most 2³¹ bytes.</summary>
    public const int MostPoints = 23_000;

    /// <summary>Writes the whole blocks of sums.</summary>
    /// <exception cref="DataException">The destination cannot be written.</exception>
    public static void Write(string path, KernelSums sums)
    {
        KernelSums.Node[] nodes = [.. sums.Nodes.Where(node => node.Count > 0)];
        SampleSource source = sums.Source;
        var json = new JsonObject
        {
            ["format"] = FormatVersion,
            ["stream"] = source.Stream,
            ["net"] = source.Net,
            ["prior"] = source.Prior,
            ["seed"] = source.Seed,
            ["form"] = source.Form,
            ["norms"] = source.Norms,
            ["points"] = source.Points,
            ["pointsHash"] = source.PointsHash,
            ["firstBlock"] = sums.FirstBlock,
            ["blockNetworks"] = SampledKernel.BlockNetworks,
            ["sums"] = new JsonArray([.. nodes.Select(node => new JsonObject { ["first"] = node.First, ["count"] = node.Count, ["arrays"] = node.Sums.Length })]),
        };
        IEnumerable<(string, byte[])> arrays = nodes.SelectMany((node, i) => node.Sums.Select((sum, j) => (Name(i, j), NpyBytes.Of(sum, sum.Length))));
        AtomicFile.Write(path, stream => ModelArchive.Write(
            stream, arrays.Prepend((Json, Encoding.UTF8.GetBytes(json.ToJsonString(ModelJson.Indented)))), CompressionLevel.NoCompression));
    }

    /// <summary>Reads sums.</summary>
    /// <exception cref="DataException">Not a whole state, or of another format version.</exception>
    public static KernelSums Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new DataException($"{path}: there is no such file. Give a state that `seedhead kernel --networks N --state FILE` wrote.");
        }

        using FileStream stream = File.OpenRead(path);
        IReadOnlyDictionary<string, byte[]> entries = ModelArchive.Read(stream, path);
        if (!entries.TryGetValue(Json, out byte[]? text))
        {
            throw new DataException($"{path}: no sums of a sampled kernel. Give a state that `seedhead kernel --networks N --state FILE` wrote.");
        }

        try
        {
            return Read(JsonNode.Parse(text)!.AsObject(), entries);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or NullReferenceException or DataException)
        {
            throw new DataException($"{path}: the sums cannot be read ({e.Message.TrimEnd('.')}). Sample them again into another --state.", e);
        }
    }

    private static KernelSums Read(JsonObject json, IReadOnlyDictionary<string, byte[]> entries)
    {
        (int format, int networks) = (json.Count("format"), json.Count("blockNetworks"));
        if ((format, networks) != (FormatVersion, SampledKernel.BlockNetworks))
        {
            throw new FormatException($"format {format} with blocks of {networks} networks, known is {FormatVersion} with {SampledKernel.BlockNetworks}");
        }

        var source = new SampleSource(
            json.Text("net"), json.Text("prior"), json["seed"]!.GetValue<ulong>(), json.Count("stream"), json.Text("form"), json.Text("norms"), json.Count("points"), json.Text("pointsHash"));
        var sums = new KernelSums(source, json["firstBlock"]!.GetValue<int>());
        JsonArray nodes = json.Array("sums");
        for (int i = 0; i < nodes.Count; i++)
        {
            JsonObject node = nodes.Object(i);
            int first = node["first"]!.GetValue<int>();
            double[][] arrays = [.. Enumerable.Range(0, node.Count("arrays")).Select(j => Array(entries, Name(i, j), source.Points))];
            if (first != sums.FirstBlock + sums.Blocks || arrays.Length is not (2 or 3))
            {
                throw new FormatException($"sum {i} begins at block {first} with {arrays.Length} arrays, block {sums.FirstBlock + sums.Blocks} with 2 or 3 was to come");
            }

            sums.Add(new KernelSums.Node(first, node.Count("count"), arrays));
        }

        return sums;
    }

    private static double[] Array(IReadOnlyDictionary<string, byte[]> entries, string name, int points)
    {
        double[] values = Npy.Read(new MemoryStream(entries[name]), name).Doubles();
        return values.Length == (long)points * (points + 1) / 2 ? values : throw new FormatException($"{name} has {values.Length} numbers, not those of {points} points");
    }

    private static string Name(int node, int sum) => $"sums/{node}.{sum}.npy";
}
