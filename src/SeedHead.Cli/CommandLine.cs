using System.CommandLine;
using System.CommandLine.Help;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Cli.Verbs;
using SeedHead.Studies;

namespace SeedHead.Cli;

/// <summary>The command `seedhead`: parses, runs one verb, turns every fault into one or two lines and an exit code.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int CheckFailed = 1;
    public const int WrongUsage = 2;
    public const int BadData = 3;
    public const int OutOfAllowance = 4;
    public const int Cancelled = 130;

    public static RootCommand Root()
    {
        var root = new RootCommand("Learn with networks whose weights are random: a model is a seed and a head.");
        foreach (Command verb in (Command[])[
            FitVerb.Create(), TrainVerb.Create(), PredictVerb.Create(), ScoreVerb.Create(), InspectVerb.Create(), UpdateVerb.Create(), MergeVerb.Create(),
            ForgetVerb.Create(), FeaturesVerb.Create(), KernelVerb.Create(), ComplexityVerb.Create(), LimitsVerb.Create(), ReproduceVerb.Create(),
            DataVerb.Create(), ReportVerb.Create(), ServeVerb.Create()])
        {
            root.Subcommands.Add(verb);
        }

        return root;
    }

    public static int Run(string[] arguments)
    {
        RootCommand root = Root();
        ParseResult parsed = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            return Usage(parsed);
        }

        using var cancellation = new CancellationTokenSource();
        ConsoleCancelEventHandler stop = (_, e) =>
        {
            e.Cancel = !cancellation.IsCancellationRequested; // a second Ctrl-C ends the process at once
            cancellation.Cancel();
        };
        Console.CancelKeyPress += stop;
        using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGTERM,
            context =>
            {
                context.Cancel = true;
                cancellation.Cancel();
            });
        try
        {
            var settings = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return parsed.InvokeAsync(settings, cancellation.Token).GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            return Fault(e);
        }
        finally
        {
            ProgressLine.Clear();
            Console.CancelKeyPress -= stop;
        }
    }

    private static int Fault(Exception e) => e switch
    {
        StoppedException => Say(e.Message, Cancelled),
        OperationCanceledException => Say("Cancelled: nothing was written.", Cancelled),
        AggregateException { InnerException: { } inner } => Fault(inner),
        DataException => Say(e.Message, BadData),
        ForecastException => Say(e.Message, OutOfAllowance),
        OutOfMemoryException => Say("The machine has no more memory to give. Take a smaller --width, fewer rows, or set --max-memory to be told beforehand.", OutOfAllowance),
        FormatException or ArgumentException => Say(e.Message.Split(" (Parameter", 2)[0], WrongUsage),
        IOException { HResult: 32 } => Done, // the reader of our pipe has left
        IOException or UnauthorizedAccessException => Say(e.Message, BadData),
        _ => Say($"A fault of SeedHead itself: {e.GetType().Name}: {e.Message} Please report it with the command line.", 70),
    };

    private static int Say(string message, int code)
    {
        ProgressLine.Clear();
        Console.Error.WriteLine($"seedhead: {message}");
        return code;
    }

    private static int Usage(ParseResult parsed)
    {
        string message = parsed.Errors[0].Message;
        string? stray = parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-'));
        if (stray is not null)
        {
            Command command = parsed.CommandResult.Command;
            message = $"{command.Name} has no option {stray}.{Nearest(stray, command.Options.Select(option => option.Name))}";
        }
        else if (parsed.UnmatchedTokens.Count > 0 && parsed.CommandResult.Command is RootCommand root)
        {
            string verb = parsed.UnmatchedTokens[0];
            message = $"There is no verb '{verb}'.{Nearest(verb, root.Subcommands.Select(command => command.Name))}";
        }

        string name = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
        return Say($"{message} `seedhead {name}--help` lists what there is.", WrongUsage);
    }

    private static string Nearest(string word, IEnumerable<string> known)
    {
        string? nearest = Data.Nearest.Find(word, [.. known]);
        return nearest is null ? "" : $" Did you mean {nearest}?";
    }
}
