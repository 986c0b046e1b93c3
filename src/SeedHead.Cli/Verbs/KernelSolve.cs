using System.CommandLine;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Networks;
using SeedHead.Studies;

namespace SeedHead.Cli.Verbs;

/// <summary>kernel --solve: Gaussian processes with limit kernels.</summary>
internal static class KernelSolve
{
    private static readonly Option<bool> Solve = new("--solve") { Description = "Learn DATA's target with the kernel: a Gaussian process with left-out errors and test scores." };

    private static readonly Option<double[]?> Noises = new("--noise")
    {
        Description = "With --solve: variances of the noise to choose from, relative to the kernel's mean diagonal, as 1e-4,1e-2 or 1e-6:10:8.",
        HelpName = "LIST",
        CustomParser = Parsing.With(Ranges.Scales),
    };

    private static readonly Option<int[]?> Depths = new("--depths")
    {
        Description = "With --solve: repeats of the one block n*( … ) of --net to choose from, as 1:5 or 1,3,5.",
        HelpName = "LIST",
        CustomParser = Parsing.With(Ranges.Depths),
    };

    private static readonly Option<int?> Rows = Parsing.Option<int>(
        "--rows", "Use the first N training rows only.", text =>
            int.TryParse(text, out int value) && value >= 2 ? value : throw new FormatException($"'{text}' is not allowed. Give a whole number of at least 2."), "N");

    private static readonly Option<string?> By = Common.Choice("--by", "With --solve: what chooses noise and depth. Default: loo, left-out rows.", "loo", "likelihood");

    private static readonly Option<string?> Solver = Common.Choice("--solver", "With --solve: exact, or conjugate gradients. Default: exact where --max-memory (or the machine) allows.", "exact", "cg");

    private static readonly Option<string?> Scratch = new("--scratch") { Description = "With --solve: folder of temporary files, for kernels beyond --max-memory. Default: the system's.", HelpName = "FOLDER" };

    private static readonly Option<string?> Predictions = new("--predictions") { Description = "With --solve: also write the test rows' predictions as CSV.", HelpName = "FILE" };

    public static IEnumerable<Option> Options => [Solve, Noises, Depths, By, Rows, Splitting.Test, Splitting.TestShare, Solver, Scratch, Predictions];

    public static bool Asked(ParseResult parsed) => parsed.GetValue(Solve);

    /// <summary>Refuses what only --solve reads.</summary>
    public static void RequireNone(ParseResult parsed)
    {
        if (Options.FirstOrDefault(option => option != Rows && parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new ArgumentException($"{given.Name} is read with --solve. Add --solve, or leave it out.");
        }
    }

    public static int Run(ParseResult parsed, string data, string net, WeightPrior? prior, bool tangent, CancellationToken cancellation)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        string? predictions = parsed.GetValue(Predictions);
        Destination.Check(predictions);
        if (parsed.GetValue(Common.Out) is not null)
        {
            throw new ArgumentException("--out writes the kernel matrix, --solve learns with it: give one of them. Predictions go to --predictions.");
        }

        Execution run = Common.Execution(parsed, cancellation);
        ulong seed = parsed.GetValue(Common.Seed);
        DatasetPair pair = Splitting.Read(parsed, seed, cancellation, data);
        if (predictions is not null && pair.Test is null)
        {
            throw new ArgumentException("--predictions needs test rows. Give --test FILE or --test-share, or data with a test part.");
        }

        var question = new KernelSolveQuestion
        {
            Train = First(pair.Train, parsed),
            Test = pair.Test,
            Net = net,
            Prior = prior,
            Tangent = tangent,
            Depths = parsed.GetValue(Depths) ?? [],
            Noises = parsed.GetValue(Noises) is { Length: > 0 } noises ? noises : null,
            Choice = parsed.GetValue(By) == "likelihood" ? NoiseChoice.MarginalLikelihood : NoiseChoice.LeaveOneOut,
            Solver = parsed.GetValue(Solver) switch
            {
                "exact" => KernelSolver.Exact,
                "cg" => KernelSolver.ConjugateGradients,
                _ => null,
            },
            Folder = Folder(parsed.GetValue(Scratch)),
            MaxMemory = parsed.GetValue(Common.MaxMemory),
            Seed = seed,
            ReadSeconds = clock.Elapsed.TotalSeconds,
        };
        KernelSolveAnswer answer = question.Run(run);
        if (predictions is not null)
        {
            AtomicFile.Write(predictions, stream => KernelSolveText.WriteCsv(stream, answer));
        }

        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(AnswerJson.Write(answer));
        }
        else
        {
            KernelSolveText.Print(answer, parsed.GetValue(Common.Quiet));
        }

        return CommandLine.Done;
    }

    private static string Folder(string? given) => given is null ? Path.GetTempPath()
        : Directory.Exists(given) ? given
        : throw new DataException($"--scratch {given}: there is no such folder. Make it, or choose another.");

    /// <summary>The first rows, as many as --rows says.</summary>
    public static Dataset First(Dataset rows, ParseResult parsed) => parsed.GetValue(Rows) switch
    {
        null => rows,
        int n when n > rows.Count => throw new ArgumentException($"--rows {n}: {rows.Name} has {rows.Count} training rows. Give at most that."),
        int n => rows.Select([.. Enumerable.Range(0, n)]),
    };
}
