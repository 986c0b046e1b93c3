using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Cli.Verbs;

/// <summary>kernel --distil: a few rows a class that stand for all training rows.</summary>
internal static class DistilRun
{
    private static readonly DistillationOptions Usual = new();

    private static readonly Option<int?> Distil = Parsing.Option(
        "--distil", "Make M rows a class on which kernel regression predicts the training rows.", Positive, "M");

    private static readonly Option<int?> Steps = Parsing.Option("--steps", $"With --distil: steps of descent. Default: {Usual.Steps}.", Positive, "N");

    private static readonly Option<int?> Batch = Parsing.Option("--batch", $"With --distil: training rows a step. Default: {Usual.Batch}.", Positive, "N");

    private static readonly Option<double?> Rate = Parsing.Option("--rate", $"With --distil: rate at the first step. Default: {Usual.Rate}.", Above, "X");

    private static readonly Option<double?> Penalty = Parsing.Option("--penalty", $"With --distil: penalty over the kernel's diagonal. Default: {Usual.Penalty}.", Above, "X");

    private static readonly Option<bool> Labels = new("--labels") { Description = "With --distil: learn the labels too." };

    private static readonly Option<int?> Resample = Parsing.Option(
        "--resample", "With --distil: by N random networks of finite width, others in every step, in place of the limit kernel.", Positive, "N");

    private static readonly Option<string?> Picture = new("--picture") { Description = "With --distil, of images: draw the rows on one sheet, a line a class.", HelpName = "FILE.png" };

    public static IReadOnlyList<Option> Options { get; } = [Distil, Steps, Batch, Rate, Penalty, Labels, Resample, Picture];

    public static bool Asked(ParseResult parsed) => parsed.GetValue(Distil) is not null;

    /// <summary>Refuses what only --distil reads, where it is not given.</summary>
    public static void RequireNone(ParseResult parsed)
    {
        if (!Asked(parsed) && Options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new ArgumentException($"{given.Name} is read with --distil. Add --distil M, or leave it out.");
        }
    }

    public static int Run(ParseResult parsed, string data, string net, WeightPrior? prior, CancellationToken cancellation)
    {
        string? arrays = parsed.GetValue(Common.Out), picture = parsed.GetValue(Picture);
        RequireEnd(arrays, ".npz", "--out");
        RequireEnd(picture, ".png", "--picture");
        Execution run = Common.Execution(parsed, cancellation);
        ulong seed = parsed.GetValue(Common.Seed);
        DatasetPair pair = Splitting.Read(parsed, seed, cancellation, data);
        if (picture is not null && pair.Train.Inputs is not Images)
        {
            throw new ArgumentException($"--picture {picture}: {pair.Train.Name} holds no images. Give --out FILE.npz instead.");
        }

        DistillationAnswer answer = new DistillationQuestion
        {
            Train = KernelSolve.First(pair.Train, parsed),
            Test = pair.Test ?? throw new ArgumentException("--distil measures on test rows. Give --test FILE or --test-share, or data with a test part."),
            Net = net,
            Prior = prior,
            Resampled = parsed.GetValue(Resample),
            Options = Usual with
            {
                PointsPerClass = parsed.GetValue(Distil)!.Value,
                Steps = parsed.GetValue(Steps) ?? Usual.Steps,
                Batch = parsed.GetValue(Batch) ?? Usual.Batch,
                Rate = parsed.GetValue(Rate) ?? Usual.Rate,
                Penalty = parsed.GetValue(Penalty) ?? Usual.Penalty,
                LearnsLabels = parsed.GetValue(Labels),
                Seed = seed,
            },
        }.Run(run);
        if (arrays is not null)
        {
            AtomicFile.Write(arrays, stream => WriteArrays(stream, answer));
        }

        if (picture is not null)
        {
            byte[] sheet = PictureSheet.Png(answer.Set.Points, answer.Shape!.Value, parsed.GetValue(Distil)!.Value);
            AtomicFile.Write(picture, stream => stream.Write(sheet));
        }

        ProgressLine.Clear();
        Console.Out.WriteLine(parsed.GetValue(Common.Json) ? Json(answer).ToJsonString() : Text(answer, parsed.GetValue(Distil)!.Value));
        return CommandLine.Done;
    }

    private static string Text(DistillationAnswer answer, int perClass) => string.Join('\n',
        $"{perClass} rows a class for {answer.TrainRows} training rows, {answer.Kind} of {answer.Net}, {answer.Prior}",
        $"test accuracy on {answer.TestRows} rows: distilled {Words.Percent(answer.Accuracy)}",
        $"as many training rows, drawn: {string.Join(", ", answer.Drawn.Select(draw => Words.Percent(draw.SamePenalty)))}; with the penalty best for them {string.Join(", ", answer.Drawn.Select(draw => Words.Percent(draw.BestPenalty)))}",
        $"loss from {Words.Number(answer.Set.Losses[0])} to {Words.Number(answer.Set.Losses[^1])} in {answer.Set.Losses.Count} steps, {answer.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s");

    private static JsonObject Json(DistillationAnswer answer) => new()
    {
        ["command"] = "kernel", ["kind"] = answer.Kind, ["net"] = answer.Net, ["prior"] = answer.Prior, ["trainRows"] = answer.TrainRows, ["testRows"] = answer.TestRows, ["distilled"] = answer.Accuracy,
        ["drawn"] = new JsonArray([.. answer.Drawn.Select(draw => JsonValue.Create(draw.SamePenalty))]),
        ["drawnBestPenalty"] = new JsonArray([.. answer.Drawn.Select(draw => JsonValue.Create(draw.BestPenalty))]),
        ["firstLoss"] = answer.Set.Losses[0], ["lastLoss"] = answer.Set.Losses[^1], ["seconds"] = answer.Seconds,
    };

    /// <summary>x [m × d] on the sphere, labels [m × classes] and y [m], the same bytes for the same answer.</summary>
    private static void WriteArrays(Stream stream, DistillationAnswer answer)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        DistilledSet set = answer.Set;
        int m = set.Classes.Length;
        Add("x.npy", to => Npy.Write(to, set.Points.Values.Span, m, set.Points.Columns));
        Add("labels.npy", to => Npy.Write(to, set.Labels.AsSpan(), m, set.Labels.Length / m));
        Add("y.npy", to => Npy.Write(to, set.Classes.AsSpan(), m));

        void Add(string name, Action<Stream> write)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream to = entry.Open();
            write(to);
        }
    }

    private static void RequireEnd(string? path, string end, string option)
    {
        if (path is not null && !path.EndsWith(end, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"{option} {path}: give a file that ends in {end}.");
        }

        Destination.Check(path);
    }

    private static int Positive(string text) =>
        int.TryParse(text, out int value) && value >= 1 ? value : throw new FormatException($"'{text}' is not allowed. Give a whole number of at least 1.");

    private static double Above(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value) ? value : throw new FormatException($"'{text}' is not allowed. Give a number above 0.");
}
