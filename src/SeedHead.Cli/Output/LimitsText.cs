using SeedHead.Studies;
using Spectre.Console;

namespace SeedHead.Cli.Output;

/// <summary>A study of limits for a reader at the terminal.</summary>
internal static class LimitsText
{
    public static void Print(LimitsAnswer answer, bool quiet, string? csv)
    {
        Console.Out.WriteLine($"{answer.Study}: {answer.Title}; seed {answer.Manifest.Seed}");
        Console.Out.WriteLine(answer.Quantifiers);
        foreach (LimitsCurve curve in answer.Curves)
        {
            Curve(answer, curve);
        }

        Console.Out.WriteLine($"{answer.Seconds:0.0} s, {answer.Threads} threads" + (csv is null ? "" : $"; {csv}: the curves"));
        if (!quiet)
        {
            Words.Notes(answer.Notes);
        }
    }

    private static void Curve(LimitsAnswer answer, LimitsCurve curve)
    {
        string[] names = [.. new[] { curve.Dimension > 0 ? $"d = {curve.Dimension}" : "", curve.Label }.Where(name => name.Length > 0)];
        string slope = curve.Slope is { } fitted ? $"; slope {fitted:0.###}" + (curve.ExpectedSlope is { } expected ? $", expected {expected:0.###}" : "") : "";
        Console.Out.WriteLine($"{string.Join(", ", names)}: {answer.Quantity}{slope}");
        bool spread = curve.Points.Any(point => point.Min != point.Max), bound = curve.Points.Any(point => point.Bound is not null);
        Table table = Words.Table([answer.Axis, "mean", .. spread ? (string[])["std. error", "least", "greatest", "spread"] : [], .. bound ? (string[])["bound"] : []]);
        foreach (LimitsPoint point in curve.Points)
        {
            table.Row([
                Words.Number(point.At), Words.Number(point.Mean),
                .. spread ? (string[])[Words.Number(point.StandardError), Words.Number(point.Min), Words.Number(point.Max), Words.Number(point.Spread)] : [],
                .. bound ? (string[])[Words.Number(point.Bound)] : []]);
        }

        Words.Print(table);
    }
}
