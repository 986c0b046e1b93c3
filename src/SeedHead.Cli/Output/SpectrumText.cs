using System.Globalization;
using System.Text.Json.Nodes;
using SeedHead.Kernels;
using SeedHead.Studies;

namespace SeedHead.Cli.Output;

/// <summary>What a kernel sees in rows, for a reader at the terminal, as JSON, and its scores as CSV.</summary>
internal static class SpectrumText
{
    private const int Shown = 8;

    public static void Print(KernelSpectrumAnswer answer)
    {
        KernelSpectrum spectrum = answer.Spectrum;
        Console.Out.WriteLine($"{answer.Kind} of {answer.Net}, {answer.Prior}; {answer.Rows} rows, centred");
        Console.Out.WriteLine($"eigenvalues, as shares of their sum: {string.Join(", ", spectrum.Values.Take(Shown).Select(value => Words.Number(value / spectrum.Trace)))}{(spectrum.Values.Count > Shown ? ", …" : "")}");
        Console.Out.WriteLine($"beyond {answer.Components} components: {Words.Percent(spectrum.ErrorOfRank(answer.Components) / spectrum.Trace)} of the sum");
        Console.Out.WriteLine($"effective rank {Text(spectrum.EffectiveRank())}, participation ratio {Words.Number(spectrum.ParticipationRatio)}, stable rank {Words.Number(spectrum.StableRank)}");
        foreach (double penalty in KernelSpectrumQuestion.Penalties)
        {
            Console.Out.WriteLine($"effective dimension at a penalty of {Words.Number(penalty)} of the mean diagonal: {Text(answer.EffectiveDimension(penalty))}");
        }

        if (answer.Alignment is { } alignment)
        {
            Console.Out.WriteLine($"alignment with the classes (CKA): {Words.Number(alignment)}");
        }

        foreach (NeighbourAccuracy near in answer.Neighbours)
        {
            Console.Out.WriteLine($"{near.Voters} nearest by {(near.Nearness == Nearness.Cosine ? "cosine" : "distance")}: {Words.Percent(near.Accuracy)} of the test rows right");
        }

        if (answer.Map is { } map)
        {
            Console.Out.WriteLine($"map: trustworthiness {Words.Number(map.Trustworthiness)}{(map.Divergence is { } divergence ? $", divergence {Words.Number(divergence)}" : "")}");
        }

        Console.Out.WriteLine($"{answer.Seconds.ToString("0.00", CultureInfo.InvariantCulture)} s");
    }

    public static JsonObject Json(KernelSpectrumAnswer answer) => new()
    {
        ["command"] = "kernel", ["kind"] = answer.Kind, ["net"] = answer.Net, ["prior"] = answer.Prior, ["rows"] = answer.Rows, ["components"] = answer.Components,
        ["trace"] = answer.Spectrum.Trace, ["eigenvalues"] = new JsonArray([.. answer.Spectrum.Values.Select(value => JsonValue.Create(value))]),
        ["errorOfRank"] = answer.Spectrum.ErrorOfRank(answer.Components), ["effectiveRank"] = Pair(answer.Spectrum.EffectiveRank()),
        ["participationRatio"] = answer.Spectrum.ParticipationRatio, ["stableRank"] = answer.Spectrum.StableRank,
        ["effectiveDimension"] = new JsonArray([.. KernelSpectrumQuestion.Penalties.Select(penalty =>
            (JsonNode)new JsonObject { ["penalty"] = penalty, ["dimension"] = Pair(answer.EffectiveDimension(penalty)) })]),
        ["alignment"] = answer.Alignment,
        ["neighbours"] = new JsonArray([.. answer.Neighbours.Select(near =>
            (JsonNode)new JsonObject { ["nearness"] = near.Nearness == Nearness.Cosine ? "cosine" : "distance", ["voters"] = near.Voters, ["accuracy"] = near.Accuracy })]),
        ["map"] = answer.Map is { } map ? new JsonObject { ["trustworthiness"] = map.Trustworthiness, ["divergence"] = map.Divergence } : null,
        ["seconds"] = answer.Seconds,
    };

    /// <summary>A line a row: its scores, then its class.</summary>
    public static void WriteScores(Stream stream, KernelSpectrumAnswer answer)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', Enumerable.Range(1, answer.Components).Select(c => $"component {c}")) + (answer.Labels is null ? "" : ",class"));
        for (int i = 0; i < answer.Rows; i++)
        {
            writer.Write(string.Join(',', answer.Scores.AsSpan(i * answer.Components, answer.Components).ToArray().Select(score => score.ToString("R", CultureInfo.InvariantCulture))));
            writer.WriteLine(answer.Labels is { } labels ? "," + ReproduceCsv.Quoted(labels.Classes[labels.Codes[i]]) : "");
        }
    }

    private static JsonArray Pair(Bounds bounds) => [bounds.Low, bounds.High];

    private static string Text(Bounds bounds) => bounds.Low == bounds.High ? Words.Number(bounds.Low) : $"{Words.Number(bounds.Low)} to {Words.Number(bounds.High)}";
}
