using SeedHead.Studies;
using Spectre.Console;
using static System.FormattableString;

namespace SeedHead.Cli.Output;

/// <summary>A probe for a reader at the terminal: the verdict first.</summary>
internal static class ProbeText
{
    public static void Print(ProbeAnswer answer, bool quiet, string? report)
    {
        Console.Out.WriteLine($"{answer.Data}, {answer.Target}: {answer.Sentence}");
        foreach (string evidence in answer.Evidence)
        {
            Console.Out.WriteLine(evidence);
        }

        Words.Print(Errors(answer));
        Console.Out.WriteLine(Invariant($"At {4 * answer.Widths[^1].At:0} features: {Interval(answer.AtFourTimes)}; with {4 * answer.LearnedRows} rows to learn from: {Interval(answer.AtFourTimesRows)} (extrapolated, 90 % intervals)."));
        Table degrees = Words.Table("degree", "explained up to it", "energy at it", "p");
        foreach (ProbeShare share in answer.Degrees)
        {
            degrees.Row($"{share.Degree}", Words.Percent(share.Explained), Words.Percent(share.Share), Invariant($"{share.P:0.00}"));
        }

        Words.Print(degrees);
        Console.Out.WriteLine(Invariant($"{answer.Rows} rows, {answer.Columns} columns, {answer.Seconds:0.0} s, {answer.Threads} threads") + (report is null ? "" : $"; {report}: the report"));
        if (!quiet)
        {
            Words.Notes(answer.Notes);
        }
    }

    private static Table Errors(ProbeAnswer answer)
    {
        Table table = Words.Table("learner", "rows", "error", "std. error");
        void Row(string name, double rows, ProbePoint point) => table.Row(name, Invariant($"{rows:0}"), Words.Number(point.Error), Words.Number(point.StandardError));
        foreach (ProbePoint point in answer.Widths)
        {
            Row(Invariant($"{point.At} random features"), answer.LearnedRows, point);
        }

        Row("infinitely many", answer.LearnedRows, answer.Infinite);
        foreach (ProbePoint point in answer.RowCurve.SkipLast(1))
        {
            Row(Invariant($"{answer.Widths[^1].At} random features"), point.At, point);
        }

        if (answer.Trained is { } trained)
        {
            Row(Invariant($"{trained.At} trained neurons"), answer.LearnedRows, trained);
        }

        Row(Invariant($"{answer.Step.At} neurons, one gradient step"), answer.LearnedRows, answer.Step);
        return table;
    }

    private static string Interval(ProbeInterval interval) => Invariant($"{interval.Value:0.####} ({interval.Low:0.####} to {interval.High:0.####})");
}
