using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>A whole <see cref="FitAnswer"/> as one JSON object with stable camelCase names: what <c>seedhead fit --json</c> prints and <c>seedhead report</c> reads.</summary>
/// <remarks>
/// <para>Every field is written, <c>null</c> where there is nothing; only a score leaves out the measures that do not apply to it.
/// Finite numbers are written with the fewest digits that give the same bits back; the others as "NaN", "Infinity", "-Infinity".
/// Pictures are base64 of their bytes with a shape such as "28x28x1".</para>
/// <para>Written and read by hand: reflection over the records would cost more time at start than all the rest of a small answer.</para>
/// </remarks>
public static class AnswerJson
{
    // Relaxed: "hidden+raw" and "é" stay readable. The text is no part of a page here; the report escapes for itself.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer as one line of JSON: same answer, same characters.</summary>
    /// <param name="answer">The answer.</param>
    public static string Write(FitAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Text(json => AnswerWriter.Write(json, answer));
    }

    /// <summary>A map of complexities as one line of JSON: what <c>seedhead complexity --json</c> prints. Same answer, same characters.</summary>
    /// <param name="answer">The answer.</param>
    public static string Write(ComplexityAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Text(json => ComplexityWriter.Write(json, answer));
    }

    /// <summary>A study of limits as one line of JSON: what <c>seedhead limits --json</c> prints. Same answer, same characters.</summary>
    /// <param name="answer">The answer.</param>
    public static string Write(LimitsAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Text(json => LimitsJson.Write(json, answer));
    }

    /// <summary>A probe as one line of JSON: what <c>seedhead limits --on --json</c> prints. Same answer, same characters.</summary>
    internal static string Write(ProbeAnswer answer) => Text(json => ProbeJson.Write(json, answer));

    /// <summary>What kernels learned as one line of JSON: what <c>seedhead kernel --solve --json</c> prints.</summary>
    internal static string Write(KernelSolveAnswer answer) => Text(json => KernelSolveJson.Write(json, answer));

    /// <summary>The score of a model on some rows as one line of JSON, in the shape of a fit's "data", "test" and "manifest".</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows scored.</param>
    /// <param name="score">Their score.</param>
    public static string WriteScore(SeedHeadModel model, Dataset rows, Score score)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        var data = new DataSummary(rows.Name, rows.Count, rows.Inputs.Columns, model.Classes, model.Outcome.Name, rows.Count, rows.Sha256);
        return Text(json => AnswerWriter.WriteScore(json, data, score, model.Manifest));
    }

    /// <summary>The answer behind a text of <see cref="Write(FitAnswer)"/>; equal to it in every number and every character.</summary>
    /// <param name="json">The text: exactly one JSON object.</param>
    /// <param name="nameForErrors">The file's name, or another word for where the text came from.</param>
    /// <exception cref="DataException">Not JSON (names line and byte); a field is missing, unknown, given twice or of another kind (names its path).</exception>
    public static FitAnswer Read(string json, string nameForErrors)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(nameForErrors);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return AnswerReader.Read(new JsonFields(document.RootElement, "$", nameForErrors));
        }
        catch (JsonException fault)
        {
            throw new DataException(
                $"{nameForErrors}{Position(fault)}: not the JSON of one answer ({Reason(fault)}). "
                + "Give a file written by 'seedhead fit --json'.",
                fault);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw new DataException($"{nameForErrors}: a text in it is not valid Unicode. Give a file written by 'seedhead fit --json'.", fault); // "\ud800"
        }
    }

    private static string Position(JsonException fault) =>
        fault.LineNumber is { } line ? $", line {line + 1}, byte {fault.BytePositionInLine + 1}" : ""; // a doubled field has none

    // The framework ends its message with the position, which is already said.
    private static string Reason(JsonException fault)
    {
        int position = fault.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (position < 0 ? fault.Message : fault.Message[..position]).TrimEnd('.');
    }

    /// <summary>A shape of its text, such as "28x28x1"; null when the text is none.</summary>
    internal static ImageShape? Shape(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length == 3 && Side(parts[0], out int height) && Side(parts[1], out int width) && Side(parts[2], out int channels)
            ? new ImageShape(height, width, channels)
            : null;
    }

    private static bool Side(string text, out int side) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out side) && side is > 0 and < 1 << 15;

    internal static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 14);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
