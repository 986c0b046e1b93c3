using SeedHead.Studies;
using Spectre.Console;

namespace SeedHead.Cli.Output;

/// <summary>A map of complexities for a reader at the terminal.</summary>
internal static class ComplexityText
{
    public static void Print(ComplexityAnswer answer, bool quiet, string? folder)
    {
        Console.Out.WriteLine($"{answer.Net}, {answer.Prior}: {answer.Networks} networks a cell, {answer.Side} points an axis, seed {answer.Manifest.Seed}");
        foreach (MeasureSummary measure in answer.Measures)
        {
            Map(measure.Name, measure.Meaning, answer.Cells);
        }

        if (answer.Target is { } target)
        {
            Target(target);
        }

        foreach (ReachedScale reached in answer.Reached)
        {
            Console.Out.WriteLine(Describe(reached, answer.Measures[0].Name));
        }

        Console.Out.WriteLine($"{answer.Seconds:0.0} s, {answer.Threads} threads" + (folder is null ? "" : $"; {folder}: map.json, map.csv, report.html, figures"));
        if (!quiet)
        {
            Words.Notes(answer.Notes);
        }
    }

    private static void Map(string name, string meaning, IReadOnlyList<ComplexityCell> all)
    {
        Console.Out.WriteLine($"{name}: {meaning}");
        ComplexityCell[] cells = [.. all.Where(cell => cell.Measure == name)];
        int[] depths = [.. cells.Select(cell => cell.Depth).Distinct()];
        Table table = Words.Table(["scale", .. depths.Select(depth => $"depth {depth}")]);
        foreach (double scale in cells.Select(cell => cell.Scale).Distinct())
        {
            table.Row([$"{scale:0.####}", .. depths.Select(depth => Cell(cells.First(cell => cell.Scale == scale && cell.Depth == depth)))]);
        }

        Words.Print(table);
    }

    private static string Cell(ComplexityCell cell) =>
        (cell.Mean is { } mean ? Short(mean, 4) : "undefined")
        + (cell.Deviation is { } deviation ? $" ± {Short(deviation, 2)}" : "")
        + (cell.Undefined > 0 && cell.Mean is not null ? $" ({cell.Undefined} undefined)" : "");

    /// <summary>So many digits that count, none of them in an exponent; whole numbers stay whole.</summary>
    private static string Short(double value, int digits)
    {
        double size = Math.Abs(value);
        int decimals = 0;
        for (double unit = 1; decimals < 8 && size < unit * (digits == 4 ? 1000 : 10); unit /= 10)
        {
            decimals++;
        }

        return value.ToString($"F{decimals}");
    }

    private static void Target(TargetComplexity target)
    {
        Console.Out.WriteLine(
            $"{target.Data}, target {target.Target}, {target.Rows} rows: variation along paths between rows {Words.Number(target.PathVariation)} " +
            $"± {Words.Number(target.PathStandardError)} (standard error), roughness at rows {Words.Number(target.Roughness)}");
        if (target.Networks.Count == 0)
        {
            Console.Out.WriteLine($"To compare networks at the same rows give a --net with {target.Columns} inputs.");
            return;
        }

        Map(TargetComplexity.PathWord, "networks along the same paths, in ranges of the function", target.Networks);
        Map(TargetComplexity.RoughWord, "networks at the same rows", target.Networks);
    }

    private static string Describe(ReachedScale reached, string measure) => reached.Scale is { } scale
        ? $"depth {reached.Depth}: {measure} {Words.Number(reached.Value)} at scale {Words.Number(scale)}"
            + (reached.StandardError is { } error ? $" ± {Words.Number(error)} (standard error)" : "")
        : $"depth {reached.Depth}: {measure} {Words.Number(reached.Value)} is not reached; means lie between {Words.Number(reached.Least)} and {Words.Number(reached.Greatest)}";
}
