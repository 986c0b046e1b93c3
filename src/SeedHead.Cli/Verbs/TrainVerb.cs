using System.CommandLine;
using System.Diagnostics;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using SeedHead.Models;
using SeedHead.Report;
using SeedHead.Studies;
using SeedHead.Training;

namespace SeedHead.Cli.Verbs;

/// <summary>train: learn a part of a network, with proof that the rest stayed as the seed says.</summary>
internal static class TrainVerb
{
    private static readonly Option<string?> Checkpoint = new("--checkpoint")
    {
        Description = "File in which training is kept while it goes on; if it exists, training goes on from it, bit for bit.",
        HelpName = "FILE",
    };

    private static readonly Option<double> CheckpointMinutes = new("--checkpoint-minutes")
    {
        Description = "Minutes between two checkpoints.",
        HelpName = "M",
        DefaultValueFactory = _ => 5,
        CustomParser = Parsing.With(text => double.TryParse(text, out double value) && value is >= 0 and < 1e6
            ? value
            : throw new FormatException($"'{text}' is not a number of minutes. Give 0 for a checkpoint after every step, or more.")),
    };

    private static readonly Option<string?> ReportFile = new("--report") { Description = "Also write the HTML report.", HelpName = "FILE" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Print what would be learned of every layer, and stop." };

    public static Command Create()
    {
        var command = new Command("train", "Learn a part of a network; all the rest stays random, and a hash proves it.");
        command.Arguments.Add(Common.Data);
        command.Options.Add(Common.Out);
        command.Options.Add(ReportFile);
        command.Options.Add(Splitting.Test);
        command.Options.Add(Splitting.TestShare);
        Common.AddReading(command);
        Options.Training.Add(command);
        command.Options.Add(Checkpoint);
        command.Options.Add(CheckpointMinutes);
        command.Options.Add(Common.MaxMemory);
        command.Options.Add(Common.TimeLimit);
        command.Options.Add(DryRun);
        Common.AddRunning(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        string? path = parsed.GetValue(Common.Out), checkpoint = parsed.GetValue(Checkpoint);
        Destination.Check(path);
        Destination.Check(checkpoint);
        Destination.Check(parsed.GetValue(ReportFile));
        string[] files = [.. new[] { path, checkpoint, parsed.GetValue(ReportFile) }.OfType<string>().Select(Path.GetFullPath)];
        if (files.Length > files.Distinct(StringComparer.Ordinal).Count())
        {
            throw new ArgumentException("--out, --checkpoint and --report name the same file twice. Give each a file of its own.");
        }

        bool quiet = parsed.GetValue(Common.Quiet), isJson = parsed.GetValue(Common.Json);
        TrainOptions options = Options.Training.Read(parsed);
        DatasetPair data = Splitting.Read(parsed, parsed.GetValue(Common.Seed), cancellation);
        var said = new HashSet<string>(StringComparer.Ordinal);
        var question = new TrainQuestion
        {
            Train = data.Train,
            Test = data.Test,
            Net = parsed.GetValue(Options.Training.Net),
            Learn = parsed.GetValue(Options.Training.Learn) ?? LearnedPart.Parse(TrainDefaults.Learn),
            Prior = Options.Training.ReadPrior(parsed),
            Fixed = FixedWords.Parse(parsed.GetValue(Options.Training.Fixed) ?? "random"),
            Seed = parsed.GetValue(Common.Seed),
            Options = options,
            ValidationShare = parsed.GetValue(Options.Training.ValidationShare) ?? 0.1,
            KeepBest = parsed.GetValue(Options.Training.Keep) == "best",
            CheckpointFile = checkpoint,
            CheckpointEvery = TimeSpan.FromMinutes(parsed.GetValue(CheckpointMinutes)),
            Ended = quiet ? null : TrainText.Epoch,
            Warn = text =>
            {
                ProgressLine.Clear();
                Words.Notes([text]);
                said.Add(text);
            },
            MaxMemory = parsed.GetValue(Common.MaxMemory),
            TimeLimit = parsed.GetValue(Common.TimeLimit),
            ReadSeconds = clock.Elapsed.TotalSeconds,
            Text = Options.Training.Text(parsed),
        };
        if (parsed.GetValue(DryRun))
        {
            (TrainedPart part, TrainForecast forecast, IReadOnlyList<string> notes) = question.Foresee(Common.Execution(parsed, cancellation));
            TrainText.Print(part, forecast, notes, isJson);
            return CommandLine.Done;
        }

        (SeedHeadModel model, TrainAnswer answer) = question.Run(Common.Execution(parsed, cancellation));
        if (path is not null)
        {
            ModelFile.Save(model, path);
        }

        if (parsed.GetValue(ReportFile) is string report)
        {
            Destination.Write(report, TrainReport.Html(answer));
        }

        if (checkpoint is not null && path is not null)
        {
            File.Delete(checkpoint); // the model holds what it held
        }

        ProgressLine.Clear();
        if (isJson)
        {
            Console.Out.WriteLine(TrainJson.Write(answer));
        }
        else
        {
            TrainText.Print(answer with { Notes = [.. answer.Notes.Where(note => !said.Contains(note))] }, quiet, path);
        }

        return CommandLine.Done;
    }
}
