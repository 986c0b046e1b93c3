using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SeedHead.Studies;

/// <summary>The answer of a repeated paper as one JSON object.</summary>
internal static class ReproduceJson
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"command","paper","source","checks","studies","cells","protocol","notes","seconds","manifest"}</c> in one line.</summary>
    public static string Write(ReproduceAnswer answer) => new JsonObject
    {
        ["command"] = "reproduce",
        ["paper"] = answer.Paper,
        ["source"] = answer.Source,
        ["checks"] = Array(answer.Checks, Check),
        ["studies"] = Array(answer.Studies, Study),
        ["cells"] = Array(answer.Cells, cell => cell.DeepClone()),
        ["protocol"] = Array(answer.Protocol, line => new JsonObject { ["name"] = line.Name, ["value"] = line.Value }),
        ["notes"] = Texts(answer.Notes),
        ["seconds"] = Math.Round(answer.Seconds, 2),
        ["manifest"] = new JsonObject
        {
            ["seed"] = answer.Manifest.Seed, ["stream"] = answer.Manifest.Stream, ["version"] = answer.Manifest.Version, ["cpu"] = answer.Manifest.Cpu,
            ["options"] = answer.Manifest.Options,
        },
    }.ToJsonString(Readable);

    private static JsonObject Check(Check check) => new()
    {
        ["id"] = check.Id, ["finding"] = check.Finding, ["statistic"] = check.Statistic, ["threshold"] = check.Threshold, ["holds"] = check.Holds,
        ["published"] = check.Published, ["ours"] = check.Ours is { } ours && double.IsFinite(ours) ? ours : null, ["evidence"] = check.Evidence,
    };

    private static JsonObject Study(StudyResult study) => new()
    {
        ["id"] = study.Id, ["title"] = study.Title, ["text"] = study.Text, ["tables"] = Array(study.Tables, table => new JsonObject
        {
            ["name"] = table.Name, ["caption"] = table.Caption, ["heads"] = Texts(table.Heads), ["rows"] = Array(table.Rows, Texts),
        }),
    };

    private static JsonArray Texts(IReadOnlyList<string> texts) => Array(texts, text => JsonValue.Create(text));

    private static JsonArray Array<T>(IReadOnlyList<T> items, Func<T, JsonNode> of) => new([.. items.Select(of)]);
}
