using System.CommandLine;
using SeedHead.Features;
using SeedHead.Models;
using SeedHead.Networks;

namespace SeedHead.Cli.Options;

/// <summary>The options that say what is learned.</summary>
internal static class Learning
{
    public static readonly Option<string?> Features = new("--features", "-f")
    {
        Description = "outputs, hidden, fourier, orthogonal, images, raw, or several joined by +. Default: images for image data, hidden for the rest.",
        HelpName = "KIND",
    };

    public static readonly Option<NamedNet?> Net = new("--net")
    {
        Description = "Network behind outputs and hidden, e.g. 784-2048-relu-1, or auto: network and prior chosen without training. Default: one hidden layer, ReLU for images, erf or cos for tables by leave-one-out.",
        HelpName = "TEXT|auto",
        CustomParser = Parsing.With(text => new NamedNet(text == "auto" ? null : Architecture.Parse(text))),
    };

    public static readonly Option<string?> NetBy = Common.Choice("--net-by", "With --net auto: what ranks networks. Default: loo, left-out rows.", "loo", "likelihood");

    public static readonly Option<WeightPrior?> Prior = new("--prior")
    {
        Description = "Prior of the weights, e.g. he-normal, glorot-uniform:3+bias-uniform:1.",
        HelpName = "TEXT",
        CustomParser = Parsing.With(WeightPrior.Parse),
    };

    public static readonly Option<string?> Kernel = Common.Choice("--kernel", "Kernel of Fourier features.", "gaussian", "laplace");

    public static readonly Option<double?> Bandwidth = Parsing.Option(
        "--bandwidth",
        "Multiplies the bandwidth set from the data (median distance). Default 1; for tables 0.5, 1 or 2 by leave-one-out.",
        text => double.TryParse(text, out double value) && value > 0 && double.IsFinite(value) ? value : throw new FormatException($"'{text}' is not a number above 0."),
        "FACTOR");

    public static readonly Option<int?> OutputsPerNetwork = Parsing.Option(
        "--outputs-per-network",
        "Outputs of every network behind 'outputs'. Default 1.",
        text => int.TryParse(text, out int value) && value >= 1 ? value : throw new FormatException($"'{text}' is not a whole number of at least 1."),
        "K");

    private const int Automatic = 0; // as without the option

    public static readonly Option<int> Width = new("--width", "-w")
    {
        Description = "Number of features, or auto: doubled until the leave-one-out error stops improving. Default: auto.",
        HelpName = "N|auto",
        CustomParser = Parsing.With(text => text == "auto" ? Automatic : int.TryParse(text, out int value) && value >= 1
            ? value
            : throw new FormatException($"'{text}' is not a width. Give a whole number of at least 1, or auto.")),
    };

    public static readonly Option<double[]?> Penalties = new("--penalties")
    {
        Description = "Candidate penalties, separated by commas, relative to the mean diagonal of the centred Gram. Default: a path of half decades.",
        HelpName = "A,B,…",
        CustomParser = Parsing.With<double[]>(text => [.. text.Split(',').Select(part =>
            double.TryParse(part, out double value) && value > 0 && double.IsFinite(value) ? value : throw new FormatException($"'{part}' is not a penalty. Give numbers above 0, e.g. 1e-6,1e-3."))]),
    };

    public static readonly Option<bool> KeepGram = new("--keep-gram")
    {
        Description = "Keep the Gram matrix in the model, so that it can update, merge, forget and judge leverage.",
    };

    public static readonly Option<bool> Quick = new("--quick")
    {
        Description = "One pass over the rows: of more than 8,192 rows 1,024 are left out one by one, and coefficients are not refined.",
    };

    public static readonly Option<string?> Like = new("--like")
    {
        Description = "Take preprocessing, features and seed from this model, so that the two can be merged.",
        HelpName = "MODEL",
    };

    public static void Add(Command command)
    {
        foreach (Option option in (Option[])[
            Features, Net, NetBy, Prior, Kernel, Bandwidth, OutputsPerNetwork, Width, Penalties, Quick, KeepGram, Like, Common.Seed, Common.MaxMemory, Common.TimeLimit])
        {
            command.Options.Add(option);
        }
    }

    public static LearnOptions Read(ParseResult parsed)
    {
        string? kinds = parsed.GetValue(Features);
        FeatureOptions? features = kinds is null && !Shaped(parsed) ? null : new FeatureOptions
        {
            Features = kinds ?? "hidden",
            Net = parsed.GetValue(Net)?.Net,
            Prior = parsed.GetValue(Prior),
            Kernel = parsed.GetValue(Kernel) ?? "gaussian",
            Bandwidth = parsed.GetValue(Bandwidth),
            OutputsPerNetwork = parsed.GetValue(OutputsPerNetwork) ?? 1,
        };
        string? like = parsed.GetValue(Like);
        return new LearnOptions
        {
            Features = features,
            ChooseNet = Choice(parsed),
            Width = parsed.GetValue(Width) is > Automatic and var width ? width : null,
            Seed = parsed.GetValue(Common.Seed),
            MaxMemory = parsed.GetValue(Common.MaxMemory),
            TimeLimit = parsed.GetValue(Common.TimeLimit),
            Quick = parsed.GetValue(Quick),
            KeepGram = parsed.GetValue(KeepGram),
            Penalties = parsed.GetValue(Penalties) is { Length: > 0 } penalties ? penalties : null,
            Like = like is null ? null : ModelFile.Load(like),
            Text = Text(parsed),
        };
    }

    private static NetChoice? Choice(ParseResult parsed)
    {
        bool asked = parsed.GetValue(Net) is { Net: null };
        string? by = parsed.GetValue(NetBy);
        return asked ? by == "likelihood" ? NetChoice.MarginalLikelihood : NetChoice.LeaveOneOut
            : by is null ? null
            : throw new ArgumentException("--net-by ranks networks for --net auto. Add --net auto, or leave it out.");
    }

    private static bool Shaped(ParseResult parsed) =>
        ((Option[])[Net, Prior, Kernel, Bandwidth, OutputsPerNetwork]).Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>The options that can change the result, as given: what the manifest repeats.</summary>
    private static string Text(ParseResult parsed)
    {
        IEnumerable<string> given = ((Option[])[
            Common.Target, Common.Task, Common.Category, Features, Net, NetBy, Prior, Kernel, Bandwidth, OutputsPerNetwork, Width, Penalties, Quick, KeepGram, Common.MaxMemory, Common.TimeLimit])
            .Select(option => parsed.GetResult(option))
            .Where(result => result is { Implicit: false })
            .Select(result => string.Join(' ', result!.Tokens.Select(token => token.Value).Prepend(result.Option.Name)));
        return string.Join(' ', given);
    }
}

/// <summary>What --net says: a network, or null for auto.</summary>
/// <param name="Net">The network.</param>
internal sealed record NamedNet(Architecture? Net);
