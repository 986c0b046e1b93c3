using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SeedHead.Complexity;
using SeedHead.Explorer.Work;
using SeedHead.Studies;

namespace SeedHead.Explorer.Web;

/// <summary>Answers as JSON.</summary>
internal static class AnswerText
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // never part of a page's markup

    /// <summary>The network, its measures and its spectra.</summary>
    public static byte[] Facts(NetworkState state, FunctionFacts facts) => Text(json =>
    {
        json.WriteString("net", state.Net);
        json.WriteString("command", state.Command(Functions.MeasureNames, Functions.MeasuredSide));
        json.WriteStartArray("measures");
        for (int m = 0; m < facts.Values.Count; m++)
        {
            json.WriteStartObject();
            json.WriteString("name", Functions.MeasureNames[m]);
            json.WriteString("meaning", Complexity.Measures.Parse(Functions.MeasureNames[m]).Meaning);
            WriteValue(json, facts.Values[m]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteNumbers(json, "fourier", facts.Spectra.Fourier);
        WriteNumbers(json, "cosine", facts.Spectra.Cosine);
    });

    /// <summary>The axes of the map.</summary>
    public static byte[] Axes() => Text(json =>
    {
        WriteNumbers(json, "scales", Neighbourhood.Scales);
        WriteNumbers(json, "depths", Neighbourhood.Depths.Select(depth => (double)depth));
    });

    /// <summary>One place of the map.</summary>
    public static byte[] Place(Neighbour one) => Text(json =>
    {
        json.WriteNumber("row", one.Row);
        json.WriteNumber("column", one.Column);
        WriteValue(json, one.Value);
    });

    /// <summary>The curve of errors with its bounds, and the bounds beyond it.</summary>
    public static byte[] Limits(LimitsState state, LimitsAnswer answer) => Text(json =>
    {
        json.WriteString("quantifiers", answer.Quantifiers);
        json.WriteStartArray("points");
        foreach (LimitsPoint point in answer.Curves[0].Points)
        {
            json.WriteStartObject();
            json.WriteNumber("features", point.At);
            json.WriteNumber("mean", point.Mean);
            json.WriteNumber("min", point.Min);
            json.WriteNumber("max", point.Max);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("bounds");
        foreach ((int features, double bound) in state.Bounds())
        {
            json.WriteStartObject();
            json.WriteNumber("features", features);
            json.WriteNumber("bound", bound);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteValue(Utf8JsonWriter json, ComplexityValue value)
    {
        if (value.IsDefined)
        {
            json.WriteNumber("value", value.Value);
        }
        else
        {
            json.WriteNull("value");
            json.WriteString("cause", ComplexityCell.Word(value.Cause));
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    /// <summary>One object on one line.</summary>
    private static byte[] Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
