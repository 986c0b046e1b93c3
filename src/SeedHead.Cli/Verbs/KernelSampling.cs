using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Models;
using SeedHead.Networks;
using SeedHead.Studies;

namespace SeedHead.Cli.Verbs;

/// <summary>kernel --networks, --until and --merge: kernels sampled from random networks of finite width.</summary>
internal static class KernelSampling
{
    private const int MostNetworks = 1 << 20;
    private const int SecondsBetweenStates = 30;

    private static readonly Option<int?> Count = Whole("--networks", "N", $"Sample the kernel from so many random networks; with --until the most. Default with --until: {MostNetworks}.", 1);

    private static readonly Option<double?> Until = Parsing.Option(
        "--until", "Sample networks until the mean standard error, relative to √(K(i,i)·K(j,j)), is at most this.", ReadError, "ERROR");

    private static readonly Option<int?> Outputs = Whole("--outputs-per-network", "K", "Outputs of every network; the kernel is their mean. Default: those of --net, of presets 1.", 1);

    private static readonly Option<bool> WithoutHeads = new("--without-heads") { Description = "Average over the output layer by formula: less noise a network, the same mean." };

    private static readonly Option<int?> NormRows = Whole(
        "--norm-rows", "N", $"Rows whose statistics batch norms take, network by network; 0 for mean 0 and variance 1. Default: {SampledKernelOptions.UsualNormRows}, or all where there are fewer.", 0);

    private static readonly Option<int?> FromNetwork = Whole("--from-network", "I", $"The first network's number, a multiple of {SampledKernel.BlockNetworks}: for a part of a work, joined by --merge.", 0);

    private static readonly Option<string?> State = File("--state", "Sums to go on from where the file is there, and to keep there.");

    private static readonly Option<string?> Errors = File("--errors", "Write the standard error of every entry to this .npy file.");

    private static readonly Option<string[]> Merge = new("--merge")
    {
        Description = "Join states of consecutive networks into one kernel, without DATA.", HelpName = "STATE", AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The options, for the verb.</summary>
    public static IReadOnlyList<Option> Options { get; } = [Count, Until, Outputs, WithoutHeads, NormRows, State, FromNetwork, Errors, Merge];

    /// <summary>Whether a sampled kernel is asked for.</summary>
    public static bool IsAsked(ParseResult parsed) => parsed.GetValue(Count) is not null || parsed.GetValue(Until) is not null || parsed.GetValue(Merge) is { Length: > 0 };

    /// <summary>Refuses what only a sampled kernel reads.</summary>
    public static void RequireNone(ParseResult parsed)
    {
        if (Options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new ArgumentException($"{given.Name} is read with --networks or --until. Add one of them, or leave it out.");
        }
    }

    /// <summary>Samples, or joins states, and writes what is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="read">Gives the points, and the network for so many outputs (null: as written), with the law of its weights.</param>
    /// <param name="tangent">Whether the tangent kernel is asked for.</param>
    /// <param name="cancellation">Stops it.</param>
    public static int Run(ParseResult parsed, Func<int?, (Numbers Points, Architecture Net, WeightPrior Prior)> read, bool tangent, CancellationToken cancellation)
    {
        KernelSolve.RequireNone(parsed);
        CheckFile(parsed, Common.Out);
        CheckFile(parsed, Errors);
        Destination.Check(parsed.GetValue(State));
        Execution run = Common.Execution(parsed, cancellation);
        var clock = Stopwatch.StartNew();
        if (parsed.GetValue(Merge) is { Length: > 0 } states)
        {
            RequireNothingBeside(parsed);
            return Finish(parsed, Joined(states, parsed.GetValue(State)), null, null, clock.Elapsed.TotalSeconds);
        }

        (Numbers points, Architecture net, WeightPrior prior) = read(parsed.GetValue(Outputs));
        var kernel = new SampledKernel(net, prior, parsed.GetValue(Common.Seed), new() { Form = Form(parsed, tangent), NormRows = parsed.GetValue(NormRows) ?? SampledKernelOptions.UsualNormRows });
        int most = parsed.GetValue(Count) ?? MostNetworks;
        RequireRoom(parsed, kernel, points.Count, most, run.Threads);
        clock.Restart();
        KernelSums sums = Sample(parsed, kernel, points, most, run);
        double seconds = clock.Elapsed.TotalSeconds;
        return Finish(parsed, sums, Compare(kernel, sums, points, tangent, run, out string? missing), missing, seconds);
    }

    private static SampledForm Form(ParseResult parsed, bool tangent) => (tangent, parsed.GetValue(WithoutHeads)) switch
    {
        (true, true) => throw new ArgumentException("--ntk and --without-heads cannot both be given: derivatives to the output layer are part of the tangent kernel."),
        (true, _) => SampledForm.Tangent,
        (_, true) => SampledForm.WithoutHeads,
        _ => SampledForm.Outputs,
    };

    private static KernelSums Sample(ParseResult parsed, SampledKernel kernel, Numbers points, int most, Execution run)
    {
        string? state = parsed.GetValue(State);
        int first = parsed.GetValue(FromNetwork) ?? 0;
        KernelSums? from = state is not null && System.IO.File.Exists(state) ? Begun(state, kernel, points, parsed.GetValue(FromNetwork)) : null;
        KernelSums? last = null;
        var clock = Stopwatch.StartNew();
        try
        {
            KernelSums sums = kernel.Sample(points, most, parsed.GetValue(Until), from, first, state is null ? null : Keep, run);
            if (state is not null)
            {
                KernelState.Write(state, sums);
            }

            return sums;
        }
        catch (OperationCanceledException) when (state is not null && last is not null)
        {
            KernelState.Write(state, last);
            throw new StoppedException($"Cancelled: the same command goes on from {state}, {last.Networks} networks.");
        }

        void Keep(KernelSums sums)
        {
            last = sums;
            if (clock.Elapsed.TotalSeconds >= SecondsBetweenStates)
            {
                KernelState.Write(state, sums);
                clock.Restart();
            }
        }
    }

    private static KernelSums Begun(string state, SampledKernel kernel, Numbers points, int? first)
    {
        KernelSums from = KernelState.Read(state);
        if (from.Source.DifferenceTo(kernel.SourceOf(points)) is { } other)
        {
            throw new DataException($"{state}: sums of other networks or rows: {other.Name} {other.Mine}, asked for is {other.Theirs}. Give the options it was begun with, or another --state.");
        }

        int begin = from.FirstBlock * SampledKernel.BlockNetworks;
        return first is { } wanted && wanted != begin
            ? throw new DataException($"{state}: sums from network {begin} on, but --from-network asks for {wanted}. Give another --state.")
            : from;
    }

    private static void RequireNothingBeside(ParseResult parsed)
    {
        Option[] sampling = [Count, Until, Outputs, WithoutHeads, NormRows, FromNetwork];
        string? given = parsed.GetValue<string?>("DATA") is { } data ? data : sampling.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;
        if (given is not null)
        {
            throw new ArgumentException($"--merge joins states as they are, so {given} has no use. Leave it out, or leave out --merge to sample.");
        }
    }

    private static KernelSums Joined(string[] paths, string? state)
    {
        (string Path, KernelSums Sums)[] parts = [.. paths.Select(path => (path, KernelState.Read(path))).OrderBy(part => part.Item2.FirstBlock)];
        (string path, KernelSums all) = parts[0];
        foreach ((string next, KernelSums sums) in parts.Skip(1))
        {
            try
            {
                all = all.Merge(sums);
            }
            catch (ArgumentException e)
            {
                throw new DataException($"{path} and {next}: {e.Message.Split(" (Parameter", 2)[0]}", e);
            }

            path = next;
        }

        if (state is not null)
        {
            KernelState.Write(state, all);
        }

        return all.Networks > 0 ? all : throw new DataException($"{path}: the state has no whole block of {SampledKernel.BlockNetworks} networks, so there is no kernel in it.");
    }

    private static SampleComparison? Compare(SampledKernel kernel, KernelSums sums, Numbers points, bool tangent, Execution run, out string? missing)
    {
        LimitKernel exact;
        try
        {
            exact = new(kernel.Net, kernel.Prior);
        }
        catch (ArgumentException e)
        {
            missing = e.Message.Split(" (Parameter", 2)[0].Replace(" " + KernelPlan.Instead, "", StringComparison.Ordinal);
            return null;
        }

        missing = null;
        return SampleComparison.Of(sums, exact, points, tangent, run);
    }

    private static int Finish(ParseResult parsed, KernelSums sums, SampleComparison? comparison, string? missing, double seconds)
    {
        if (parsed.GetValue(Common.Out) is { } path)
        {
            using KernelMatrix means = sums.Means();
            AtomicFile.Write(path, means.WriteNpy);
        }

        if (parsed.GetValue(Errors) is { } errors)
        {
            using KernelMatrix deviations = sums.StandardErrors();
            AtomicFile.Write(errors, deviations.WriteNpy);
        }

        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(SampledKernelText.Json(sums, comparison, missing, parsed.GetValue(Common.Out), seconds, OptionsText(parsed)).ToJsonString());
        }
        else
        {
            SampledKernelText.Print(sums, comparison, missing, parsed.GetValue(Common.Out));
        }

        return CommandLine.Done;
    }

    private static string OptionsText(ParseResult parsed) => string.Join(' ', parsed.Tokens.Skip(1).Select(token => token.Value));

    private static void RequireRoom(ParseResult parsed, SampledKernel kernel, int rows, int networks, int threads)
    {
        if (parsed.GetValue(State) is not null && rows > KernelState.MostPoints)
        {
            throw new ForecastException($"--state keeps sums of at most {KernelState.MostPoints} rows, these are {rows}. Give --rows, or no --state.");
        }

        long needed = kernel.Bytes(rows, networks, threads);
        if (parsed.GetValue(Common.MaxMemory) is { } allowed && needed > allowed)
        {
            throw new ForecastException($"The kernel of {rows} rows from {networks} networks needs {needed} bytes, but --max-memory allows {allowed}. Give --rows, fewer --norm-rows where there are batch norms, or more memory.");
        }
    }

    private static void CheckFile(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is { } path)
        {
            Destination.Check(Path.GetExtension(path) == ".npy" ? path : throw new ArgumentException($"{option.Name} {path}: give a file that ends in .npy."));
        }
    }

    private static double ReadError(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value)
        ? value
        : throw new FormatException($"'{text}' is not allowed. Give a relative error above 0, such as 0.01.");

    private static Option<int?> Whole(string name, string help, string description, int smallest) => Parsing.Option(
        name, description, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= smallest
            ? value
            : throw new FormatException($"'{text}' is not allowed. Give a whole number of at least {smallest}."), help);

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };
}
