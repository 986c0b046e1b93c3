using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SeedHead.Features;

/// <summary>Reads members of the features' part of a model file, each with an error that names the member.</summary>
internal static class JsonRead
{
    public static int Count(this JsonObject json, string name)
    {
        double value = json.Number(name);
        return value is >= 1 and <= int.MaxValue && value == Math.Floor(value) ? (int)value : throw Wrong(name, "a whole number above 0");
    }

    public static double Positive(this JsonObject json, string name)
    {
        double value = json.Number(name);
        return value > 0 && double.IsFinite(value) ? value : throw Wrong(name, "a positive number");
    }

    public static string Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : throw Wrong(name, "a text");

    public static bool Flag(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw Wrong(name, "true or false");

    public static JsonArray Array(this JsonObject json, string name) => json[name] as JsonArray ?? throw Wrong(name, "a list");

    public static JsonObject Object(this JsonArray array, int index) =>
        array[index] as JsonObject ?? throw Wrong(index.ToString(CultureInfo.InvariantCulture), "an object");

    /// <summary>The value that <paramref name="parse"/> reads from a text member.</summary>
    public static T Parsed<T>(this JsonObject json, string name, Func<string, T> parse)
    {
        try
        {
            return parse(json.Text(name));
        }
        catch (FormatException e)
        {
            throw new DataException($"The features of the model file cannot be read: \"{name}\": {e.Message}", e);
        }
    }

    private static double Number(this JsonObject json, string name)
    {
        if (json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number)
        {
            return value.TryGetValue(out double number) ? number : value.GetValue<int>();
        }

        throw Wrong(name, "a number");
    }

    private static DataException Wrong(string name, string expected) =>
        new($"The features of the model file cannot be read: \"{name}\" must be {expected}. Fit the model again, or read it with the version that wrote it.");
}
