using System.CommandLine;
using System.Text;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Cli.Verbs;

/// <summary>reproduce: a paper's tables and figures, the published numbers beside ours.</summary>
internal static class ReproduceVerb
{
    private static readonly Argument<string> PaperName = new("PAPER")
    {
        Description = $"Which paper: {string.Join(", ", Papers.All.Select(paper => paper.Name))}.",
    };

    private static readonly Option<string?> Folder = new("--out", "-o")
    {
        Description = "Folder for finished cells, tables and the page. A run that was stopped goes on from it.",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> Full = new("--full") { Description = "The paper's own networks, data and protocol instead of the small form: days to months on a processor." };

    private static readonly Option<bool> Quick = new("--quick") { Description = "Built-in data and a tiny network: a look at the page in seconds; its checks decide nothing." };

    private static readonly Option<string?> Only = new("--only") { Description = "Studies to run, as in B1,B4. Default: all.", HelpName = "STUDIES" };

    private static readonly Option<int> Seeds = new("--seeds")
    {
        Description = "Seeds a cell, 1 and on.",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
        CustomParser = Parsing.Whole(1),
    };

    private static readonly Option<bool> Finished = new("--finished") { Description = "Run nothing: answer from the cells that --out holds so far." };

    private static readonly Option<bool> RequireChecks = new("--require-checks") { Description = "End with code 1 when a check fails; without it the code is 0 once everything has run." };

    public static Command Create()
    {
        var command = new Command("reproduce", "Repeat a paper's studies, its numbers beside ours, its findings as checks.");
        command.Arguments.Add(PaperName);
        foreach (Option option in (Option[])[Folder, Full, Quick, Only, Seeds, Finished, RequireChecks, Common.DataDirectory])
        {
            command.Options.Add(option);
        }

        Common.AddRunning(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        Paper paper = Papers.Find(parsed.GetValue(PaperName)!);
        ReproduceQuestion question = Question(parsed, paper, cancellation);
        ReproduceAnswer answer;
        try
        {
            answer = paper.Run(question, Common.Execution(parsed, cancellation));
        }
        catch (OperationCanceledException) when (question.Folder is not null)
        {
            ProgressLine.Clear();
            Console.Error.WriteLine($"seedhead: Cancelled: finished cells are kept in {question.Folder}; the same command goes on from there.");
            return CommandLine.Cancelled;
        }

        Keep(question.Folder, answer);
        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(ReproduceJson.Write(answer));
        }
        else
        {
            ReproduceText.Print(answer, parsed.GetValue(Common.Quiet), question.Folder);
        }

        return parsed.GetValue(RequireChecks) && answer.Checks.Any(check => check.Holds == false) ? CommandLine.CheckFailed : CommandLine.Done;
    }

    private static void Keep(string? folder, ReproduceAnswer answer)
    {
        if (folder is null)
        {
            return;
        }

        foreach (var (name, content) in ReproduceCsv.Files(answer).Append(("answer.json", ReproduceJson.Write(answer) + "\n")).Append(("report.html", ReproduceReport.Html(answer))))
        {
            AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(Encoding.UTF8.GetBytes(content)));
        }

        FigureFolder.Write(folder, FigureFiles.Of(answer));
    }

    private static ReproduceQuestion Question(ParseResult parsed, Paper paper, CancellationToken cancellation)
    {
        if (parsed.GetValue(Full) && parsed.GetValue(Quick))
        {
            throw new ArgumentException("--full and --quick exclude each other. Give one of them, or none for the small form.");
        }

        if (parsed.GetValue(Finished) && parsed.GetValue(Folder) is null)
        {
            throw new ArgumentException("--finished answers from a folder: give it with --out.");
        }

        return new()
        {
            Paper = paper.Name,
            FinishedOnly = parsed.GetValue(Finished),
            Form = parsed.GetValue(Full) ? ReproduceForm.Full : parsed.GetValue(Quick) ? ReproduceForm.Quick : ReproduceForm.Small,
            Only = parsed.GetValue(Only)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            Seeds = parsed.GetValue(Seeds),
            Folder = parsed.GetValue(Folder),
            Data = new()
            {
                DataDirectory = parsed.GetValue(Common.DataDirectory) ?? new Data.DataOptions().DataDirectory,
                Cancellation = cancellation,
                Progress = parsed.GetValue(Common.Quiet) ? null : ProgressLine.ForTerminal(),
            },
        };
    }
}
