using SeedHead.Heads;
using SeedHead.Studies;
using Spectre.Console;
using static System.FormattableString;

namespace SeedHead.Cli.Output;

/// <summary>What kernels learned, for a reader at the terminal and as CSV.</summary>
internal static class KernelSolveText
{
    public static void Print(KernelSolveAnswer answer, bool quiet)
    {
        bool classes = answer.Data.Classes is not null;
        Console.Out.WriteLine(
            $"{answer.Data.Name}: {answer.Data.Rows} rows, {answer.Data.Columns} columns, target {answer.Data.Target}" + (classes ? $", {answer.Data.Classes!.Count} classes" : "") +
            $"; {answer.Kind} of {answer.Prior}, {answer.Solver}");
        Words.Print(Depths(answer, classes));
        Console.Out.WriteLine($"chosen by {(answer.Choice == NoiseChoice.MarginalLikelihood ? "marginal likelihood" : classes ? "left-out log-loss" : "left-out squared error")}: {answer.Chosen.Net}");
        Table scores = Words.ScoreTable(classes);
        Words.Score("train", answer.Train, scores);
        Words.Score("left out", answer.Chosen.LeftOut, scores);
        if (answer.Test is not null)
        {
            Words.Score("test", answer.Test, scores);
        }

        Words.Print(scores);
        if (answer.MeanStandardisedLogLoss is { } loss)
        {
            Console.Out.WriteLine($"test: mean standardised log loss {Words.Number(loss)}");
        }

        Console.Out.WriteLine(
            Invariant($"{answer.Seconds.Total:0.00} s (read {answer.Seconds.Read:0.00}, fit {answer.Seconds.Fit:0.00} on {answer.Seconds.FitCpu:0.00} CPU seconds, predict {answer.Seconds.Predict:0.00}), ") +
            $"peak memory {Options.Size.Text(answer.PeakMemoryBytes)}, {answer.Threads} threads, seed {answer.Manifest.Seed}");
        if (!quiet)
        {
            Words.Notes(answer.Notes);
        }
    }

    /// <summary>The test rows' predictions, row after row.</summary>
    public static void WriteCsv(Stream stream, KernelSolveAnswer answer)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        int outputs = answer.Data.Classes?.Count ?? 1;
        writer.WriteLine(answer.Data.Classes is { } names ? "prediction" + string.Concat(names.Select(name => "," + Quoted("p_" + name))) : "prediction");
        float[] values = [.. answer.Predictions];
        for (int row = 0; row < values.Length / outputs; row++)
        {
            ReadOnlySpan<float> at = values.AsSpan(row * outputs, outputs);
            if (answer.Data.Classes is null)
            {
                writer.WriteLine(Invariant($"{at[0]}"));
                continue;
            }

            writer.Write(Quoted(answer.Data.Classes[Scoring.Largest(at)]));
            foreach (float value in at)
            {
                writer.Write(Invariant($",{value:0.######}"));
            }

            writer.WriteLine();
        }
    }

    private static Table Depths(KernelSolveAnswer answer, bool classes)
    {
        Table table = Words.Table("depth", "noise", classes ? "left-out accuracy" : "left-out RMSE", classes ? "log-loss" : "R²", "marginal likelihood", "kernel s", "solve s");
        foreach (KernelDepth depth in answer.Depths)
        {
            table.Row(
                $"{depth.Depth}", Words.Number(depth.Noise), classes ? Words.Percent(depth.LeftOut.Accuracy) : Words.Number(depth.LeftOut.Rmse),
                Words.Number(classes ? depth.LeftOut.LogLoss : depth.LeftOut.R2), depth.LogMarginalLikelihood is { } likelihood ? Invariant($"{likelihood:0.0}") : "–",
                Invariant($"{depth.KernelSeconds:0.00}"), Invariant($"{depth.SolveSeconds:0.00}"));
        }

        return table;
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
