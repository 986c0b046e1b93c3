using System.Text.Json;
using System.Text.Json.Nodes;
using SeedHead.Heads;

namespace SeedHead.Models;

/// <summary>The small records of a model as JSON and back.</summary>
internal static class ModelJson
{
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static JsonObject Of(Outcome outcome) => outcome switch
    {
        ClassOutcome classes => new JsonObject { ["kind"] = "classes", ["name"] = classes.Name, ["classes"] = Of(classes.Classes) },
        NumberOutcome number => new JsonObject { ["kind"] = "number", ["name"] = number.Name, ["mean"] = number.Mean, ["scale"] = number.Scale },
        _ => throw new InvalidOperationException(),
    };

    public static Outcome ReadOutcome(JsonObject json) => Text(json, "kind") switch
    {
        "classes" => new ClassOutcome(Text(json, "name"), ReadTexts(json["classes"]!.AsArray())),
        "number" => new NumberOutcome(Text(json, "name"), Number(json, "mean"), Number(json, "scale")),
        string kind => throw new FormatException($"outcome kind '{kind}' is not known"),
    };

    public static JsonObject Of(DataSummary data) => new()
    {
        ["name"] = data.Name,
        ["rows"] = data.Rows,
        ["columns"] = data.Columns,
        ["classes"] = data.Classes is null ? null : Of(data.Classes),
        ["target"] = data.Target,
        ["sha256"] = data.Sha256,
    };

    public static DataSummary ReadData(JsonObject json) => new(
        Text(json, "name"),
        json["rows"]!.GetValue<int>(),
        json["columns"]!.GetValue<int>(),
        json["classes"] is JsonArray classes ? ReadTexts(classes) : null,
        Text(json, "target"),
        0,
        Text(json, "sha256"));

    public static JsonObject Of(ModelSummary model) => new()
    {
        ["features"] = model.Features,
        ["net"] = model.Net,
        ["prior"] = model.Prior,
        ["width"] = model.Width,
        ["inputColumns"] = model.InputColumns,
        ["penalty"] = model.Penalty,
        ["selection"] = model.Selection,
        ["form"] = model.Form,
        ["condition"] = double.IsFinite(model.Condition) ? model.Condition : null,
        ["temperature"] = model.Temperature,
    };

    public static ModelSummary ReadSummary(JsonObject json) => new(
        Text(json, "features"),
        json["net"]?.GetValue<string>(),
        json["prior"]?.GetValue<string>(),
        json["width"]!.GetValue<int>(),
        json["inputColumns"]!.GetValue<int>(),
        Number(json, "penalty"),
        Text(json, "selection"),
        Text(json, "form"),
        json["condition"]?.GetValue<double>() ?? double.PositiveInfinity,
        json["temperature"]?.GetValue<double>());

    public static JsonObject? Of(Intervals? intervals) => intervals is null ? null : new()
    {
        ["level"] = intervals.Level,
        ["halfWidth"] = intervals.HalfWidth,
        ["usesLeverage"] = intervals.UsesLeverage,
    };

    public static Intervals? ReadIntervals(JsonObject? json) =>
        json is null ? null : new(Number(json, "level"), Number(json, "halfWidth"), json["usesLeverage"]!.GetValue<bool>());

    public static JsonObject Of(Manifest manifest) => new()
    {
        ["seed"] = manifest.Seed,
        ["stream"] = manifest.Stream,
        ["version"] = manifest.Version,
        ["cpu"] = manifest.Cpu,
        ["options"] = manifest.Options,
    };

    public static Manifest ReadManifest(JsonObject json) =>
        new(json["seed"]!.GetValue<ulong>(), json["stream"]!.GetValue<int>(), Text(json, "version"), Text(json, "cpu"), Text(json, "options"));

    public static JsonArray Of(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    public static IReadOnlyList<string> ReadTexts(JsonArray json) => [.. json.Select(node => node!.GetValue<string>())];

    private static string Text(JsonObject json, string name) => json[name]!.GetValue<string>();

    private static double Number(JsonObject json, string name) => json[name]!.GetValue<double>();
}
