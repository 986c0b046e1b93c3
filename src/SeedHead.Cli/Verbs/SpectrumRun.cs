using System.CommandLine;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using SeedHead.Networks;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Cli.Verbs;

/// <summary>kernel --spectrum and --map: what a kernel sees in rows.</summary>
internal static class SpectrumRun
{
    private static readonly Option<bool> Spectrum = new("--spectrum") { Description = "Print eigenvalues, effective rank and dimension, alignment with classes and what neighbours of test rows vote." };

    private static readonly Option<int?> Components = Parsing.Option(
        "--components", "With --spectrum or --map: components kept. Default: 50.",
        text => int.TryParse(text, out int value) && value >= 1 ? value : throw new FormatException($"'{text}' is not allowed. Give a whole number of at least 1."), "R");

    private static readonly Option<bool> Randomised = new("--randomised") { Description = "With --spectrum or --map: find only the components kept, by random projections." };

    private static readonly Option<string?> Map = new("--map") { Description = "Draw the rows in the plane, coloured by class: .svg, or .csv for the places.", HelpName = "FILE" };

    private static readonly Option<string?> Method = Common.Choice("--method", "With --map: tsne (default), or pca for the first two components.", "tsne", "pca");

    public static IReadOnlyList<Option> Options { get; } = [Spectrum, Components, Randomised, Map, Method];

    public static bool Asked(ParseResult parsed) => parsed.GetValue(Spectrum) || parsed.GetValue(Map) is not null;

    /// <summary>Refuses what only --spectrum and --map read, where neither is given.</summary>
    public static void RequireNone(ParseResult parsed)
    {
        if (!Asked(parsed) && Options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new ArgumentException($"{given.Name} is read with --spectrum or --map. Add one of them, or leave it out.");
        }
    }

    public static int Run(ParseResult parsed, string data, string net, WeightPrior? prior, bool tangent, CancellationToken cancellation)
    {
        string? scores = parsed.GetValue(Common.Out), map = parsed.GetValue(Map);
        RequireEnd(scores, "--out", ".csv");
        RequireEnd(map, "--map", ".svg", ".csv");
        Execution run = Common.Execution(parsed, cancellation);
        ulong seed = parsed.GetValue(Common.Seed);
        DatasetPair pair = Splitting.Read(parsed, seed, cancellation, data);
        KernelSpectrumAnswer answer = new KernelSpectrumQuestion
        {
            Train = KernelSolve.First(pair.Train, parsed),
            Test = pair.Test,
            Net = net,
            Prior = prior,
            Tangent = tangent,
            Components = parsed.GetValue(Components) ?? 50,
            Randomised = parsed.GetValue(Randomised),
            Map = map is null ? null : parsed.GetValue(Method) == "pca" ? MapMethod.Pca : MapMethod.TSne,
            Seed = seed,
            MaxMemory = parsed.GetValue(Common.MaxMemory),
        }.Run(run);
        if (scores is not null)
        {
            AtomicFile.Write(scores, stream => SpectrumText.WriteScores(stream, answer));
        }

        if (map is not null)
        {
            byte[] drawing = map.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) ? MapFile.Svg(answer) : MapFile.Csv(answer);
            AtomicFile.Write(map, stream => stream.Write(drawing));
        }

        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(SpectrumText.Json(answer).ToJsonString());
        }
        else
        {
            SpectrumText.Print(answer);
        }

        return CommandLine.Done;
    }

    private static void RequireEnd(string? path, string option, params string[] ends)
    {
        if (path is not null && !ends.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"{option} {path}: give a file that ends in {string.Join(" or ", ends)}.");
        }

        Destination.Check(path);
    }
}
