using System.Globalization;
using System.Text.Json.Nodes;
using SeedHead.Data;

namespace SeedHead.Features;

/// <summary>The form of <see cref="ImageFeatures"/> in a model file: the recipe and the sources as JSON, filters and offsets as arrays.</summary>
internal static class ImageFeaturesForm
{
    private const string Filters = "images.filters";
    private const string Offsets = "images.offsets";

    public static JsonObject Write(ImageRecipe recipe, PatchFilters filters, IDictionary<string, StoredArray> arrays)
    {
        arrays[Filters] = new(filters.Weights, [filters.Count, recipe.PatchLength]);
        arrays[Offsets] = new(filters.Offsets, [filters.Count]);
        return new()
        {
            ["kind"] = ImageFeatures.Word,
            ["height"] = recipe.Shape.Height,
            ["width"] = recipe.Shape.Width,
            ["channels"] = recipe.Shape.Channels,
            ["patchRows"] = recipe.PatchRows,
            ["patchColumns"] = recipe.PatchColumns,
            ["gridRows"] = recipe.GridRows,
            ["gridColumns"] = recipe.GridColumns,
            ["patchVariance"] = (double)recipe.PatchVariance,
            ["whiteningShare"] = recipe.WhiteningShare,
            ["threshold"] = (double)recipe.Threshold,
            ["shift"] = (double)recipe.Shift,
            ["leastVariance"] = (double)recipe.LeastVariance,
            ["filters"] = filters.Count,
            ["sourceRows"] = new JsonArray([.. filters.SourceRows.Select(row => JsonValue.Create(row))]),
            ["sourceHashes"] = new JsonArray([.. filters.SourceHashes.Select(hash => JsonValue.Create(hash.ToString("x16", CultureInfo.InvariantCulture)))]),
        };
    }

    /// <exception cref="DataException">A member or an array is missing, or does not fit the others.</exception>
    public static (ImageRecipe Recipe, PatchFilters Filters) Read(JsonObject json, IReadOnlyDictionary<string, StoredArray> arrays)
    {
        var recipe = new ImageRecipe(
            new(json.Count("height"), json.Count("width"), json.Count("channels")),
            json.Count("patchRows"),
            json.Count("patchColumns"),
            json.Count("gridRows"),
            json.Count("gridColumns"),
            (float)json.Positive("patchVariance"),
            json.Positive("whiteningShare"),
            (float)json.Positive("threshold"),
            (float)json.Positive("shift"),
            (float)json.Positive("leastVariance"));
        if (recipe.GridRows > recipe.PositionRows || recipe.GridColumns > recipe.PositionColumns)
        {
            throw Damaged($"a patch of {recipe.PatchRows}x{recipe.PatchColumns} on a grid of {recipe.GridRows}x{recipe.GridColumns} does not fit {recipe.Shape}");
        }

        int count = json.Count("filters");
        return (recipe, new(
            Array(arrays, Filters, count, recipe.PatchLength),
            Array(arrays, Offsets, count),
            List<int>(json, "sourceRows", count, Row),
            List<ulong>(json, "sourceHashes", count, Hash)));
    }

    private static int? Row(JsonValue value) => value.TryGetValue(out int row) ? row : null;

    private static ulong? Hash(JsonValue value) =>
        value.TryGetValue(out string? text) && ulong.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong hash) ? hash : null;

    private static T[] List<T>(JsonObject json, string name, int count, Func<JsonValue, T?> read)
        where T : struct
    {
        JsonArray list = json.Array(name);
        T?[] values = [.. list.Select(node => node is JsonValue value ? read(value) : null)];
        return values.Length == count && values.All(value => value is not null)
            ? [.. values.Select(value => value!.Value)]
            : throw Damaged($"\"{name}\" is not a list of {count}");
    }

    private static float[] Array(IReadOnlyDictionary<string, StoredArray> arrays, string name, params int[] shape) =>
        arrays.TryGetValue(name, out StoredArray? array) && array.Shape.AsSpan().SequenceEqual(shape)
            ? array.Values
            : throw Damaged($"the array {name} is not [{string.Join(" × ", shape)}]");

    private static DataException Damaged(string what) =>
        new($"The image features of the model file cannot be read: {what}. Fit the model again, or copy the file again.");
}
