using System.Text.Json;

namespace SeedHead.Studies;

/// <summary>Writes a probe field by field.</summary>
internal static class ProbeJson
{
    public static void Write(Utf8JsonWriter json, ProbeAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("command", "limits");
        Data(json, answer);
        json.WriteString("verdict", Word(answer.Verdict));
        json.WriteString("sentence", answer.Sentence);
        AnswerWriter.Texts(json, "evidence", answer.Evidence);
        AnswerWriter.Number(json, "sufficient", answer.Sufficient);
        Interval(json, "factor", answer.Factor);
        Points(json, "widths", "features", answer.Widths);
        Points(json, "rows", "rows", answer.RowCurve);
        Point(json, "infinite", null, answer.Infinite);
        Point(json, "trained", "neurons", answer.Trained);
        Point(json, "step", "neurons", answer.Step);
        Law(json, "law", answer.Law);
        Interval(json, "atFourTimes", answer.AtFourTimes);
        Law(json, "rowLaw", answer.RowLaw);
        Interval(json, "atFourTimesRows", answer.AtFourTimesRows);
        Degrees(json, answer.Degrees);
        json.WriteNumber("seconds", answer.Seconds);
        json.WriteNumber("threads", answer.Threads);
        AnswerWriter.Manifest(json, answer.Manifest);
        AnswerWriter.Texts(json, "notes", answer.Notes);
        json.WriteEndObject();
    }

    /// <summary>The verdict's word, a public interface.</summary>
    public static string Word(ProbeVerdict verdict) => verdict switch
    {
        ProbeVerdict.Suffices => "suffices",
        ProbeVerdict.NeedsMore => "needs-more",
        ProbeVerdict.Train => "train",
        _ => "cannot-tell",
    };

    private static void Data(Utf8JsonWriter json, ProbeAnswer answer)
    {
        json.WriteStartObject("data");
        json.WriteString("name", answer.Data);
        json.WriteNumber("rows", answer.Rows);
        json.WriteNumber("learnedRows", answer.LearnedRows);
        json.WriteNumber("columns", answer.Columns);
        json.WriteString("target", answer.Target);
        json.WriteString("sha256", answer.Sha256);
        json.WriteEndObject();
    }

    private static void Points(Utf8JsonWriter json, string name, string axis, IEnumerable<ProbePoint> points)
    {
        json.WriteStartArray(name);
        foreach (ProbePoint point in points)
        {
            Point(json, null, axis, point);
        }

        json.WriteEndArray();
    }

    private static void Point(Utf8JsonWriter json, string? name, string? axis, ProbePoint? point)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        if (point is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        if (axis is not null)
        {
            AnswerWriter.Number(json, axis, point.At);
        }

        AnswerWriter.Number(json, "error", point.Error);
        AnswerWriter.Number(json, "standardError", point.StandardError);
        json.WriteStartArray("repeats");
        foreach (double error in point.Repeats)
        {
            json.WriteNumberValue(error);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Law(Utf8JsonWriter json, string name, ProbeLaw law)
    {
        json.WriteStartObject(name);
        AnswerWriter.Number(json, "a", law.Floor);
        AnswerWriter.Number(json, "b", law.Factor);
        AnswerWriter.Number(json, "c", law.Exponent);
        Interval(json, "interval", law.ExponentInterval);
        json.WriteEndObject();
    }

    private static void Interval(Utf8JsonWriter json, string name, ProbeInterval? interval)
    {
        json.WritePropertyName(name);
        if (interval is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        AnswerWriter.Number(json, "value", interval.Value);
        AnswerWriter.Number(json, "low", interval.Low);
        AnswerWriter.Number(json, "high", interval.High);
        json.WriteEndObject();
    }

    private static void Degrees(Utf8JsonWriter json, IEnumerable<ProbeShare> degrees)
    {
        json.WriteStartArray("degrees");
        foreach (ProbeShare share in degrees)
        {
            json.WriteStartObject();
            json.WriteNumber("degree", share.Degree);
            AnswerWriter.Number(json, "share", share.Share);
            AnswerWriter.Number(json, "p", share.P);
            AnswerWriter.Number(json, "explained", share.Explained);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
