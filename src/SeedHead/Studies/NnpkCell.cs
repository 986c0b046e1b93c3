using System.Text.Json.Nodes;

namespace SeedHead.Studies;

/// <summary>One piece of work of the study.</summary>
/// <param name="Key">All that decides its numbers, in words; unlike that of any other cell.</param>
/// <param name="Work">Does it: named rows of numbers.</param>
internal sealed record NnpkCell(string Key, Func<NnpkContext, NnpkNumbers> Work);

/// <summary>Named rows of numbers that a cell found.</summary>
internal sealed class NnpkNumbers : Dictionary<string, double[]>
{
    public NnpkNumbers()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>Adds one number.</summary>
    public void Add(string name, double value) => Add(name, [value]);
}

/// <summary>A finished cell as it is kept.</summary>
/// <param name="Key">The cell's key.</param>
/// <param name="Numbers">What was found.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
internal sealed record NnpkOutcome(string Key, NnpkNumbers Numbers, double Seconds)
{
    /// <summary>As one JSON object.</summary>
    public JsonObject ToJson()
    {
        var numbers = new JsonObject();
        foreach (var (name, values) in Numbers)
        {
            numbers[name] = new JsonArray([.. values.Select(value => (JsonNode?)(double.IsFinite(value) ? JsonValue.Create(value) : null))]);
        }

        return new() { ["key"] = Key, ["numbers"] = numbers, ["seconds"] = Math.Round(Seconds, 3) };
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static NnpkOutcome FromJson(JsonObject json)
    {
        var numbers = new NnpkNumbers();
        foreach (var (name, values) in json["numbers"]!.AsObject())
        {
            numbers[name] = [.. values!.AsArray().Select(value => (double?)value ?? double.NaN)];
        }

        return new((string)json["key"]!, numbers, (double)json["seconds"]!);
    }
}

/// <summary>One study of the grid.</summary>
/// <param name="Id">Its name, A1 to A12.</param>
/// <param name="Title">What it asks.</param>
/// <param name="Cells">What has to be run.</param>
/// <param name="Checks">Its findings from finished cells.</param>
/// <param name="Show">Its tables and figures from finished cells.</param>
internal sealed record NnpkPart(
    string Id, string Title, IReadOnlyList<NnpkCell> Cells, Func<NnpkResults, IEnumerable<Check>> Checks, Func<NnpkResults, StudyResult> Show);

/// <summary>Finished cells of the study.</summary>
internal sealed class NnpkResults(IReadOnlyDictionary<string, NnpkOutcome> outcomes)
{
    /// <summary>What a cell found under a name; null when it was not run or has no such name.</summary>
    public double[]? Row(string key, string name) => outcomes.TryGetValue(key, out NnpkOutcome? outcome) ? outcome.Numbers.GetValueOrDefault(name) : null;

    /// <summary>One number of a cell.</summary>
    public double? Value(string key, string name) => Row(key, name) is [double value, ..] && double.IsFinite(value) ? value : null;

    /// <summary>A number over cells that differ in their seeds; those that are finished.</summary>
    public double[] Values(IEnumerable<string> keys, string name) => [.. keys.Select(key => Value(key, name)).OfType<double>()];
}
