using System.Text.Json;

namespace SeedHead.Studies;

/// <summary>Writes a study of limits field by field; a point's place bears the name of the axis.</summary>
internal static class LimitsJson
{
    public static void Write(Utf8JsonWriter json, LimitsAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("command", "limits");
        json.WriteString("study", answer.Study);
        json.WriteString("title", answer.Title);
        json.WriteString("axis", answer.Axis);
        json.WriteString("quantity", answer.Quantity);
        json.WriteString("quantifiers", answer.Quantifiers);
        json.WriteStartArray("curves");
        foreach (LimitsCurve curve in answer.Curves)
        {
            Curve(json, curve, answer.Axis.Split(' ')[0]);
        }

        json.WriteEndArray();
        json.WriteNumber("seconds", answer.Seconds);
        json.WriteNumber("threads", answer.Threads);
        json.WriteStartObject("manifest");
        json.WriteNumber("seed", answer.Manifest.Seed);
        json.WriteNumber("stream", answer.Manifest.Stream);
        json.WriteString("options", answer.Manifest.Options);
        json.WriteEndObject();
        json.WriteStartArray("notes");
        foreach (string note in answer.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Curve(Utf8JsonWriter json, LimitsCurve curve, string axis)
    {
        json.WriteStartObject();
        json.WriteNumber("dimension", curve.Dimension);
        json.WriteString("label", curve.Label);
        Number(json, "slope", curve.Slope);
        Number(json, "expectedSlope", curve.ExpectedSlope);
        json.WriteStartArray("points");
        foreach (LimitsPoint point in curve.Points)
        {
            json.WriteStartObject();
            Number(json, axis, point.At);
            Number(json, "mean", point.Mean);
            Number(json, "min", point.Min);
            Number(json, "max", point.Max);
            Number(json, "standardError", point.StandardError);
            Number(json, "spread", point.Spread);
            Number(json, "bound", point.Bound);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is not { } number)
        {
            json.WriteNull(name);
        }
        else if (double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteString(name, number.ToString("R"));
        }
    }
}
