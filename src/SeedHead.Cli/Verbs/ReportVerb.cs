using System.CommandLine;
using System.Text;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Cli.Verbs;

/// <summary>report: saved answers → one self-contained HTML file.</summary>
internal static class ReportVerb
{
    private static readonly Argument<string[]> Answers = new("ANSWER")
    {
        Description = "Files that `seedhead fit … --json` wrote; - reads one from standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new Command("report", "Turn saved answers into one self-contained HTML file.");
        command.Arguments.Add(Answers);
        command.Options.Add(Common.Out);
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed)));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string? path = parsed.GetValue(Common.Out);
        Destination.Check(path);
        FitAnswer[] answers = [.. parsed.GetValue(Answers)!.Select(Read)];
        byte[] html = Encoding.UTF8.GetBytes(FitReport.Html(answers));
        if (path is null)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(html);
        }
        else
        {
            AtomicFile.Write(path, stream => stream.Write(html));
            Console.Out.WriteLine($"report: {path} ({Size.Text(html.Length)})");
        }

        return CommandLine.Done;
    }

    private static FitAnswer Read(string path)
    {
        if (path == "-")
        {
            return AnswerJson.Read(Console.In.ReadToEnd(), "standard input");
        }

        if (!File.Exists(path))
        {
            throw new DataException($"{path}: no such file. Save an answer with `seedhead fit DATA --json > answer.json`.");
        }

        return AnswerJson.Read(File.ReadAllText(path), path);
    }
}
