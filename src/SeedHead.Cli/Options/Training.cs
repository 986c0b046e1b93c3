using System.CommandLine;
using System.Globalization;
using SeedHead.Networks;
using SeedHead.Training;

namespace SeedHead.Cli.Options;

/// <summary>The options that say what is trained and how.</summary>
internal static class Training
{
    public static readonly Option<string?> Net = new("--net")
    {
        Description = $"Network, e.g. 28x28x1-conv32@3-bn-relu-maxpool2-flatten-10, or one of {string.Join(", ", Presets.Names)}. Default: three convolutions with norm for images, two hidden layers for tables.",
        HelpName = "TEXT",
    };

    public static readonly Option<LearnedPart?> Learn = new("--learn")
    {
        Description = $"What is learned, joined by +: filters:X[@out|in|rows|cols], bn, ln, bias, fc, layer:NAME, layers:A..B, mask:K, subspace:D, all. Default: {TrainDefaults.Learn}.",
        HelpName = "PARTS",
        CustomParser = Parsing.With(LearnedPart.Parse),
    };

    public static readonly Option<string?> Prior = new("--prior")
    {
        Description = "Prior of the weights, e.g. he-normal; he-fan-out,fc=uniform-fan-in gives the output layer another; published: that of Rosenfeld & Tsotsos (2018). Default: he-normal behind rectifiers, else lecun-normal.",
        HelpName = "TEXT",
        CustomParser = Parsing.With(text => text == Published ? text : Initialisation.Parse(text).ToString()),
    };

    private const string Published = "published";

    public static readonly Option<string?> Fixed = Common.Choice(
        "--fixed", "What all other numbers are. Default: random.", FixedWords.All);

    public static readonly Option<TrainOptions?> Recipe = new("--recipe")
    {
        Description = $"A named way to train: {string.Join(", ", Recipes.Names)}; -short behind it for 10 epochs at a constant rate. Other options replace its values.",
        HelpName = "NAME",
        CustomParser = Parsing.With(Recipes.Parse),
    };

    public static readonly Option<int?> Epochs = Whole("--epochs", "Passes over the training rows. Default: 10.", 1);

    public static readonly Option<int?> Batch = Whole("--batch", "Rows a step. Default: 128.", 1);

    public static readonly Option<string?> Optimiser = Common.Choice("--optimiser", "adam, or sgd with momentum. Default: adam; recipes have sgd.", "sgd", "adam");

    public static readonly Option<double?> Rate = Number("--rate", "First step size. Default: 0.003, with sgd 0.02.", value => value > 0, "above 0");

    public static readonly Option<double?> Momentum = Number("--momentum", "Momentum; the first decay rate of adam. Default: 0.9.", value => value is >= 0 and < 1, "from 0, below 1");

    public static readonly Option<double?> WeightDecay = Number("--weight-decay", "Weight decay of learned numbers. Default: 0, with sgd 0.0005.", value => value >= 0, "of at least 0");

    public static readonly Option<string?> Schedule = Common.Choice("--schedule", "How the step size falls: cosine, constant, or steps at --drops. Default: cosine.", "cosine", "constant", "steps");

    public static readonly Option<int[]?> Drops = new("--drops")
    {
        Description = "Epochs after which the step size is multiplied by --factor, separated by commas.",
        HelpName = "A,B,…",
        CustomParser = Parsing.With<int[]>(text => [.. text.Split(',').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw new FormatException($"'{part}' is not an epoch. Give whole numbers, e.g. 60,120."))]),
    };

    public static readonly Option<double?> Factor = Number("--factor", "What the step size is multiplied by at --drops. Default: 0.1.", value => value is > 0 and <= 1, "above 0, at most 1");

    public static readonly Option<Augmentation?> Augment = Parsing.Option(
        "--augment", "How images are varied: none, shift4 (moved by up to 4 pixels), mirror, shift4+mirror. Default: none.", Augmentation.Parse, "WAY");

    public static readonly Option<double?> Mixup = Number("--mixup", "Mixes batches with themselves, with shares of Beta(A, A). Default: 0, off.", value => value is >= 0 and <= 1, "from 0 to 1");

    public static readonly Option<double?> ValidationShare = Number("--validation-share", "Share of the training rows held out for validation. Default: 0.1; 0 for none.", value => value is >= 0 and < 1, "from 0, below 1");

    public static readonly Option<string?> Keep = Common.Choice("--keep", "Whose numbers the model gets: the last epoch's, or those of the epoch best on validation rows. Default: last.", "last", "best");

    public static readonly Option<ulong?> OrderSeed = Parsing.Option(
        "--order-seed", "Seed of the order of rows, of augmentation and dropout. Default: that of --seed. Models that differ in it alone share their random part.", Parsing.Seed, "N");

    private static readonly Option[] All =
        [Net, Learn, Prior, Fixed, Recipe, Epochs, Batch, Optimiser, Rate, Momentum, WeightDecay, Schedule, Drops, Factor, Augment, Mixup, ValidationShare, Keep, OrderSeed];

    public static void Add(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }

        command.Options.Add(Common.Seed);
    }

    public static TrainOptions Read(ParseResult parsed)
    {
        string? optimiser = parsed.GetValue(Optimiser);
        TrainOptions basis = parsed.GetValue(Recipe) ?? (optimiser == "sgd" ? TrainDefaults.Sgd : TrainDefaults.Adam);
        int[]? drops = parsed.GetValue(Drops) is { Length: > 0 } given ? given : null;
        string? schedule = parsed.GetValue(Schedule);
        if (schedule == "steps" && drops is null && basis.Drops.Count == 0)
        {
            throw new ArgumentException("--schedule steps needs --drops, the epochs after which the step size falls, e.g. --drops 60,120.");
        }

        if (schedule is "constant" or "cosine" && (drops is not null || parsed.GetValue(Factor) is not null))
        {
            throw new ArgumentException($"--drops and --factor belong to --schedule steps, not to {schedule}. Leave them away.");
        }

        return basis with
        {
            Epochs = parsed.GetValue(Epochs) ?? basis.Epochs,
            Batch = parsed.GetValue(Batch) ?? basis.Batch,
            Optimiser = optimiser switch
            {
                "adam" => OptimiserKind.Adam,
                "sgd" => OptimiserKind.Sgd,
                _ => basis.Optimiser,
            },
            Rate = parsed.GetValue(Rate) ?? (optimiser == "adam" ? TrainDefaults.Adam.Rate : basis.Rate),
            Momentum = parsed.GetValue(Momentum) ?? basis.Momentum,
            WeightDecay = parsed.GetValue(WeightDecay) ?? basis.WeightDecay,
            Schedule = schedule switch
            {
                "cosine" => RateSchedule.Cosine,
                "constant" => RateSchedule.Constant,
                "steps" => RateSchedule.Steps,
                _ => drops is null ? basis.Schedule : RateSchedule.Steps,
            },
            Drops = drops ?? basis.Drops,
            Factor = parsed.GetValue(Factor) ?? basis.Factor,
            Augmentation = parsed.GetValue(Augment) ?? basis.Augmentation,
            Mixup = parsed.GetValue(Mixup) ?? basis.Mixup,
            Seed = parsed.GetValue(OrderSeed) ?? parsed.GetValue(Common.Seed),
        };
    }

    public static Initialisation? ReadPrior(ParseResult parsed) => parsed.GetValue(Prior) switch
    {
        null => null,
        Published => Initialisation.Published(parsed.GetValue(Net)),
        string text => Initialisation.Parse(text),
    };

    /// <summary>The options that can change the result, as given.</summary>
    public static string Text(ParseResult parsed) => string.Join(' ', ((Option[])[Common.Target, Common.Task, Common.Category, Splitting.Test, Splitting.TestShare, .. All])
        .Select(option => parsed.GetResult(option))
        .Where(result => result is { Implicit: false })
        .Select(result => string.Join(' ', result!.Tokens.Select(token => Quoted(token.Value)).Prepend(result.Option.Name))));

    private static string Quoted(string text) => text.Any(letter => "*()|# '".Contains(letter)) ? $"'{text.Replace("'", "'\\''")}'" : text;

    private static Option<int?> Whole(string name, string description, int least) => Parsing.Option(
        name,
        description,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least ? value : throw new FormatException($"'{text}' is not a whole number of at least {least}."),
        "N");

    private static Option<double?> Number(string name, string description, Func<double, bool> allowed, string words) => Parsing.Option(
        name,
        description,
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && allowed(value)
            ? value
            : throw new FormatException($"'{text}' is not allowed. Give a number {words}."),
        "X");
}
