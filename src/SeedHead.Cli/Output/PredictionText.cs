using System.Text.Json;
using SeedHead.Data;
using SeedHead.Models;

namespace SeedHead.Cli.Output;

/// <summary>Predictions as CSV or JSON.</summary>
internal static class PredictionText
{
    public static void WriteCsv(TextWriter writer, Predictions predictions)
    {
        writer.Write(predictions.Classes is null ? "prediction,low,high,out_of_range\n" : $"prediction,probability,out_of_range{string.Concat(predictions.Classes.Select(name => "," + Quote("p_" + name)))}\n");
        for (int row = 0; row < predictions.Count; row++)
        {
            string outside = predictions.OutOfRange[row] ? "1" : "0";
            if (predictions.Classes is null)
            {
                writer.Write($"{predictions.Values[row]},{predictions.Low[row]},{predictions.High[row]},{outside}\n");
                continue;
            }

            int code = predictions.Code(row);
            ReadOnlySpan<float> values = predictions.Values.AsSpan(row * predictions.Outputs, predictions.Outputs);
            writer.Write($"{Quote(predictions.Classes[code])},{values[code]:0.######},{outside}");
            foreach (float value in values)
            {
                writer.Write($",{value:0.######}");
            }

            writer.Write('\n');
        }
    }

    public static void WriteJson(TextWriter writer, SeedHeadModel model, Dataset rows, Predictions predictions)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("command", "predict");
            json.WriteStartObject("data");
            json.WriteString("name", rows.Name);
            json.WriteNumber("rows", rows.Count);
            json.WriteNumber("columns", rows.Inputs.Columns);
            json.WriteString("sha256", rows.Sha256);
            json.WriteEndObject();
            json.WriteString("target", model.Outcome.Name);
            json.WriteStartArray("predictions");
            for (int row = 0; row < predictions.Count; row++)
            {
                WriteRow(json, predictions, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        writer.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void WriteRow(Utf8JsonWriter json, Predictions predictions, int row)
    {
        json.WriteStartObject();
        if (predictions.Classes is null)
        {
            json.WriteNumber("prediction", predictions.Values[row]);
            json.WriteNumber("low", predictions.Low[row]);
            json.WriteNumber("high", predictions.High[row]);
        }
        else
        {
            int code = predictions.Code(row);
            json.WriteString("prediction", predictions.Classes[code]);
            json.WriteNumber("probability", predictions.Values[(row * predictions.Outputs) + code]);
        }

        json.WriteBoolean("outOfRange", predictions.OutOfRange[row]);
        json.WriteEndObject();
    }

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : '"' + text.Replace("\"", "\"\"") + '"';
}
