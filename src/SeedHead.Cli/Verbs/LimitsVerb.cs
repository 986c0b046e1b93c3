using System.CommandLine;
using System.Globalization;
using System.Text;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Studies;

namespace SeedHead.Cli.Verbs;

/// <summary>limits: when random features suffice and when they must fail, without rows and noise.</summary>
internal static class LimitsVerb
{
    private static readonly Argument<string?> Study = new("STUDY")
    {
        Description = $"A study: {string.Join(", ", LimitsQuestion.Studies)}. None with --on.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int[]> Dimensions = List("--dimension", "Input dimensions, e.g. 3,5,9. Default: those of the study.");

    private static readonly Option<int[]> Widths = List("--width", "Numbers of features (of neurons for tangent features), e.g. 16,128. Default: those of the study.");

    private static readonly Option<int> Targets = Whole("--targets", "Targets of a draw.", 200);

    private static readonly Option<int> Draws = Whole("--draws", "Draws of the features.", 4);

    private static readonly Option<double[]> Biases = new("--bias")
    {
        Description = "Biases of target neurons, for E11, e.g. 0,0.5,-1.",
        HelpName = "LIST",
        DefaultValueFactory = _ => [],
        CustomParser = Parsing.With(text => text.Split(',').Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? value : throw new FormatException($"'{part}' in '{text}' is not a number.")).ToArray()),
    };

    private static readonly Option<string?> Csv = new("--csv") { Description = "File for the curves as comma-separated values, bounds in their column.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("limits", "Show when random features suffice and when they must fail: exact errors and their bounds; or probe your own data.");
        command.Arguments.Add(Study);
        foreach (Option option in (Option[])[Dimensions, Widths, Targets, Draws, Biases, Csv, .. ProbeRun.Options, Common.Seed, Common.MaxMemory, Common.TimeLimit])
        {
            command.Options.Add(option);
        }

        Common.AddReading(command);

        Common.AddRunning(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        Execution run = Common.Execution(parsed, cancellation);
        if (ProbeRun.Asked(parsed))
        {
            ProbeRun.RequireNone(parsed, [Study, Dimensions, Targets, Draws, Biases, Csv]);
            return ProbeRun.Run(parsed, parsed.GetValue(Widths)!, run, cancellation);
        }

        string? csv = parsed.GetValue(Csv);
        Destination.Check(csv);
        var question = new LimitsQuestion
        {
            Study = parsed.GetValue(Study) ?? throw new ArgumentException($"Name a study, one of {string.Join(", ", LimitsQuestion.Studies)}, or data with --on."),
            Dimensions = parsed.GetValue(Dimensions)!,
            Widths = parsed.GetValue(Widths)!,
            Targets = parsed.GetValue(Targets),
            Draws = parsed.GetValue(Draws),
            Biases = parsed.GetValue(Biases)!,
            Seed = parsed.GetValue(Common.Seed),
        };
        Allow(parsed, question, run);
        LimitsAnswer answer = question.Run(run);
        if (csv is not null)
        {
            AtomicFile.Write(csv, stream => stream.Write(Encoding.UTF8.GetBytes(LimitsCsv.Write(answer))));
        }

        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(AnswerJson.Write(answer));
        }
        else
        {
            LimitsText.Print(answer, parsed.GetValue(Common.Quiet), csv);
        }

        return CommandLine.Done;
    }

    private static void Allow(ParseResult parsed, LimitsQuestion question, Execution run)
    {
        long bytes = question.ForecastBytes(run), there = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        long allowed = parsed.GetValue(Common.MaxMemory) ?? there;
        if (bytes > allowed)
        {
            string whose = parsed.GetValue(Common.MaxMemory) is null ? "this machine has" : "--max-memory allows";
            throw new ForecastException($"The study would need about {Size.Text(bytes)}, more than the {Size.Text(allowed)} that {whose}. Take a smaller --width or fewer --threads.");
        }

        if (parsed.GetValue(Common.TimeLimit) is { } limit && question.ForecastSeconds(run) is var seconds && seconds > limit)
        {
            throw new ForecastException(FormattableString.Invariant(
                $"The study would take about {seconds:0.#} s, more than the {limit:0.#} s of --time-limit. Take a smaller --width or fewer --draws."));
        }
    }

    private static Option<int[]> List(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "LIST",
        DefaultValueFactory = _ => [],
        CustomParser = Parsing.With(text => text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value : throw new FormatException($"'{part}' in '{text}' is not a whole number. Give a list as in 3,5,9.")).ToArray()),
    };

    private static Option<int> Whole(string name, string description, int usual) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = Parsing.Whole(1),
    };
}
