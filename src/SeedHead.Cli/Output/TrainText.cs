using SeedHead.Studies;
using Spectre.Console;

namespace SeedHead.Cli.Output;

/// <summary>A training for a reader at the terminal.</summary>
internal static class TrainText
{
    /// <summary>One line of an epoch, on standard error: it is the log of a long run.</summary>
    public static void Epoch(EpochPoint epoch)
    {
        string Share(string name, double? value) => value is null ? "" : $", {name} {Measure(value, epoch.Accuracy is not null)}";
        ProgressLine.Clear();
        Console.Error.WriteLine($"epoch {epoch.Number}: loss {epoch.Loss:0.0000}{Share("training", epoch.Accuracy)}{Share("validation", epoch.Validation)}{Share("test", epoch.Test)}, rate {epoch.Rate:0.####}, {epoch.Seconds:0.0} s");
    }

    /// <summary>What would be trained.</summary>
    public static void Print(TrainedPart part, TrainForecast forecast, IReadOnlyList<string> notes, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(TrainJson.WriteForecast(part, forecast, notes));
            return;
        }

        Console.Out.WriteLine(part.Net);
        Words.Print(Layers(part));
        Console.Out.WriteLine(Summary(part));
        Console.Out.WriteLine($"forecast: {Options.Size.Text(forecast.Bytes)}, {forecast.Seconds:0.0} s on a nominal machine with {forecast.Threads} threads");
        Words.Notes(notes);
    }

    public static void Print(TrainAnswer answer, bool quiet, string? model)
    {
        bool classes = answer.Data.Classes is not null;
        Console.Out.WriteLine($"{answer.Data.Name}: {answer.Data.Rows} rows, {answer.Data.Columns} columns, target {answer.Data.Target}" + (classes ? $", {answer.Data.Classes!.Count} classes" : ""));
        Console.Out.WriteLine(answer.Model.Net);
        Console.Out.WriteLine(Summary(answer.Model));
        Table table = Words.ScoreTable(classes);
        Words.Score("train", answer.Train, table);
        foreach ((string name, Heads.Score? score) in new[] { ("validation", answer.Validation), ("test", answer.Test) })
        {
            if (score is not null)
            {
                Words.Score(name, score, table);
            }
        }

        Words.Print(table);
        if (answer.BestOnTest is { } best)
        {
            Console.Out.WriteLine($"model of epoch {answer.KeptEpoch}; best test score of all epochs, as published tables give it: {Measure(best.Test, classes)} (epoch {best.Number})");
        }

        Console.Out.WriteLine(answer.Proof.Holds
            ? $"fixed numbers unchanged: SHA-256 {answer.Proof.After[..16]}… before, after, and drawn anew on {answer.Proof.Threads} thread{(answer.Proof.Threads == 1 ? "" : "s")}"
            : $"FIXED NUMBERS CHANGED: SHA-256 {answer.Proof.Before} before, {answer.Proof.After} after, {answer.Proof.Again} drawn anew. Please report it.");
        Console.Out.WriteLine(
            $"{answer.Seconds.Total:0.00} s (read {answer.Seconds.Read:0.00}, train {answer.Seconds.Fit:0.00} on {answer.Seconds.FitCpu:0.00} CPU seconds, {answer.RowsPerSecond:0} rows/s), " +
            $"peak memory {Options.Size.Text(answer.PeakMemoryBytes)}, {answer.Threads} threads, seed {answer.Manifest.Seed}");
        if (model is not null)
        {
            Console.Out.WriteLine($"model: {model} ({Options.Size.Text(new FileInfo(model).Length)})");
        }

        if (!quiet)
        {
            Words.Notes(answer.Notes);
        }
    }

    private static string Measure(double? value, bool classes) => classes ? Words.Percent(value) : Words.Number(value);

    private static string Summary(TrainedPart part) =>
        $"learned: {part.Learn}, {part.Trainable} of {part.Total} parameters ({100.0 * part.Trainable / part.Total:0.##} %); the other {part.Total - part.Trainable} are {part.Fixed} ({part.Prior})";

    private static Table Layers(TrainedPart part)
    {
        Table table = Words.Table("layer", "parameters", "learned", "share");
        foreach (LayerShare layer in part.Layers)
        {
            table.Row(layer.Name, $"{layer.Total}", $"{layer.Trainable}", $"{100.0 * layer.Trainable / layer.Total:0.##} %");
        }

        return table;
    }
}
