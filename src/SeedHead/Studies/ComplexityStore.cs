using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SeedHead.Complexity;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>Finished cells as files of a folder, each named by a hash of all that decides its values.</summary>
internal sealed class ComplexityStore
{
    private readonly string folder;
    private readonly ComplexityQuestion question;

    public ComplexityStore(string folder, ComplexityQuestion question)
    {
        (this.folder, this.question) = (Path.Combine(folder, "cells"), question);
        try
        {
            Directory.CreateDirectory(this.folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: cannot make this folder: {e.Message.TrimEnd('.')}. Choose another --out.", e);
        }
    }

    /// <summary>One array a measure, or null where the cell is not there or its file was cut off.</summary>
    public ComplexityValue[][]? Read(string net, double scale)
    {
        string path = PathOf(net, scale);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            ComplexityValue[][] values = [.. json.RootElement.GetProperty("values").EnumerateArray().Select(row => row.EnumerateArray().Select(Value).ToArray())];
            bool fits = json.RootElement.GetProperty("key").GetString() == Key(net, scale)
                && values.Length == question.Measures.Count && values.All(row => row.Length == question.Networks);
            return fits ? values : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return null; // not ours, or broken: measured again
        }
    }

    public void Write(string net, double scale, ComplexityValue[][] values) => AtomicFile.Write(PathOf(net, scale), stream =>
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("key", Key(net, scale));
        json.WriteStartArray("values");
        foreach (ComplexityValue[] row in values)
        {
            json.WriteStartArray();
            foreach (ComplexityValue value in row)
            {
                if (value.IsDefined)
                {
                    json.WriteNumberValue(value.Value);
                }
                else
                {
                    json.WriteStringValue(value.Cause.ToString());
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static ComplexityValue Value(JsonElement element) => element.ValueKind == JsonValueKind.Number
        ? ComplexityValue.Of(element.GetDouble())
        : ComplexityValue.Undefined(Enum.Parse<UndefinedCause>(element.GetString()!));

    private string PathOf(string net, double scale) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key(net, scale))).AsSpan(0, 8)) + ".json");

    private string Key(string net, double scale) => string.Create(CultureInfo.InvariantCulture,
        $"{net} | {question.Prior} | scale {scale:R} {(question.ScalePrefactor ? "as prefactor" : question.ScaleBiases ? "with biases" : "")} | seed {question.Seed} | stream {RandomStream.Version} | grid {question.Side} | networks {question.Networks} | {string.Join(' ', question.Measures.Select(measure => measure.Name))}");
}
