using System.Text;
using System.Text.Json.Nodes;
using SeedHead.Training;

namespace SeedHead.Models;

/// <summary>A file of several trained models on one random backbone: of every task what was learned, of the backbone its seed.</summary>
/// <remarks>A zip like a model: pack.json with the names, and the entries of every model under tasks/NAME/. In memory tasks of equal networks share one, fixed part and all.</remarks>
internal static class TaskPack
{
    private const int FormatVersion = 1;
    private const string Json = "pack.json";
    private const string Folder = "tasks/";
    private const string ModelJsonName = "model.json";
    private const char Separator = '#';
    private const string All = "all";

    /// <summary>Joins model files into a pack; a task has the name of its file.</summary>
    /// <param name="paths">Two or more files of trained models.</param>
    /// <param name="destination">The pack.</param>
    /// <exception cref="DataException">One file, equal names, a model that was not trained, or one of another backbone: names what differs.</exception>
    public static void Merge(IReadOnlyList<string> paths, string destination)
    {
        if (paths.Count < 2)
        {
            throw new DataException("A pack needs at least two models.");
        }

        string[] names = [.. paths.Select(path => Path.GetFileNameWithoutExtension(path))];
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new DataException($"Two models have the name {twice.Key}, which is to name their task. Rename one of the files.");
        }

        if (names.FirstOrDefault(name => name == All || name.Contains(Separator)) is { } reserved)
        {
            throw new DataException($"A task cannot be called {reserved}: {Separator}{All} means the mean of all tasks. Rename the file.");
        }

        IReadOnlyDictionary<string, byte[]>[] models = [.. paths.Select(ModelFile.Entries)];
        JsonObject first = Features(models[0], paths[0]);
        for (int i = 1; i < models.Length; i++)
        {
            RequireSameBackbone(paths[0], first, paths[i], Features(models[i], paths[i]));
        }

        var json = new JsonObject { ["format"] = FormatVersion, ["tasks"] = ModelJson.Of(names) };
        var entries = new List<(string, byte[])> { (Json, Encoding.UTF8.GetBytes(json.ToJsonString(ModelJson.Indented))) };
        for (int i = 0; i < models.Length; i++)
        {
            entries.AddRange(models[i].Select(entry => ($"{Folder}{names[i]}/{entry.Key}", entry.Value)));
        }

        AtomicFile.Write(destination, stream => ModelArchive.Write(stream, entries));
    }

    /// <summary>Whether a file holds a model that was trained by steps.</summary>
    public static bool IsTrained(string path) =>
        ModelFile.Entries(path).TryGetValue(ModelJsonName, out byte[]? text) && JsonNode.Parse(text)?["features"]?["kind"]?.GetValue<string>() == TrainedFeatures.Word;

    /// <summary>The file in a name that may name a task too.</summary>
    public static string PathOf(string name) => File.Exists(name) || name.LastIndexOf(Separator) is var cut && cut < 0 ? name : name[..name.LastIndexOf(Separator)];

    /// <summary>The models that a name stands for: MODEL, PACK#TASK, or PACK#all for all of them together.</summary>
    /// <exception cref="DataException">No such file or task: lists the tasks.</exception>
    public static IReadOnlyList<SeedHeadModel> Load(string name)
    {
        int cut = File.Exists(name) ? -1 : name.LastIndexOf(Separator);
        string path = cut < 0 ? name : name[..cut];
        IReadOnlyDictionary<string, byte[]> entries = ModelFile.Entries(path);
        if (!entries.TryGetValue(Json, out byte[]? json))
        {
            return cut < 0 ? [ModelFile.Parse(entries, path)] : throw new DataException($"{path}: holds one model and no tasks. Give it without {Separator}{name[(cut + 1)..]}.");
        }

        IReadOnlyList<string> tasks = ModelJson.ReadTexts(JsonNode.Parse(json)!["tasks"]!.AsArray());
        string task = cut < 0 ? "" : name[(cut + 1)..];
        if (task != All && !tasks.Contains(task))
        {
            throw new DataException($"{path}: a pack of the tasks {string.Join(", ", tasks)}. Give one of them, such as {path}{Separator}{tasks[0]}, or {path}{Separator}{All} for the mean of all.");
        }

        var backbones = new Dictionary<string, Backbone>(StringComparer.Ordinal);
        return [.. tasks.Where(known => task == All || known == task).Select(known =>
        {
            string folder = $"{Folder}{known}/";
            var own = entries.Where(entry => entry.Key.StartsWith(folder, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[folder.Length..], entry => entry.Value, StringComparer.Ordinal);
            return ModelFile.Parse(own, $"{path}{Separator}{known}", backbones);
        })];
    }

    private static JsonObject Features(IReadOnlyDictionary<string, byte[]> entries, string path)
    {
        if (entries.TryGetValue(ModelJsonName, out byte[]? text) && JsonNode.Parse(text) is JsonObject json && json["features"] is JsonObject features
            && features["kind"]?.GetValue<string>() == TrainedFeatures.Word)
        {
            features["seed"] = json["seed"]!.DeepClone();
            return features;
        }

        throw new DataException($"{path}: is no model that seedhead train wrote, so it cannot share a backbone with others.");
    }

    // The output layers may differ: tasks have classes of their own.
    private static void RequireSameBackbone(string firstPath, JsonObject first, string path, JsonObject features)
    {
        foreach (string field in (string[])["seed", "prior", "fixed", "learn", "net"])
        {
            string a = Body(first, field), b = Body(features, field);
            if (a != b)
            {
                throw new DataException($"{path}: its {field} is {b}, that of {firstPath} is {a}. Tasks of a pack have one random backbone: train them with the same --seed, --net, --prior, --fixed and --learn.");
            }
        }
    }

    private static string Body(JsonObject features, string field)
    {
        string text = features[field]!.ToString();
        return field == "net" ? text[..text.LastIndexOf('-')] : text;
    }
}
