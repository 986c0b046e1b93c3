using System.Text.Json.Nodes;

namespace SeedHead.Studies;

/// <summary>What one cell found.</summary>
internal sealed record PartialTrainingOutcome
{
    /// <summary>The cell's key.</summary>
    public required string Key { get; init; }

    /// <summary>Learned numbers; of an ensemble, those of one member.</summary>
    public required long Learned { get; init; }

    /// <summary>All parameters of the network.</summary>
    public required long Total { get; init; }

    /// <summary>Test accuracy after every epoch; of an ensemble, its own alone. Empty where the loss ran away in the first.</summary>
    public required IReadOnlyList<double> Accuracies { get; init; }

    /// <summary>Mean training loss of every epoch.</summary>
    public IReadOnlyList<double> Losses { get; init; } = [];

    /// <summary>Mean |w| of every layer's weights at the end.</summary>
    public IReadOnlyList<LayerMagnitude> Magnitudes { get; init; } = [];

    /// <summary>Whether the fixed numbers are those of the seed at the end, by hash; null for ensembles that start from a trained network.</summary>
    public bool? FixedUnchanged { get; init; }

    /// <summary>What a diverging loss said; else null.</summary>
    public string? Diverged { get; init; }

    /// <summary>What only ensembles have.</summary>
    public EnsembleOutcome? Ensemble { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Test accuracy after the last epoch; NaN where the loss ran away.</summary>
    public double Last => Diverged is null ? Accuracies[^1] : double.NaN;

    /// <summary>The best test accuracy of any epoch, as the paper reports: too good by the choice.</summary>
    public double Best => Accuracies.Count == 0 ? double.NaN : Accuracies.Max();

    /// <summary>Learned / Total.</summary>
    public double Share => (double)Learned / Total;

    /// <summary>As one JSON object.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["key"] = Key, ["last"] = Number(Last), ["best"] = Number(Best), ["learned"] = Learned, ["total"] = Total, ["share"] = Share,
            ["accuracies"] = Numbers(Accuracies), ["losses"] = Numbers(Losses), ["fixedUnchanged"] = FixedUnchanged, ["seconds"] = Math.Round(Seconds, 2),
            ["magnitudes"] = new JsonArray([.. Magnitudes.Select(layer => (JsonNode)new JsonObject
            {
                ["layer"] = layer.Layer, ["fixed"] = Number(layer.Fixed), ["learned"] = Number(layer.Learned),
            })]),
        };
        if (Diverged is not null)
        {
            json["diverged"] = Diverged;
        }

        if (Ensemble is not null)
        {
            json["ensemble"] = Ensemble.ToJson();
        }

        return json;
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static PartialTrainingOutcome FromJson(JsonObject json) => new()
    {
        Key = (string)json["key"]!,
        Learned = (long)json["learned"]!,
        Total = (long)json["total"]!,
        Accuracies = Numbers(json["accuracies"]!),
        Losses = Numbers(json["losses"]!),
        FixedUnchanged = (bool?)json["fixedUnchanged"],
        Seconds = (double)json["seconds"]!,
        Diverged = (string?)json["diverged"],
        Magnitudes = [.. json["magnitudes"]!.AsArray().Select(layer => new LayerMagnitude((string)layer!["layer"]!, Number(layer["fixed"]), Number(layer["learned"])))],
        Ensemble = json["ensemble"] is JsonObject ensemble ? EnsembleOutcome.FromJson(ensemble) : null,
    };

    /// <summary>JSON has no NaN: null stands for it.</summary>
    internal static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    internal static double Number(JsonNode? node) => node is null ? double.NaN : (double)node;

    private static JsonArray Numbers(IReadOnlyList<double> values) => new([.. values.Select(Number)]);

    private static double[] Numbers(JsonNode node) => [.. node.AsArray().Select(Number)];
}

/// <summary>Mean |w| of one layer's weights, biases left out; NaN where there are none of a kind.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="Fixed">Of the fixed ones.</param>
/// <param name="Learned">Of the learned ones.</param>
internal readonly record struct LayerMagnitude(string Layer, double Fixed, double Learned);

/// <summary>What an ensemble that shares its fixed part found.</summary>
/// <param name="Singles">Test accuracy of every member.</param>
/// <param name="Clean">That of the mean of their probabilities.</param>
/// <param name="Corruptions">The same on corrupted test images.</param>
internal sealed record EnsembleOutcome(IReadOnlyList<double> Singles, double Clean, IReadOnlyList<CorruptionOutcome> Corruptions)
{
    public JsonObject ToJson() => new()
    {
        ["singles"] = new JsonArray([.. Singles.Select(PartialTrainingOutcome.Number)]),
        ["clean"] = Clean,
        ["corruptions"] = new JsonArray([.. Corruptions.Select(corruption => (JsonNode)new JsonObject
        {
            ["name"] = corruption.Name, ["level"] = corruption.Level, ["single"] = corruption.Single, ["ensemble"] = corruption.Ensemble,
        })]),
    };

    public static EnsembleOutcome FromJson(JsonObject json) => new(
        [.. json["singles"]!.AsArray().Select(PartialTrainingOutcome.Number)],
        (double)json["clean"]!,
        [.. json["corruptions"]!.AsArray().Select(c => new CorruptionOutcome((string)c!["name"]!, (double)c["level"]!, (double)c["single"]!, (double)c["ensemble"]!))]);
}

/// <summary>Accuracy on corrupted images.</summary>
/// <param name="Name">noise, blur, occlusion or none.</param>
/// <param name="Level">How strong, see <see cref="Corruption"/>.</param>
/// <param name="Single">Mean accuracy of the members.</param>
/// <param name="Ensemble">Accuracy of the ensemble.</param>
internal readonly record struct CorruptionOutcome(string Name, double Level, double Single, double Ensemble);
