using System.Text.Json;
using SeedHead.Heads;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>Writes an answer field by field, in the order of the shared shape; <see cref="AnswerReader"/> is its mirror.</summary>
internal static class AnswerWriter
{
    public static void Write(Utf8JsonWriter json, FitAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("command", "fit");
        Data(json, answer.Data);
        Model(json, answer.Model);
        Score(json, "train", answer.Train);
        Score(json, "leaveOneOut", answer.LeaveOneOut);
        Score(json, "folds", answer.Folds);
        Score(json, "test", answer.Test);
        RankingJson.Write(json, answer.Architectures);
        List(json, "widths", answer.Widths, Width);
        List(json, "penalties", answer.Penalties, Penalty);
        List(json, "seeds", answer.Seeds, Seed);
        List(json, "mistakes", answer.Mistakes, Mistake);
        List(json, "residuals", answer.Residuals, Residual);
        Seconds(json, answer.Seconds);
        json.WriteNumber("peakMemoryBytes", answer.PeakMemoryBytes);
        json.WriteNumber("threads", answer.Threads);
        Manifest(json, answer.Manifest);
        Texts(json, "notes", answer.Notes);
        json.WriteEndObject();
    }

    /// <summary>The score of a model on some rows, in the shared shape.</summary>
    public static void WriteScore(Utf8JsonWriter json, DataSummary data, Score score, Manifest manifest)
    {
        json.WriteStartObject();
        json.WriteString("command", "score");
        Data(json, data);
        Score(json, "test", score);
        Manifest(json, manifest);
        json.WriteEndObject();
    }

    internal static void Data(Utf8JsonWriter json, DataSummary data)
    {
        json.WriteStartObject("data");
        json.WriteString("name", data.Name);
        json.WriteNumber("rows", data.Rows);
        json.WriteNumber("columns", data.Columns);
        Texts(json, "classes", data.Classes);
        json.WriteString("target", data.Target);
        json.WriteNumber("testRows", data.TestRows);
        json.WriteString("sha256", data.Sha256);
        json.WriteEndObject();
    }

    private static void Model(Utf8JsonWriter json, ModelSummary model)
    {
        json.WriteStartObject("model");
        json.WriteString("features", model.Features);
        json.WriteString("net", model.Net);
        json.WriteString("prior", model.Prior);
        json.WriteNumber("width", model.Width);
        json.WriteNumber("inputColumns", model.InputColumns);
        Number(json, "penalty", model.Penalty);
        json.WriteString("selection", model.Selection);
        json.WriteString("form", model.Form);
        Number(json, "condition", model.Condition);
        Number(json, "temperature", model.Temperature);
        json.WriteEndObject();
    }

    internal static void Score(Utf8JsonWriter json, string name, Score? score)
    {
        if (score is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("rows", score.Rows);
        Measure(json, "accuracy", score.Accuracy);
        Measure(json, "logLoss", score.LogLoss);
        Measure(json, "expectedCalibrationError", score.ExpectedCalibrationError);
        Measure(json, "rmse", score.Rmse);
        Measure(json, "r2", score.R2);
        Measure(json, "intervalCoverage", score.IntervalCoverage);
        Measure(json, "standardError", score.StandardError);
        Confusion(json, score.Confusion);
        if (score.Calibration is not null)
        {
            List(json, "calibration", score.Calibration, Bin);
        }

        json.WriteEndObject();
    }

    private static void Confusion(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<int>>? confusion)
    {
        if (confusion is null)
        {
            return;
        }

        json.WriteStartArray("confusion");
        foreach (IReadOnlyList<int> row in confusion)
        {
            json.WriteStartArray();
            foreach (int count in row)
            {
                json.WriteNumberValue(count);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Bin(Utf8JsonWriter json, CalibrationBin bin)
    {
        json.WriteNumber("count", bin.Count);
        Number(json, "confidence", bin.Confidence);
        Number(json, "accuracy", bin.Accuracy);
    }

    private static void Width(Utf8JsonWriter json, WidthPoint point)
    {
        json.WriteNumber("width", point.Width);
        Number(json, "error", point.Error);
        Number(json, "standardError", point.StandardError);
        Number(json, "penalty", point.Penalty);
        Number(json, "seconds", point.Seconds);
    }

    private static void Penalty(Utf8JsonWriter json, PenaltyPoint point)
    {
        Number(json, "penalty", point.Penalty);
        Number(json, "loss", point.Loss);
        Number(json, "standardError", point.StandardError);
        Number(json, "error", point.Error);
        Number(json, "logLoss", point.LogLoss);
        Number(json, "generalisedCrossValidation", point.GeneralisedCrossValidation);
        Number(json, "degreesOfFreedom", point.DegreesOfFreedom);
        json.WriteBoolean("chosen", point.Chosen);
    }

    private static void Seed(Utf8JsonWriter json, SeedPoint point)
    {
        json.WriteNumber("seed", point.Seed);
        Number(json, "value", point.Value);
    }

    private static void Mistake(Utf8JsonWriter json, Mistake mistake)
    {
        json.WriteNumber("row", mistake.Row);
        json.WriteString("truth", mistake.Truth);
        json.WriteString("predicted", mistake.Predicted);
        Number(json, "confidence", mistake.Confidence);
        if (mistake.Image is null)
        {
            json.WriteNull("image");
        }
        else
        {
            json.WriteBase64String("image", mistake.Image);
        }

        json.WriteString("shape", mistake.Shape?.ToString());
    }

    private static void Residual(Utf8JsonWriter json, ResidualPoint point)
    {
        Number(json, "truth", point.Truth);
        Number(json, "prediction", point.Prediction);
        Number(json, "low", point.Low);
        Number(json, "high", point.High);
    }

    internal static void Seconds(Utf8JsonWriter json, Seconds seconds)
    {
        json.WriteStartObject("seconds");
        Number(json, "read", seconds.Read);
        Number(json, "fit", seconds.Fit);
        Number(json, "fitCpu", seconds.FitCpu);
        Number(json, "predict", seconds.Predict);
        Number(json, "total", seconds.Total);
        json.WriteEndObject();
    }

    internal static void Manifest(Utf8JsonWriter json, Manifest manifest)
    {
        json.WriteStartObject("manifest");
        json.WriteNumber("seed", manifest.Seed);
        json.WriteNumber("stream", manifest.Stream);
        json.WriteString("version", manifest.Version);
        json.WriteString("cpu", manifest.Cpu);
        json.WriteString("options", manifest.Options);
        json.WriteEndObject();
    }

    internal static void List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    // A measure that does not apply is left out, so that a reader sees accuracy or rmse, never both.
    private static void Measure(Utf8JsonWriter json, string name, double? value)
    {
        if (value is not null)
        {
            Number(json, name, value);
        }
    }

    internal static void Number(Utf8JsonWriter json, string name, double? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case { } finite when double.IsFinite(finite):
                json.WriteNumber(name, finite);
                break;
            case { } other:
                json.WriteString(name, double.IsNaN(other) ? "NaN" : other > 0 ? "Infinity" : "-Infinity"); // JSON has no word for them
                break;
        }
    }
}
