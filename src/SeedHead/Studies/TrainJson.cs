using System.Text.Json;

namespace SeedHead.Studies;

/// <summary>A training as one JSON object: what <c>seedhead train --json</c> prints.</summary>
internal static class TrainJson
{
    /// <summary>The answer as one line.</summary>
    public static string Write(TrainAnswer answer) => AnswerJson.Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("command", "train");
        AnswerWriter.Data(json, answer.Data);
        Model(json, answer.Model, answer.KeptEpoch);
        AnswerWriter.Score(json, "train", answer.Train);
        AnswerWriter.Score(json, "validation", answer.Validation);
        AnswerWriter.Score(json, "test", answer.Test);
        BestOnTest(json, answer);
        AnswerWriter.List(json, "epochs", answer.Epochs, Epoch(answer.Data.Classes is not null));
        Proof(json, answer.Proof);
        AnswerWriter.Number(json, "rowsPerSecond", answer.RowsPerSecond);
        AnswerWriter.Seconds(json, answer.Seconds);
        json.WriteNumber("peakMemoryBytes", answer.PeakMemoryBytes);
        json.WriteNumber("threads", answer.Threads);
        AnswerWriter.Manifest(json, answer.Manifest);
        AnswerWriter.Texts(json, "notes", answer.Notes);
        json.WriteEndObject();
    });

    /// <summary>What would be trained, as one line.</summary>
    public static string WriteForecast(TrainedPart model, TrainForecast forecast, IReadOnlyList<string> notes) => AnswerJson.Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("command", "train");
        Model(json, model, null);
        json.WriteStartObject("forecast");
        json.WriteNumber("bytes", forecast.Bytes);
        AnswerWriter.Number(json, "seconds", Math.Round(forecast.Seconds, 2));
        json.WriteEndObject();
        AnswerWriter.Texts(json, "notes", notes);
        json.WriteEndObject();
    });

    private static void Model(Utf8JsonWriter json, TrainedPart model, int? epoch)
    {
        json.WriteStartObject("model");
        json.WriteString("net", model.Net);
        json.WriteString("prior", model.Prior);
        json.WriteString("learn", model.Learn);
        json.WriteString("fixed", model.Fixed);
        json.WriteNumber("total", model.Total);
        json.WriteNumber("trainable", model.Trainable);
        json.WriteNumber("frozen", model.Total - model.Trainable);
        if (epoch is { } kept)
        {
            json.WriteNumber("epoch", kept);
        }

        AnswerWriter.List(json, "layers", model.Layers, (list, layer) =>
        {
            list.WriteString("name", layer.Name);
            list.WriteNumber("total", layer.Total);
            list.WriteNumber("trainable", layer.Trainable);
        });
        json.WriteEndObject();
    }

    private static void BestOnTest(Utf8JsonWriter json, TrainAnswer answer)
    {
        if (answer.BestOnTest is not { } best)
        {
            json.WriteNull("bestOnTest");
            return;
        }

        json.WriteStartObject("bestOnTest");
        json.WriteNumber("epoch", best.Number);
        AnswerWriter.Number(json, answer.Data.Classes is null ? "rmse" : "accuracy", best.Test);
        json.WriteEndObject();
    }

    private static Action<Utf8JsonWriter, EpochPoint> Epoch(bool classes) => (json, epoch) =>
    {
        string measure = classes ? "Accuracy" : "Rmse";
        json.WriteNumber("epoch", epoch.Number);
        AnswerWriter.Number(json, "rate", epoch.Rate);
        AnswerWriter.Number(json, "loss", epoch.Loss);
        AnswerWriter.Number(json, "trainAccuracy", epoch.Accuracy);
        AnswerWriter.Number(json, "validation" + measure, epoch.Validation);
        AnswerWriter.Number(json, "test" + measure, epoch.Test);
        AnswerWriter.Number(json, "seconds", epoch.Seconds);
    };

    private static void Proof(Utf8JsonWriter json, FixedProof proof)
    {
        json.WriteStartObject("proof");
        json.WriteString("before", proof.Before);
        json.WriteString("after", proof.After);
        json.WriteString("again", proof.Again);
        json.WriteNumber("againThreads", proof.Threads);
        json.WriteBoolean("holds", proof.Holds);
        json.WriteEndObject();
    }
}
