using System.CommandLine;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Networks;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Cli.Verbs;

/// <summary>complexity of a network of tokens: how complex the sequences are that untrained transformers make.</summary>
internal static class TransformerRun
{
    private static readonly Option<Activation[]> Activations = new("--activations")
    {
        Description = "Of a network of tokens: activations that stand for its own, joined by commas; others are compared with the first.",
        HelpName = "NAMES",
        DefaultValueFactory = _ => [],
        CustomParser = Parsing.With(text => Split(text).Select(Activation.Parse).Distinct().ToArray()),
    };

    private static readonly Option<double[]> NormScales = new("--norm-scales")
    {
        Description = "Of a network of tokens: what layer norms inside of blocks are multiplied by: smallest:largest:count, or a list.",
        HelpName = "A:B:N",
        DefaultValueFactory = _ => [],
        CustomParser = Parsing.With(Ranges.Scales),
    };

    private static readonly Option<int> Length = new("--length")
    {
        Description = "Of a network of tokens: tokens that follow the first one.",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
        CustomParser = Parsing.Whole(1),
    };

    private static readonly Option<bool> SharedWeights = new("--shared-weights")
    {
        Description = "Of a network of tokens: network 0 makes all sequences, from tokens 0, 1, … on; without it every sequence has weights of its own.",
    };

    /// <summary>The options that networks of tokens alone read.</summary>
    public static IReadOnlyList<Option> Options { get; } = [Activations, NormScales, Length, SharedWeights];

    /// <summary>Whether a text is a network of tokens; a text that is no network at all is left to the caller.</summary>
    public static bool Reads(string net) => net.StartsWith("tokens", StringComparison.Ordinal) || net.StartsWith("gpt2", StringComparison.Ordinal);

    /// <summary>The question of a command line.</summary>
    public static TransformerQuestion Question(ParseResult parsed, string net, int[] depths, int networks, double normScale, string? folder) => new()
    {
        Net = Architecture.Parse(net),
        Activations = parsed.GetValue(Activations)!,
        NormScales = parsed.GetValue(NormScales) is { Length: > 0 } scales ? scales : [normScale],
        Depths = depths,
        Networks = networks,
        Length = parsed.GetValue(Length),
        SharesWeights = parsed.GetValue(SharedWeights),
        Seed = parsed.GetValue(Common.Seed),
        Folder = folder,
    };

    /// <summary>Throws where an option is given that the other kind of network reads.</summary>
    public static void RequireNone(ParseResult parsed, IEnumerable<Option> options, string net, string instead)
    {
        if (options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw new ArgumentException($"{option.Name} means nothing for {net}. {instead}");
        }
    }

    /// <summary>The parts between commas that stand outside of brackets: a formula may hold max(x, 0).</summary>
    private static IEnumerable<string> Split(string text)
    {
        int from = 0, depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] is '[' or '(' ? 1 : text[i] is ']' or ')' ? -1 : 0;
            if (text[i] == ',' && depth == 0)
            {
                yield return text[from..i];
                from = i + 1;
            }
        }

        yield return text[from..];
    }

    /// <summary>Runs, saves and prints.</summary>
    public static int Run(ParseResult parsed, TransformerQuestion question, Execution run, Action<string, string> save)
    {
        TransformerAnswer answer = question.Run(run);
        if (question.Folder is { } folder)
        {
            save(Path.Combine(folder, "map.json"), TransformerJson.Write(answer) + "\n");
            save(Path.Combine(folder, "map.csv"), TransformerCsv.Write(answer));
            save(Path.Combine(folder, "report.html"), TransformerReport.Html(answer));
        }

        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(TransformerJson.Write(answer));
        }
        else
        {
            TransformerText.Print(answer, parsed.GetValue(Common.Quiet), question.Folder);
        }

        return CommandLine.Done;
    }
}
