using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Random;
using SeedHead.Training;

namespace SeedHead.Models;

/// <summary>Training as it stood between two steps: going on from it gives the same bits as never having stopped.</summary>
/// <remarks>A zip like a model: checkpoint.json (what is trained and how far it has come), learned numbers, running statistics, the optimiser's memory. Written whole or not at all.</remarks>
internal static class Checkpoint
{
    private const int FormatVersion = 1;
    private const string Json = "checkpoint.json";
    private const string Learned = "learned/";
    private const string Best = "best/";
    private const string Memory = "optimiser/";

    /// <summary>Writes one.</summary>
    /// <param name="path">The file; an older one there is replaced.</param>
    /// <param name="question">All that training is a function of, name by name.</param>
    /// <param name="progress">What else to keep: the epochs so far.</param>
    /// <param name="trainer">The training.</param>
    /// <param name="network">What it trains.</param>
    /// <param name="best">The numbers of the best epoch so far, or null.</param>
    /// <exception cref="DataException">The destination cannot be written.</exception>
    public static void Save(
        string path, JsonObject question, JsonNode progress, Trainer trainer, TrainedNetwork network, IReadOnlyDictionary<string, StoredArray>? best)
    {
        TrainingPosition at = trainer.Position;
        var json = new JsonObject
        {
            ["format"] = FormatVersion,
            ["stream"] = RandomStream.Version,
            ["question"] = question.DeepClone(),
            ["position"] = new JsonObject { ["epoch"] = at.Epoch, ["step"] = at.Step, ["loss"] = at.Loss, ["right"] = at.Right, ["steps"] = trainer.Optimiser.Steps },
            ["progress"] = progress.DeepClone(),
        };
        var arrays = new SortedDictionary<string, StoredArray>(StringComparer.Ordinal);
        network.Store(arrays);
        var entries = new List<(string, byte[])> { (Json, Encoding.UTF8.GetBytes(json.ToJsonString(ModelJson.Indented))) };
        entries.AddRange(arrays.Select(pair => (Learned + pair.Key + ".npy", NpyBytes.Of(pair.Value.Values, pair.Value.Values.Length))));
        entries.AddRange((best ?? new Dictionary<string, StoredArray>()).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (Best + pair.Key + ".npy", NpyBytes.Of(pair.Value.Values, pair.Value.Values.Length))));
        entries.AddRange(trainer.Optimiser.State.Select(pair => (Memory + pair.Name + ".npy", NpyBytes.Of(pair.Values.Span(0, checked((int)pair.Values.Length)), pair.Values.Length))));
        AtomicFile.Write(path, stream => ModelArchive.Write(stream, entries, CompressionLevel.NoCompression));
    }

    /// <summary>Sets a training to where a checkpoint left it.</summary>
    /// <returns>What else was kept, and the numbers of the best epoch, or null.</returns>
    /// <exception cref="DataException">Not a whole checkpoint, of another version, or of another question: names what differs.</exception>
    public static (JsonNode Progress, IReadOnlyDictionary<string, StoredArray>? Best) Restore(string path, JsonObject question, Trainer trainer, TrainedNetwork network)
    {
        using FileStream stream = File.OpenRead(path);
        IReadOnlyDictionary<string, byte[]> entries = ModelArchive.Read(stream, path);
        if (!entries.TryGetValue(Json, out byte[]? text))
        {
            throw new DataException($"{path}: is no checkpoint of training. Give another --checkpoint.");
        }

        try
        {
            JsonObject json = JsonNode.Parse(text)!.AsObject();
            RequireSame(path, json, question);
            network.Restore(Arrays(entries, Learned, path));
            Dictionary<string, StoredArray> memory = Arrays(entries, Memory, path), best = Arrays(entries, Best, path);
            foreach ((string name, var values) in trainer.Optimiser.State)
            {
                float[] stored = memory[name].Values;
                stored.CopyTo(stored.Length == values.Length ? values.Span(0, stored.Length) : throw new FormatException($"{name} has {stored.Length} numbers instead of {values.Length}"));
            }

            JsonObject at = json["position"]!.AsObject();
            trainer.Optimiser.Steps = at["steps"]!.GetValue<long>();
            trainer.Position = new(at["epoch"]!.GetValue<int>(), at["step"]!.GetValue<int>(), at["loss"]!.GetValue<double>(), at["right"]!.GetValue<double>());
            return (json["progress"]!, best.Count > 0 ? best : null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or NullReferenceException)
        {
            throw new DataException($"{path}: the checkpoint cannot be read ({e.Message.TrimEnd('.')}). Delete it, or give another --checkpoint, and train anew.", e);
        }
    }

    private static Dictionary<string, StoredArray> Arrays(IReadOnlyDictionary<string, byte[]> entries, string folder, string path) => entries
        .Where(entry => entry.Key.StartsWith(folder, StringComparison.Ordinal))
        .ToDictionary(
            entry => entry.Key[folder.Length..^".npy".Length],
            entry => Npy.Read(new MemoryStream(entry.Value), $"{path}: {entry.Key}") is var array ? new StoredArray(array.Singles(), [.. array.Shape.Select(length => (int)length)]) : null!,
            StringComparer.Ordinal);

    private static void RequireSame(string path, JsonObject json, JsonObject question)
    {
        var versions = new JsonObject { ["format"] = FormatVersion, ["stream"] = RandomStream.Version };
        foreach ((JsonObject wanted, JsonObject found) in new[] { (versions, json), (question, json["question"]!.AsObject()) })
        {
            foreach ((string name, JsonNode? value) in wanted)
            {
                string ours = value?.ToJsonString() ?? "null", theirs = found[name]?.ToJsonString() ?? "null";
                if (ours != theirs)
                {
                    throw new DataException($"{path}: this checkpoint has {name} {theirs}, asked for is {ours}. Give the options it was begun with, or another --checkpoint to train anew.");
                }
            }
        }
    }
}
