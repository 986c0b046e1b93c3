using System.CommandLine;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using SeedHead.Cli.Output;
using SeedHead.Data;

namespace SeedHead.Cli.Options;

/// <summary>The options every verb shares.</summary>
internal static class Common
{
    public static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Seed of every random number.",
        HelpName = "N",
        DefaultValueFactory = _ => 42,
        CustomParser = Parsing.With(Parsing.Seed),
    };

    public static readonly Option<int> Threads = new("--threads")
    {
        Description = "Worker threads (never changes a result).",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        CustomParser = Parsing.Whole(1),
    };

    public static readonly Option<long?> MaxMemory = Parsing.Option(
        "--max-memory", "Memory the work may be forecast to need, e.g. 2GiB.", Size.Parse, "SIZE");

    public static readonly Option<double?> TimeLimit = Parsing.Option(
        "--time-limit",
        "Seconds the work may be forecast to take at a nominal machine speed.",
        text => double.TryParse(text, out double value) && value > 0 ? value : throw new FormatException($"'{text}' is not a number of seconds above 0."),
        "SECONDS");

    public static readonly Option<string?> Out = new("--out", "-o") { Description = "File to write; it is replaced whole or not at all.", HelpName = "FILE" };

    public static readonly Option<bool> Json = new("--json") { Description = "Print exactly one JSON object." };

    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "No progress, no notes." };

    public static readonly Option<string?> DataDirectory = new("--data-dir")
    {
        Description = "Folder of the known data sets. Default: $SEEDHEAD_DATA, else a folder of the user's cache.",
        HelpName = "DIR",
    };

    public static readonly Option<string?> Target = new("--target")
    {
        Description = "Column to predict. Default: target, class or label, else the last column.",
        HelpName = "COLUMN",
    };

    public static readonly Option<string[]> Category = new("--category")
    {
        Description = "Column to read as categories although it holds numbers (may be repeated).",
        HelpName = "COLUMN",
    };

    public static readonly Option<string?> Task = Choice("--task", "What the target is: auto, classification or regression.", "auto", "classification", "regression");

    public static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', values) };
        option.CustomParser = Parsing.With(text => values.Contains(text) ? text : throw new FormatException($"'{text}' is not one of {string.Join(", ", values)}."));
        return option;
    }

    public static readonly Option<string?> Header = Choice("--header", "Whether the first line of a CSV file names the columns. Default: detected.", "auto", "yes", "no");

    public static readonly Argument<string> Data = new("DATA")
    {
        Description = "A built-in or known set (digits, mnist, fashion-mnist, cifar10, …), a file (.csv, .tsv, .npz, .npy, IDX; .gz too), a folder of PNG images by class, or - for CSV on standard input.",
    };

    public static readonly Argument<string> Model = new("MODEL") { Description = "A .seedhead file; of a pack of tasks PACK#TASK, or PACK#all for the mean of all." };

    public static Execution Execution(ParseResult parsed, CancellationToken cancellation)
    {
        if (!Fma.IsSupported && !AdvSimd.IsSupported && !parsed.GetValue(Quiet))
        {
            Words.Notes(["this processor offers no fused multiply-add: the same bits come about 300 times slower."]);
        }

        return new()
        {
            Threads = parsed.GetValue(Threads),
            Cancellation = cancellation,
            Progress = parsed.GetValue(Quiet) ? null : ProgressLine.ForTerminal(),
        };
    }

    public static DataOptions Reading(ParseResult parsed, CancellationToken cancellation, bool requireTarget = true) => new()
    {
        Target = parsed.GetValue(Target),
        DataDirectory = parsed.GetValue(DataDirectory) ?? new DataOptions().DataDirectory,
        ForceCategory = parsed.GetValue(Category) ?? [],
        Task = parsed.GetValue(Task) switch
        {
            "classification" => LearningTask.Classification,
            "regression" => LearningTask.Regression,
            _ => LearningTask.Auto,
        },
        Header = parsed.GetValue(Header) switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        },
        RequireTarget = requireTarget,
        StandardInput = Console.OpenStandardInput(),
        Cancellation = cancellation,
        Progress = parsed.GetValue(Quiet) ? null : ProgressLine.ForTerminal(),
    };

    public static void AddReading(Command command)
    {
        foreach (Option option in (Option[])[Target, Task, Category, Header, DataDirectory])
        {
            command.Options.Add(option);
        }
    }

    public static void AddRunning(Command command)
    {
        foreach (Option option in (Option[])[Threads, Json, Quiet])
        {
            command.Options.Add(option);
        }
    }
}
