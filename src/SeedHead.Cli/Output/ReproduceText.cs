using SeedHead.Studies;
using Spectre.Console;

namespace SeedHead.Cli.Output;

/// <summary>A repeated paper's checks for a reader at the terminal.</summary>
internal static class ReproduceText
{
    public static void Print(ReproduceAnswer answer, bool quiet, string? folder)
    {
        Console.Out.WriteLine(answer.Source);
        var table = Words.Table("", "statistic", "ours", "threshold", "holds", answer.Beside.Head);
        foreach (Check check in answer.Checks)
        {
            table.Row(check.Id, check.Statistic, ReproduceCsv.Ours(check), check.Threshold, ReproduceCsv.Holds(check), check.Published);
        }

        table.Columns[1].Alignment = table.Columns[5].Alignment = Justify.Left;
        Words.Print(table);
        foreach (Check check in answer.Checks)
        {
            Console.Out.WriteLine($"{check.Id}. {check.Finding} {check.Evidence}");
        }

        string[] failed = [.. answer.Checks.Where(check => check.Holds == false).Select(check => check.Id)];
        Console.Out.WriteLine(failed.Length == 0 ? "no check failed" : $"failed: {string.Join(", ", failed)}");
        Console.Out.WriteLine($"{answer.Cells.Count} cells, {answer.Seconds:0} s of computing{(folder is null ? "" : $"; tables and page in {folder}")}");
        if (!quiet)
        {
            Words.Notes(answer.Notes);
        }
    }
}
