using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Heads;
using SeedHead.Random;
using SeedHead.Training;

namespace SeedHead.Models;

/// <summary>The .seedhead file: a zip with model.json, head.npy, the arrays the seed cannot give back, and the Gram where it was kept.</summary>
/// <remarks>The format, with a short reader in Python, stands in docs/model-file.md.</remarks>
public static class ModelFile
{
    /// <summary>The version of the format. A file of another one is refused.</summary>
    public const int FormatVersion = 1;

    private const string Json = "model.json";
    private const string Head = "head.npy";
    private const string Arrays = "arrays/";

    /// <summary>Writes a model whole or not at all; equal models give equal bytes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">The destination cannot be written.</exception>
    public static void Save(SeedHeadModel model, string path) => AtomicFile.Write(path, stream => Write(model, stream));

    /// <summary>Reads a model and checks every hash in it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">No such file; another format or stream version; cut off or changed.</exception>
    public static SeedHeadModel Load(string path)
    {
        return Parse(Entries(path), path);
    }

    /// <summary>The checked entries of a file.</summary>
    internal static IReadOnlyDictionary<string, byte[]> Entries(string path)
    {
        if (!File.Exists(path))
        {
            string hint = Directory.Exists(path) ? "it is a folder" : "there is no such file";
            throw new DataException($"{path}: {hint}. Give a .seedhead file that `seedhead fit --out` wrote.");
        }

        using FileStream stream = File.OpenRead(path);
        return ModelArchive.Read(stream, path);
    }

    /// <summary>The model of a file's entries.</summary>
    /// <param name="entries">Its entries.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="backbones">Networks that models may share.</param>
    internal static SeedHeadModel Parse(IReadOnlyDictionary<string, byte[]> entries, string path, IDictionary<string, Backbone>? backbones = null)
    {
        try
        {
            return Read(entries, path, backbones);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or NullReferenceException)
        {
            throw new DataException($"{path}: the model cannot be read ({e.Message.TrimEnd('.')}). Fit it again with this version of SeedHead.", e);
        }
    }

    /// <summary>All of model.json except the long numbers, for `inspect --json`.</summary>
    /// <param name="model">The model.</param>
    public static JsonObject Description(SeedHeadModel model) => new()
    {
        ["command"] = "inspect",
        ["format"] = FormatVersion,
        ["outcome"] = ModelJson.Of(model.Outcome),
        ["data"] = ModelJson.Of(model.Data),
        ["model"] = ModelJson.Of(model.Summary),
        ["features"] = model.Features.Description,
        ["keepsGram"] = model.KeepsGram,
        ["featureHash"] = FeatureHash(model),
        ["manifest"] = ModelJson.Of(model.Manifest),
        ["notes"] = ModelJson.Of(model.Notes),
    };

    /// <summary>SHA-256 of the stored form of preprocessing and features: equal hashes give equal features.</summary>
    internal static string FeatureHash(SeedHeadModel model)
    {
        var arrays = new SortedDictionary<string, StoredArray>(StringComparer.Ordinal);
        JsonObject features = model.Features.ToJson(arrays);
        return FeatureHash(model.Manifest.Seed, model.Preprocessing.ToJson(), features, arrays);
    }

    private static string FeatureHash(ulong seed, JsonObject preprocessing, JsonObject features, SortedDictionary<string, StoredArray> arrays)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"stream {RandomStream.Version}\nseed {seed}\n{preprocessing.ToJsonString()}\n{features.ToJsonString()}\n"));
        foreach ((string name, StoredArray array) in arrays)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {string.Join('x', array.Shape)}\n"));
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(array.Values.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Write(SeedHeadModel model, Stream stream)
    {
        var arrays = new SortedDictionary<string, StoredArray>(StringComparer.Ordinal);
        JsonObject features = model.Features.ToJson(arrays);
        JsonObject preprocessing = model.Preprocessing.ToJson();
        var json = new JsonObject
        {
            ["format"] = FormatVersion,
            ["stream"] = model.Manifest.Stream,
            ["seed"] = model.Manifest.Seed,
            ["outcome"] = ModelJson.Of(model.Outcome),
            ["data"] = ModelJson.Of(model.Data),
            ["model"] = ModelJson.Of(model.Summary),
            ["intervals"] = ModelJson.Of(model.Intervals),
            ["featureHash"] = FeatureHash(model.Manifest.Seed, preprocessing, features, arrays),
            ["preprocessing"] = preprocessing,
            ["features"] = features,
            ["manifest"] = ModelJson.Of(model.Manifest),
            ["notes"] = ModelJson.Of(model.Notes),
        };
        if (model.Sums is not null)
        {
            json["gram"] = new JsonObject { ["rows"] = model.Sums.Rows, ["absolutePenalty"] = model.AbsolutePenalty, ["leverageLimit"] = model.LeverageLimit, ["doublePrecision"] = model.Sums.DoublePrecision };
        }

        var entries = new List<(string, byte[])>
        {
            (Json, Encoding.UTF8.GetBytes(json.ToJsonString(ModelJson.Indented))),
        };
        if (model.Features is not TrainedFeatures) // a trained network's output layer is among its arrays, or comes from the seed
        {
            entries.Add((Head, NpyBytes.Of([.. model.Weights, .. model.Intercepts], model.Summary.Width + 1, model.Outcome.Outputs)));
        }

        foreach ((string name, StoredArray array) in arrays)
        {
            entries.Add(($"{Arrays}{name}.npy", NpyBytes.Of(array.Values, [.. array.Shape.Select(length => (long)length)])));
        }

        if (model.Sums is not null)
        {
            entries.AddRange(GramEntries.Of(model.Sums));
        }

        ModelArchive.Write(stream, entries);
    }

    private static SeedHeadModel Read(IReadOnlyDictionary<string, byte[]> entries, string path, IDictionary<string, Backbone>? backbones)
    {
        byte[] Entry(string name) => entries.TryGetValue(name, out byte[]? content)
            ? content
            : throw new DataException($"{path}: {name} is missing. Copy the model again, or fit it again.");

        JsonObject json = JsonNode.Parse(Entry(Json))!.AsObject();
        RequireVersion(path, "format", json["format"]!.GetValue<int>(), FormatVersion);
        RequireVersion(path, "stream", json["stream"]!.GetValue<int>(), RandomStream.Version);
        ulong seed = json["seed"]!.GetValue<ulong>();
        var arrays = new SortedDictionary<string, StoredArray>(StringComparer.Ordinal);
        foreach (string name in entries.Keys.Where(name => name.StartsWith(Arrays, StringComparison.Ordinal)))
        {
            NpyArray array = Npy.Read(new MemoryStream(entries[name]), $"{path}: {name}");
            arrays[name[Arrays.Length..^".npy".Length]] = new StoredArray(array.Singles(), [.. array.Shape.Select(length => (int)length)]);
        }

        JsonObject preprocessing = json["preprocessing"]!.AsObject();
        JsonObject features = json["features"]!.AsObject();
        string hash = FeatureHash(seed, preprocessing, features, arrays);
        string stored = json["featureHash"]!.GetValue<string>();
        if (hash != stored)
        {
            throw new DataException($"{path}: the hash of preprocessing and features is {hash[..12]}…, stored is {stored[..Math.Min(12, stored.Length)]}…. Fit the model again.");
        }

        Outcome outcome = ModelJson.ReadOutcome(json["outcome"]!.AsObject());
        bool isTrained = features.Text("kind") == TrainedFeatures.Word;
        FeatureMap map = isTrained ? TrainedFeatures.FromJson(features, seed, arrays, backbones) : FeatureMaps.FromJson(features, seed, arrays);
        (float[] weights, float[] intercepts) = map is TrainedFeatures trained
            ? trained.Head()
            : Split(Npy.Read(new MemoryStream(Entry(Head)), $"{path}: {Head}").Singles(), map.FeatureCount, outcome.Outputs, path);
        JsonObject? gram = json["gram"]?.AsObject();
        double absolutePenalty = gram?["absolutePenalty"]!.GetValue<double>() ?? 0;
        GramSums? sums = gram is null ? null : GramEntries.Read(
            Entry, path, map.FeatureCount, outcome.Outputs, gram["rows"]!.GetValue<long>(), gram["doublePrecision"]!.GetValue<bool>());
        return new SeedHeadModel
        {
            Preprocessing = Preprocessing.FromJson(preprocessing),
            Features = map,
            Outcome = outcome,
            Summary = ModelJson.ReadSummary(json["model"]!.AsObject()),
            Data = ModelJson.ReadData(json["data"]!.AsObject()),
            Manifest = ModelJson.ReadManifest(json["manifest"]!.AsObject()),
            Notes = ModelJson.ReadTexts(json["notes"]!.AsArray()),
            Weights = weights,
            Intercepts = intercepts,
            Intervals = ModelJson.ReadIntervals(json["intervals"]?.AsObject()),
            Sums = sums,
            AbsolutePenalty = absolutePenalty,
            LeverageLimit = gram?["leverageLimit"]!.GetValue<double>() ?? double.PositiveInfinity,
        };
    }

    private static (float[] Weights, float[] Intercepts) Split(float[] head, int features, int outputs, string path)
    {
        int weights = checked(features * outputs);
        return head.Length == weights + outputs
            ? (head[..weights], head[weights..])
            : throw new DataException($"{path}: {Head} holds {head.Length} numbers, but {features} features and {outputs} outputs need {weights + outputs}. Fit the model again.");
    }

    private static void RequireVersion(string path, string what, int found, int known)
    {
        if (found != known)
        {
            throw new DataException(
                $"{path}: its {what} version is {found}, this SeedHead ({Manifests.Version}) knows {known}. Use the SeedHead that wrote it, or fit the model again.");
        }
    }
}
