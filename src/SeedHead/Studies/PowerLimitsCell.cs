using System.Text.Json.Nodes;
using SeedHead.Models;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>One piece of work: a study of limits with all its lists.</summary>
internal static class PowerLimitsCell
{
    // Counts up when what a cell finds changes, so that kept cells of before are not taken for new ones.
    private const int Revision = 2;

    /// <summary>All that decides the numbers, in one line.</summary>
    public static string Key(LimitsQuestion question)
    {
        static string Join<T>(IEnumerable<T> values) => string.Join(',', values);
        string biases = question.Biases.Count == 0 ? "" : FormattableString.Invariant($" | biases {Join(question.Biases)}");
        return $"{question.Study} | d {Join(question.Dimensions)} | widths {Join(question.Widths)}{biases} | {question.Targets} targets, {question.Draws} draws | seed {question.Seed}"
            + $" | revision {Revision}, stream {RandomStream.Version}, version {Manifests.Version}";
    }
}

/// <summary>What one cell found.</summary>
/// <param name="Key">The cell's key.</param>
/// <param name="Curves">Its curves.</param>
/// <param name="Notes">Its remarks.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
internal sealed record PowerLimitsOutcome(string Key, IReadOnlyList<LimitsCurve> Curves, IReadOnlyList<string> Notes, double Seconds)
{
    /// <summary>As one JSON object.</summary>
    public JsonObject ToJson() => new()
    {
        ["key"] = Key,
        ["curves"] = new JsonArray([.. Curves.Select(Write)]),
        ["notes"] = new JsonArray([.. Notes.Select(note => (JsonNode)JsonValue.Create(note))]),
        ["seconds"] = Math.Round(Seconds, 3),
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static PowerLimitsOutcome FromJson(JsonObject json) => new(
        (string)json["key"]!, [.. json["curves"]!.AsArray().Select(curve => Read(curve!))], [.. json["notes"]!.AsArray().Select(note => (string)note!)], (double)json["seconds"]!);

    private static JsonNode Write(LimitsCurve curve) => new JsonObject
    {
        ["label"] = curve.Label,
        ["dimension"] = curve.Dimension,
        ["slope"] = curve.Slope,
        ["expectedSlope"] = curve.ExpectedSlope,
        ["points"] = new JsonArray([.. curve.Points.Select(point => (JsonNode)new JsonArray(
            [point.At, Number(point.Mean), Number(point.Min), Number(point.Max), Number(point.StandardError), Number(point.Spread), Number(point.Bound)]))]),
    };

    private static LimitsCurve Read(JsonNode curve) => new(
        (string)curve["label"]!, (int)curve["dimension"]!, [.. curve["points"]!.AsArray().Select(point => Point(point!.AsArray()))])
    {
        Slope = (double?)curve["slope"],
        ExpectedSlope = (double?)curve["expectedSlope"],
    };

    private static LimitsPoint Point(JsonArray point) => new((double)point[0]!, At(point, 1), At(point, 2), At(point, 3))
    {
        StandardError = (double?)point[4],
        Spread = (double?)point[5],
        Bound = (double?)point[6],
    };

    private static double At(JsonArray point, int place) => (double?)point[place] ?? double.NaN;

    private static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;
}
