using System.Text.Json.Nodes;
using SeedHead.Models;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>One piece of work of the redshift paper: all that decides its numbers, and how they are found.</summary>
internal abstract record RedshiftCell
{
    // Counts up when what a cell finds changes, so that kept cells of before are not taken for new ones.
    private const int Revision = 1;

    /// <summary>All that decides the numbers, in words.</summary>
    protected abstract string Text { get; }

    /// <summary>The cell in one line; equal for equal numbers.</summary>
    public string Key => $"{Text} | revision {Revision}, stream {RandomStream.Version}, version {Manifests.Version}";

    /// <summary>Finds the numbers, on one thread or several: they are the same.</summary>
    public abstract IEnumerable<(string Name, double Value)> Run(Execution run);
}

/// <summary>What one cell found.</summary>
/// <param name="Key">The cell's key.</param>
/// <param name="Numbers">Named numbers; NaN where there is none.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
internal sealed record RedshiftOutcome(string Key, IReadOnlyDictionary<string, double> Numbers, double Seconds)
{
    /// <summary>As one JSON object.</summary>
    public JsonObject ToJson() => new()
    {
        ["key"] = Key,
        ["numbers"] = new JsonObject(Numbers.Select(number => KeyValuePair.Create(number.Key, double.IsFinite(number.Value) ? (JsonNode?)JsonValue.Create(number.Value) : null))),
        ["seconds"] = Math.Round(Seconds, 3),
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static RedshiftOutcome FromJson(JsonObject json) => new(
        (string)json["key"]!,
        json["numbers"]!.AsObject().ToDictionary(number => number.Key, number => number.Value is { } value ? (double)value : double.NaN, StringComparer.Ordinal),
        (double)json["seconds"]!);
}
