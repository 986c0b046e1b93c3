using System.Text.Json;

namespace SeedHead.Studies;

/// <summary>Writes a map field by field.</summary>
internal static class ComplexityWriter
{
    public static void Write(Utf8JsonWriter json, ComplexityAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("command", "complexity");
        json.WriteString("net", answer.Net);
        json.WriteString("prior", answer.Prior);
        json.WriteNumber("grid", answer.Side);
        json.WriteStartArray("measures");
        foreach (MeasureSummary measure in answer.Measures)
        {
            json.WriteStartObject();
            json.WriteString("name", measure.Name);
            json.WriteString("meaning", measure.Meaning);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Cells(json, "cells", answer.Cells);
        Correlations(json, answer.Correlations);
        Reached(json, answer.Reached);
        Target(json, answer.Target);
        Spectra(json, answer.Spectra);
        json.WriteStartObject("seconds");
        json.WriteNumber("total", answer.Seconds);
        json.WriteEndObject();
        json.WriteNumber("threads", answer.Threads);
        AnswerWriter.Manifest(json, answer.Manifest);
        AnswerWriter.Texts(json, "notes", answer.Notes);
        json.WriteEndObject();
    }

    private static void Cells(Utf8JsonWriter json, string name, IReadOnlyList<ComplexityCell> cells)
    {
        json.WriteStartArray(name);
        foreach (ComplexityCell cell in cells)
        {
            json.WriteStartObject();
            json.WriteString("measure", cell.Measure);
            json.WriteString("net", cell.Net);
            json.WriteNumber("scale", cell.Scale);
            json.WriteNumber("depth", cell.Depth);
            AnswerWriter.Number(json, "mean", cell.Mean);
            AnswerWriter.Number(json, "sd", cell.Deviation);
            json.WriteNumber("networks", cell.Networks);
            json.WriteNumber("undefined", cell.Undefined);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Correlations(Utf8JsonWriter json, IReadOnlyList<MeasureCorrelation> correlations)
    {
        json.WriteStartArray("correlations");
        foreach (MeasureCorrelation one in correlations)
        {
            json.WriteStartObject();
            json.WriteString("x", one.X);
            json.WriteString("y", one.Y);
            json.WriteNumber("cells", one.Cells);
            AnswerWriter.Number(json, "pearson", Finite(one.Pearson));
            AnswerWriter.Number(json, "pearsonLow", Finite(one.PearsonLow));
            AnswerWriter.Number(json, "pearsonHigh", Finite(one.PearsonHigh));
            AnswerWriter.Number(json, "spearman", Finite(one.Spearman));
            AnswerWriter.Number(json, "spearmanLow", Finite(one.SpearmanLow));
            AnswerWriter.Number(json, "spearmanHigh", Finite(one.SpearmanHigh));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static void Reached(Utf8JsonWriter json, IReadOnlyList<ReachedScale> reached)
    {
        json.WriteStartArray("reached");
        foreach (ReachedScale one in reached)
        {
            json.WriteStartObject();
            json.WriteNumber("depth", one.Depth);
            json.WriteNumber("value", one.Value);
            AnswerWriter.Number(json, "scale", one.Scale);
            AnswerWriter.Number(json, "standardError", one.StandardError);
            AnswerWriter.Number(json, "mean", one.Mean);
            AnswerWriter.Number(json, "least", one.Least);
            AnswerWriter.Number(json, "greatest", one.Greatest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Spectra(Utf8JsonWriter json, IReadOnlyList<PowerShares> spectra)
    {
        json.WriteStartArray("spectra");
        foreach (PowerShares one in spectra)
        {
            json.WriteStartObject();
            json.WriteString("net", one.Net);
            json.WriteNumber("scale", one.Scale);
            json.WriteNumber("depth", one.Depth);
            json.WriteNumber("grid", one.Side);
            Numbers(json, "sampled", one.Sampled);
            Numbers(json, "standardErrors", one.StandardErrors);
            if (one.Limit is null)
            {
                json.WriteNull("limit");
                json.WriteString("noLimit", one.NoLimit);
            }
            else
            {
                Numbers(json, "limit", one.Limit);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void Target(Utf8JsonWriter json, TargetComplexity? target)
    {
        if (target is null)
        {
            json.WriteNull("of");
            return;
        }

        json.WriteStartObject("of");
        json.WriteString("data", target.Data);
        json.WriteString("target", target.Target);
        json.WriteNumber("rows", target.Rows);
        json.WriteNumber("columns", target.Columns);
        json.WriteNumber("pathVariation", target.PathVariation);
        json.WriteNumber("pathStandardError", target.PathStandardError);
        AnswerWriter.Number(json, "roughness", target.Roughness);
        Cells(json, "cells", target.Networks);
        json.WriteEndObject();
    }
}
