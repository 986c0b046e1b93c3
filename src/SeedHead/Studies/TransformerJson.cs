using System.Text.Json;

namespace SeedHead.Studies;

/// <summary>Writes an answer about sequences: the fields of a map, with activations, trends and contrasts.</summary>
internal static class TransformerJson
{
    /// <summary>One line of JSON: what <c>seedhead complexity --json</c> prints for networks of tokens.</summary>
    public static string Write(TransformerAnswer answer) => AnswerJson.Text(json => Write(json, answer));

    private static void Write(Utf8JsonWriter json, TransformerAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("command", "complexity");
        json.WriteString("net", answer.Net);
        json.WriteNumber("length", answer.Length);
        json.WriteBoolean("sharedWeights", answer.SharesWeights);
        Objects(json, "measures", [TransformerAnswer.Measure], name =>
        {
            json.WriteString("name", name);
            json.WriteString("meaning", TransformerAnswer.Meaning);
        });
        Objects(json, "cells", answer.Cells, cell => Cell(json, cell));
        json.WriteStartObject("bounds");
        json.WriteNumber("constant", answer.Constant);
        json.WriteNumber("random", answer.Random);
        json.WriteEndObject();
        Objects(json, "trends", answer.Trends, trend =>
        {
            json.WriteString("activation", trend.Activation);
            json.WriteNumber("depth", trend.Depth);
            json.WriteNumber("rankCorrelation", trend.Correlation.Mean);
            json.WriteNumber("low", trend.Correlation.Low);
            json.WriteNumber("high", trend.Correlation.High);
            json.WriteNumber("ofMeans", trend.OfMeans);
            json.WriteNumber("networks", trend.Correlation.Count);
        });
        Objects(json, "contrasts", answer.Contrasts, contrast =>
        {
            json.WriteString("activation", contrast.Activation);
            json.WriteString("against", contrast.Against);
            json.WriteNumber("depth", contrast.Depth);
            json.WriteNumber("scale", contrast.NormScale);
            json.WriteNumber("difference", contrast.Difference);
            json.WriteNumber("standardError", contrast.StandardError);
            json.WriteNumber("p", contrast.P);
        });
        json.WriteStartObject("seconds");
        json.WriteNumber("total", answer.Seconds);
        json.WriteEndObject();
        json.WriteNumber("threads", answer.Threads);
        AnswerWriter.Manifest(json, answer.Manifest);
        AnswerWriter.Texts(json, "notes", answer.Notes);
        json.WriteEndObject();
    }

    private static void Cell(Utf8JsonWriter json, TransformerCell cell)
    {
        ComplexityCell complexity = cell.Complexity;
        json.WriteString("measure", complexity.Measure);
        json.WriteString("net", complexity.Net);
        json.WriteString("activation", cell.Activation);
        json.WriteNumber("scale", complexity.Scale);
        json.WriteNumber("depth", complexity.Depth);
        AnswerWriter.Number(json, "mean", complexity.Mean);
        AnswerWriter.Number(json, "sd", complexity.Deviation);
        json.WriteNumber("networks", complexity.Networks);
        json.WriteNumber("undefined", complexity.Undefined);
    }

    private static void Objects<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
