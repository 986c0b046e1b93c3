using System.CommandLine;
using System.Diagnostics;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using SeedHead.Models;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Cli.Verbs;

/// <summary>fit: data → model, with its scores.</summary>
internal static class FitVerb
{
    private static readonly Option<int> Seeds = new("--seeds")
    {
        Description = "Score this many seeds on the test rows, to see the spread.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = Parsing.Whole(1),
    };

    private static readonly Option<double?> RequireAccuracy = Parsing.Option(
        "--require-accuracy",
        "End with code 1 when the test accuracy (leave-one-out without a test set) is lower.",
        text => double.TryParse(text, out double value) && value is >= 0 and <= 1 ? value : throw new FormatException($"'{text}' is not an accuracy between 0 and 1."),
        "A");

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Print rows, features, bytes and seconds to expect, and stop." };

    private static readonly Option<string?> ReportFile = new("--report") { Description = "Also write the HTML report.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("fit", "Learn a model from data and say how good it is.");
        command.Arguments.Add(Common.Data);
        command.Options.Add(Common.Out);
        command.Options.Add(ReportFile);
        command.Options.Add(Splitting.Test);
        command.Options.Add(Splitting.TestShare);
        command.Options.Add(Seeds);
        Common.AddReading(command);
        Learning.Add(command);
        command.Options.Add(RequireAccuracy);
        command.Options.Add(DryRun);
        Common.AddRunning(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Destination.Check(parsed.GetValue(Common.Out));
        Destination.Check(parsed.GetValue(ReportFile));
        LearnOptions options = Learning.Read(parsed);
        Execution run = Common.Execution(parsed, cancellation);
        DatasetPair data = Splitting.Read(parsed, options.Seed, cancellation);
        var question = new FitQuestion
        {
            Train = data.Train,
            Test = data.Test,
            Options = options,
            FurtherSeeds = parsed.GetValue(Seeds) - 1,
            ReadSeconds = clock.Elapsed.TotalSeconds,
        };
        if (parsed.GetValue(DryRun))
        {
            ForecastText.Print(question.Foresee(run), question.ForeseeChoice(run), parsed.GetValue(Common.Json));
            return CommandLine.Done;
        }

        (SeedHeadModel model, FitAnswer answer) = question.Run(run);
        cancellation.ThrowIfCancellationRequested();
        if (parsed.GetValue(Common.Out) is string path)
        {
            ModelFile.Save(model, path);
        }

        if (parsed.GetValue(ReportFile) is string report)
        {
            Destination.Write(report, FitReport.Html([answer]));
        }

        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(AnswerJson.Write(answer));
        }
        else
        {
            FitText.Print(answer, parsed.GetValue(Common.Quiet), parsed.GetValue(Common.Out));
        }

        return Gate(parsed.GetValue(RequireAccuracy), answer);
    }

    private static int Gate(double? required, FitAnswer answer)
    {
        double? accuracy = (answer.Test ?? answer.LeaveOneOut)?.Accuracy;
        if (required is null)
        {
            return CommandLine.Done;
        }

        if (accuracy is null)
        {
            throw new ArgumentException("--require-accuracy asks for classes, but the target is a number.");
        }

        if (accuracy < required)
        {
            Console.Error.WriteLine($"seedhead: accuracy {accuracy:0.0000} is below the required {required:0.0000}.");
            return CommandLine.CheckFailed;
        }

        return CommandLine.Done;
    }
}
