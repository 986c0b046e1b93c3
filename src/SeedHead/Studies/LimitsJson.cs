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
        AnswerWriter.Manifest(json, answer.Manifest);
        AnswerWriter.Texts(json, "notes", answer.Notes);
        json.WriteEndObject();
    }

    private static void Curve(Utf8JsonWriter json, LimitsCurve curve, string axis)
    {
        json.WriteStartObject();
        json.WriteNumber("dimension", curve.Dimension);
        json.WriteString("label", curve.Label);
        AnswerWriter.Number(json, "slope", curve.Slope);
        AnswerWriter.Number(json, "expectedSlope", curve.ExpectedSlope);
        json.WriteStartArray("points");
        foreach (LimitsPoint point in curve.Points)
        {
            json.WriteStartObject();
            AnswerWriter.Number(json, axis, point.At);
            AnswerWriter.Number(json, "mean", point.Mean);
            AnswerWriter.Number(json, "min", point.Min);
            AnswerWriter.Number(json, "max", point.Max);
            AnswerWriter.Number(json, "standardError", point.StandardError);
            AnswerWriter.Number(json, "spread", point.Spread);
            AnswerWriter.Number(json, "bound", point.Bound);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
