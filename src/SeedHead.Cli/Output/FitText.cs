using SeedHead.Studies;
using Spectre.Console;

namespace SeedHead.Cli.Output;

/// <summary>A fit's answer for a reader at the terminal.</summary>
internal static class FitText
{
    public static void Print(FitAnswer answer, bool quiet, string? model)
    {
        bool classes = answer.Data.Classes is not null;
        Console.Out.WriteLine(
            $"{answer.Data.Name}: {answer.Data.Rows} rows, {answer.Data.Columns} columns, target {answer.Data.Target}" +
            (classes ? $", {answer.Data.Classes!.Count} classes" : ""));
        Console.Out.WriteLine(Words.Describe(answer.Model));
        if (answer.Architectures is { } ranking)
        {
            RankingText.Print(ranking, classes);
        }

        var table = Words.ScoreTable(classes);
        Words.Score("train", answer.Train, table);
        if (answer.LeaveOneOut is not null)
        {
            Words.Score("leave-one-out", answer.LeaveOneOut, table);
        }

        if (answer.Folds is not null)
        {
            Words.Score("5 folds", answer.Folds, table);
        }

        if (answer.Test is not null)
        {
            Words.Score("test", answer.Test, table);
        }

        Words.Print(table);
        if (answer.Widths.Count > 1)
        {
            Console.Out.WriteLine("width → leave-one-out error: " + string.Join(", ", answer.Widths.Select(w => $"{w.Width} → {Words.Number(w.Error)}")));
        }

        if (answer.Seeds.Count > 1)
        {
            double mean = answer.Seeds.Average(seed => seed.Value);
            double spread = Math.Sqrt(answer.Seeds.Sum(seed => (seed.Value - mean) * (seed.Value - mean)) / (answer.Seeds.Count - 1));
            Console.Out.WriteLine($"over {answer.Seeds.Count} seeds: {Words.Number(mean)} ± {Words.Number(spread)} (standard deviation)");
        }

        Console.Out.WriteLine(
            $"{answer.Seconds.Total:0.00} s (read {answer.Seconds.Read:0.00}, fit {answer.Seconds.Fit:0.00} on {answer.Seconds.FitCpu:0.00} CPU seconds, predict {answer.Seconds.Predict:0.00}), " +
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
}
