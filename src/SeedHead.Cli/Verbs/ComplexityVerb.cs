using System.CommandLine;
using System.Text;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Complexity;
using SeedHead.Data;
using SeedHead.Networks;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Cli.Verbs;

/// <summary>complexity: how complex the functions of untrained networks are, over weight scales and depths.</summary>
internal static class ComplexityVerb
{
    private static readonly Option<string> Net = new("--net")
    {
        Description = "Network with one output, e.g. 2-1*(64-tanh)-1, the unbiased model fourier:150, or a network of tokens, e.g. gpt2-2-4-128/512.",
        HelpName = "NET",
        Required = true,
    };

    private static readonly Option<WeightPrior> Prior = new("--prior")
    {
        Description = "Law of the weights at scale 1, e.g. flat or glorot-alpha.",
        HelpName = "PRIOR",
        DefaultValueFactory = _ => WeightPrior.Parse("glorot-alpha"),
        CustomParser = Parsing.With(WeightPrior.Parse),
    };

    private static readonly Option<double[]> Scales = new("--scales")
    {
        Description = "What the prior's scale is multiplied by: smallest:largest:count on a logarithmic axis, or a list.",
        HelpName = "A:B:N",
        DefaultValueFactory = _ => [1],
        CustomParser = Parsing.With(Ranges.Scales),
    };

    private static readonly Option<int[]> Depths = new("--depths")
    {
        Description = "Repeats of the one n*( … ) block of the network: first:last, or a list.",
        HelpName = "A:B",
        DefaultValueFactory = _ => [],
        CustomParser = Parsing.With(Ranges.Depths),
    };

    private static readonly Option<int> Networks = Whole("--networks", "Networks a cell.", 10, 1);

    private static readonly Option<int> Grid = Whole("--grid", "Points of an axis.", 128, 2);

    private static readonly Option<string> MeasureList = new("--measures")
    {
        Description = $"Measures, joined by commas: {string.Join(", ", Measures.Names)}.",
        HelpName = "NAMES",
        DefaultValueFactory = _ => "fourier",
    };

    private static readonly Option<double> NormScale = new("--norm-scale")
    {
        Description = "What the outputs of layer norms are multiplied by.",
        HelpName = "G",
        DefaultValueFactory = _ => 1,
        CustomParser = Parsing.With(text => Ranges.Scales(text) is [double scale] ? scale : throw new FormatException($"'{text}' is not one number.")),
    };

    private static readonly Option<bool> ScaleBiases = new("--scale-biases") { Description = "Scales multiply biases too (those of flat priors always)." };

    private static readonly Option<bool> ScalePrefactor = new("--scale-prefactor") { Description = "Scales are prefactors A of every activation instead, φ(A·(Wx + b))." };

    private static readonly Option<string?> Of = new("--of") { Description = "Data whose target is measured as well, and networks at its rows.", HelpName = "DATA" };

    private static readonly Option<double?> Reach = Parsing.Option<double>(
        "--reach", "Find the scale, between the smallest and largest of --scales, whose mean complexity is this.", text =>
            double.TryParse(text, out double value) && double.IsFinite(value) ? value : throw new FormatException($"'{text}' is not a number."), "VALUE");

    private static readonly Option<bool> Spectra = new("--spectra") { Description = "Also the power of the functions by frequency, beside that of networks of infinite width." };

    private static readonly Option<string?> Folder = new("--out", "-o")
    {
        Description = "Folder for finished cells, map.json, map.csv, report.html and figures; the same command again goes on where it stopped.",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Print cells, bytes and seconds to expect, and stop." };

    public static Command Create()
    {
        var command = new Command("complexity", "Measure how complex the functions of untrained networks are, over weight scales and depths.");
        foreach (Option option in (Option[])[Net, Prior, Scales, Depths, Networks, Grid, MeasureList, NormScale, ScaleBiases, ScalePrefactor, Of, Reach, Spectra, .. TransformerRun.Options, Folder, Common.Seed])
        {
            command.Options.Add(option);
        }

        Common.AddReading(command);
        foreach (Option option in (Option[])[DryRun, Common.MaxMemory, Common.TimeLimit])
        {
            command.Options.Add(option);
        }

        Common.AddRunning(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        Execution run = Common.Execution(parsed, cancellation);
        string? folder = parsed.GetValue(Folder);
        if (folder is not null && File.Exists(folder))
        {
            throw new DataException($"{folder} is a file. Give a folder with --out.");
        }

        if (TransformerRun.Reads(parsed.GetValue(Net)!))
        {
            return RunTokens(parsed, run, folder, cancellation);
        }

        TransformerRun.RequireNone(parsed, TransformerRun.Options, parsed.GetValue(Net)!, "It is read for networks of tokens, such as gpt2-2-4-128/512.");
        ComplexityQuestion question = Question(parsed, folder, cancellation);
        int cells = question.Scales.Count * Math.Max(1, question.Depths.Count);
        return !Goes(parsed, run, cells, question.Networks, question.ForecastSeconds(run), question.ForecastBytes(run))
            ? CommandLine.Done
            : Finished(folder, () => Run(parsed, question, run, folder, cancellation));
    }

    private static int RunTokens(ParseResult parsed, Execution run, string? folder, CancellationToken cancellation)
    {
        TransformerRun.RequireNone(
            parsed, [Prior, Scales, Grid, MeasureList, ScaleBiases, ScalePrefactor, Of, Reach, Spectra], parsed.GetValue(Net)!,
            "A network of tokens has GPT-2's weights, and sequences are measured; it reads --norm-scales, --activations, --depths, --length and --networks.");
        TransformerQuestion question = TransformerRun.Question(
            parsed, parsed.GetValue(Net)!, parsed.GetValue(Depths)!, parsed.GetValue(Networks), parsed.GetValue(NormScale), folder);
        return !Goes(parsed, run, question.CellCount, question.Networks, question.ForecastSeconds(run), question.ForecastBytes(run))
            ? CommandLine.Done
            : Finished(folder, () => TransformerRun.Run(parsed, question, run, Save));
    }

    /// <summary>Whether the work is to be done: not for a dry run, which it prints.</summary>
    private static bool Goes(ParseResult parsed, Execution run, int cells, int networks, double seconds, long bytes)
    {
        if (!parsed.GetValue(DryRun))
        {
            Allow(parsed, seconds, bytes);
            return true;
        }

        Console.Out.WriteLine(parsed.GetValue(Common.Json)
            ? FormattableString.Invariant($"{{\"command\":\"complexity\",\"forecast\":{{\"cells\":{cells},\"bytes\":{bytes},\"seconds\":{seconds:R}}}}}")
            : FormattableString.Invariant($"{cells} cells of {networks} networks, about {Size.Text(bytes)} and {seconds:0.#} s on {run.Threads} threads"));
        return false;
    }

    private static int Finished(string? folder, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException) when (folder is not null)
        {
            ProgressLine.Clear();
            Console.Error.WriteLine($"seedhead: Cancelled: finished cells are kept in {folder}; the same command goes on from there.");
            return CommandLine.Cancelled;
        }
    }

    private static int Run(ParseResult parsed, ComplexityQuestion question, Execution run, string? folder, CancellationToken cancellation)
    {
        ComplexityAnswer answer = question.Run(run);
        cancellation.ThrowIfCancellationRequested();
        if (folder is not null)
        {
            Save(Path.Combine(folder, "map.json"), AnswerJson.Write(answer) + "\n");
            Save(Path.Combine(folder, "map.csv"), ComplexityCsv.Write(answer));
            if (answer.Spectra.Count > 0)
            {
                Save(Path.Combine(folder, "spectra.csv"), ComplexityCsv.WriteSpectra(answer));
            }

            FigureFolder.Write(folder, FigureFiles.Of(answer));
            Save(Path.Combine(folder, "report.html"), ComplexityReport.Html(answer));
        }

        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(AnswerJson.Write(answer));
        }
        else
        {
            ComplexityText.Print(answer, parsed.GetValue(Common.Quiet), folder);
        }

        return CommandLine.Done;
    }

    private static ComplexityQuestion Question(ParseResult parsed, string? folder, CancellationToken cancellation) => new()
    {
        Net = parsed.GetValue(Net)!,
        Prior = parsed.GetValue(Prior)!,
        Scales = parsed.GetValue(Scales)!,
        Depths = parsed.GetValue(Depths)!,
        Networks = parsed.GetValue(Networks),
        Side = parsed.GetValue(Grid),
        Measures = [.. parsed.GetValue(MeasureList)!.Split(',').Select(Measures.Parse)],
        NormScale = parsed.GetValue(NormScale),
        ScaleBiases = parsed.GetValue(ScaleBiases),
        ScalePrefactor = parsed.GetValue(ScalePrefactor),
        Reach = parsed.GetValue(Reach),
        Data = parsed.GetValue(Of) is { } data ? DataSource.Load(data, Common.Reading(parsed, cancellation)).Train : null,
        Seed = parsed.GetValue(Common.Seed),
        Spectra = parsed.GetValue(Spectra),
        Folder = folder,
        Thumbnails = folder is not null,
    };

    private static void Allow(ParseResult parsed, double seconds, long bytes)
    {
        if (parsed.GetValue(Common.MaxMemory) is { } memory && bytes > memory)
        {
            throw new ForecastException($"The map would need about {Size.Text(bytes)}, more than the {Size.Text(memory)} of --max-memory. Take a smaller --grid or fewer --threads.");
        }

        if (parsed.GetValue(Common.TimeLimit) is { } limit && seconds > limit)
        {
            throw new ForecastException(FormattableString.Invariant(
                $"The map would take about {seconds:0} s, more than the {limit:0.#} s of --time-limit. Take fewer --networks, --scales or --depths, or a smaller --grid."));
        }
    }

    private static void Save(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static Option<int> Whole(string name, string description, int usual, int least) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = Parsing.Whole(least),
    };
}
