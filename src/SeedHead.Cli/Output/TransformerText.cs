using SeedHead.Studies;
using Spectre.Console;

namespace SeedHead.Cli.Output;

/// <summary>The complexity of sequences for a reader at the terminal.</summary>
internal static class TransformerText
{
    public static void Print(TransformerAnswer answer, bool quiet, string? folder)
    {
        Console.Out.WriteLine(
            $"{answer.Net}: {answer.Networks} sequences of {answer.Length + 1} tokens a cell"
            + $"{(answer.SharesWeights ? ", all of one network" : ", each of a network of its own")}, seed {answer.Manifest.Seed}");
        Console.Out.WriteLine($"{TransformerAnswer.Measure}: {TransformerAnswer.Meaning}; equal tokens {answer.Constant:0.0000}, random tokens {answer.Random:0.0000}; mean ± standard error");
        foreach (IGrouping<int, TransformerCell> depth in answer.Cells.GroupBy(cell => cell.Complexity.Depth))
        {
            Console.Out.WriteLine($"depth {depth.Key}");
            string[] activations = [.. depth.Select(cell => cell.Activation).Distinct()];
            Table table = Words.Table(["norm scale", .. activations]);
            foreach (IGrouping<double, TransformerCell> row in depth.GroupBy(cell => cell.Complexity.Scale))
            {
                table.Row([$"{row.Key:0.####}", .. row.Select(cell => Cell(cell.Complexity))]);
            }

            Words.Print(table);
        }

        Trends(answer);
        Contrasts(answer);
        Console.Out.WriteLine($"{answer.Seconds:0.0} s, {answer.Threads} threads" + (folder is null ? "" : $"; {folder}: map.json, map.csv, report.html"));
        if (!quiet)
        {
            Words.Notes(answer.Notes);
        }
    }

    private static string Cell(ComplexityCell cell) => cell.Mean is not { } mean
        ? "undefined"
        : $"{mean:0.0000}{(cell.StandardError is { } error ? $" ± {error:0.0000}" : "")}{(cell.Undefined > 0 ? $" ({cell.Undefined} undefined)" : "")}";

    private static void Trends(TransformerAnswer answer)
    {
        foreach (NormTrend trend in answer.Trends)
        {
            Console.Out.WriteLine(
                $"{trend.Activation}, depth {trend.Depth}: rank correlation of complexity and norm scale {trend.Correlation.Mean:0.000}, "
                + $"95 % interval {trend.Correlation.Low:0.000} to {trend.Correlation.High:0.000}; of the means {trend.OfMeans:0.000}");
        }
    }

    private static void Contrasts(TransformerAnswer answer)
    {
        if (answer.Contrasts.Count == 0)
        {
            return;
        }

        Console.Out.WriteLine($"against {answer.Contrasts[0].Against}, same weights: mean difference ± standard error, one-sided p");
        foreach (ActivationContrast contrast in answer.Contrasts)
        {
            Console.Out.WriteLine(
                $"  depth {contrast.Depth}, norm scale {contrast.NormScale:0.####}, {contrast.Activation}: {contrast.Difference:+0.0000;-0.0000;0} ± {contrast.StandardError:0.0000}, p {(contrast.P < 1e-99 ? "< 1e-99" : $"{contrast.P:0.##e+0}")}");
        }
    }
}
