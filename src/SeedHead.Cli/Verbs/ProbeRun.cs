using System.CommandLine;
using System.CommandLine.Parsing;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Cli.Verbs;

/// <summary>limits --on: the probe of a user's data.</summary>
internal static class ProbeRun
{
    private static readonly Option<string?> On = new("--on") { Description = "Data to probe: will more random features help, or must a part be trained?", HelpName = "DATA" };

    private static readonly Option<int> Repeats = new("--repeats")
    {
        Description = "With --on: seeds, each with a quarter of the rows to test on; 2 to 4.",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
        CustomParser = Parsing.Whole(2),
    };

    private static readonly Option<int> Rows = new("--rows")
    {
        Description = "With --on: of more rows a seeded sample is looked at.",
        HelpName = "N",
        DefaultValueFactory = _ => 3000,
        CustomParser = Parsing.Whole(ProbeQuestion.LeastRows),
    };

    private static readonly Option<string?> ReportFile = new("--report") { Description = "With --on: also write the HTML report.", HelpName = "FILE" };

    public static IEnumerable<Option> Options => [On, Repeats, Rows, ReportFile];

    public static bool Asked(ParseResult parsed) => parsed.GetValue(On) is not null;

    /// <summary>Refuses what belongs to the studies.</summary>
    public static void RequireNone(ParseResult parsed, IEnumerable<Symbol> others)
    {
        foreach (Symbol other in others)
        {
            SymbolResult? found = other is Option option ? parsed.GetResult(option) : parsed.GetResult((Argument)other);
            if (found is OptionResult { Implicit: false } or ArgumentResult { Tokens.Count: > 0 })
            {
                throw new ArgumentException($"{(other is Option ? other.Name : "A study")} does not go with --on. With --on there are --width (one), --repeats, --rows and --report.");
            }
        }
    }

    public static int Run(ParseResult parsed, int[] widths, Execution run, CancellationToken cancellation)
    {
        string? report = parsed.GetValue(ReportFile);
        Destination.Check(report);
        if (widths.Length > 1)
        {
            throw new ArgumentException("--on takes one --width, the largest; its halves are tried too.");
        }

        var question = new ProbeQuestion
        {
            Data = DataSource.Load(parsed.GetValue(On)!, Common.Reading(parsed, cancellation)).Train,
            Width = widths is [int width] ? width : 512,
            Repeats = parsed.GetValue(Repeats),
            MostRows = parsed.GetValue(Rows),
            Seed = parsed.GetValue(Common.Seed),
        };
        Allow(parsed, question, run);
        ProbeAnswer answer = question.Run(run);
        if (report is not null)
        {
            Destination.Write(report, ProbeReport.Html(answer));
        }

        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(AnswerJson.Write(answer));
        }
        else
        {
            ProbeText.Print(answer, parsed.GetValue(Common.Quiet), report);
        }

        return CommandLine.Done;
    }

    private static void Allow(ParseResult parsed, ProbeQuestion question, Execution run)
    {
        long bytes = question.ForecastBytes;
        if (bytes > (parsed.GetValue(Common.MaxMemory) ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes))
        {
            throw new ForecastException($"The probe would need about {Size.Text(bytes)}, more than there is or --max-memory allows. Take a smaller --width or fewer --rows.");
        }

        if (parsed.GetValue(Common.TimeLimit) is { } limit && question.ForecastSeconds(run) is var seconds && seconds > limit)
        {
            throw new ForecastException(FormattableString.Invariant(
                $"The probe would take about {seconds:0.#} s, more than the {limit:0.#} s of --time-limit. Take a smaller --width or fewer --rows."));
        }
    }
}
