using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Cli.Verbs;

/// <summary>kernel: Gram matrices of limit or sampled kernels to npy, or one dual of an activation.</summary>
internal static class KernelVerb
{
    private static readonly Argument<string?> Data = new("DATA") { Description = Common.Data.Description, Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> Net = new("--net") { Description = "Architecture, e.g. 784-512-relu-1, or a preset.", HelpName = "TEXT" };

    private static readonly Option<WeightPrior?> Prior = new("--prior")
    {
        Description = "Law of the weights. Default: he-normal for relu-like activations, else lecun-normal.",
        HelpName = "PRIOR",
        CustomParser = Parsing.With(WeightPrior.Parse),
    };

    private static readonly Option<bool> Tangent = new("--ntk") { Description = "Take the neural tangent kernel in place of the NNGP kernel." };

    private static readonly Option<Activation?> Dual = new("--dual")
    {
        Description = "Print E[φ(u)φ(v)] of this activation and stop.",
        HelpName = "ACTIVATION",
        CustomParser = Parsing.With(Activation.Parse),
    };

    private static readonly Option<double[]?> At = new("--at")
    {
        Description = "Variances of u and of v, and their covariance, for --dual.",
        HelpName = "A,B,C",
        CustomParser = Parsing.With(ReadAt),
    };

    public static Command Create()
    {
        var command = new Command("kernel", "The kernel of an architecture: written to a file, sampled from finite networks, learned with, looked into, or one dual of an activation.");
        command.Arguments.Add(Data);
        foreach (Option option in (Option[])[Net, Prior, Tangent, Dual, At, .. KernelSolve.Options, .. KernelSampling.Options, .. SpectrumRun.Options, .. DistilRun.Options, Common.Out, Common.Seed, Common.MaxMemory])
        {
            command.Options.Add(option);
        }

        Common.AddReading(command);
        Common.AddRunning(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        RequireOneJob(parsed);
        if (parsed.GetValue(Dual) is { } activation)
        {
            return PrintDual(parsed, activation);
        }

        if (KernelSampling.IsAsked(parsed))
        {
            return KernelSampling.Run(parsed, outputs => ReadSampled(parsed, outputs, cancellation), parsed.GetValue(Tangent), cancellation);
        }

        (string data, string net) = Named(parsed);
        KernelSampling.RequireNone(parsed);
        return KernelSolve.Asked(parsed) ? KernelSolve.Run(parsed, data, net, parsed.GetValue(Prior), parsed.GetValue(Tangent), cancellation)
            : SpectrumRun.Asked(parsed) ? SpectrumRun.Run(parsed, data, net, parsed.GetValue(Prior), parsed.GetValue(Tangent), cancellation)
            : DistilRun.Asked(parsed) ? DistilRun.Run(parsed, data, net, parsed.GetValue(Prior), cancellation)
            : WriteGram(parsed, data, net, cancellation);
    }

    private static void RequireOneJob(ParseResult parsed)
    {
        (string Name, bool Asked)[] jobs =
        [
            ("--dual", parsed.GetValue(Dual) is not null), ("--networks, --until or --merge", KernelSampling.IsAsked(parsed)), ("--solve", KernelSolve.Asked(parsed)),
            ("--spectrum or --map", SpectrumRun.Asked(parsed)), ("--distil", DistilRun.Asked(parsed)),
        ];
        if (jobs.Where(job => job.Asked).Take(2).ToArray() is [var first, var second])
        {
            throw new ArgumentException($"{first.Name} and {second.Name} are different jobs: give one of them.");
        }

        SpectrumRun.RequireNone(parsed);
        DistilRun.RequireNone(parsed);
    }

    private static int PrintDual(ParseResult parsed, Activation activation)
    {
        if (parsed.GetValue(At) is not { Length: 3 } at)
        {
            throw new ArgumentException("--dual needs --at A,B,C: the variances of u and of v, and their covariance.");
        }

        double value = activation.Dual(at[0], at[1], at[2]), gradient = activation.DualOfGradient(at[0], at[1], at[2]);
        Console.Out.WriteLine(parsed.GetValue(Common.Json)
            ? new JsonObject
            {
                ["command"] = "kernel", ["dual"] = activation.Text, ["at"] = new JsonArray([.. at.Select(number => JsonValue.Create(number))]), ["value"] = value,
                ["gradientValue"] = gradient,
            }.ToJsonString()
            : value.ToString(CultureInfo.InvariantCulture));
        return CommandLine.Done;
    }

    private static int WriteGram(ParseResult parsed, string data, string text, CancellationToken cancellation)
    {
        KernelSolve.RequireNone(parsed);
        string path = parsed.GetValue(Common.Out) ?? throw new ArgumentException("give one job: --out FILE.npy writes the matrix, --solve learns with it, --networks N samples it, --spectrum and --map look into it, --distil M condenses the rows.");
        if (Path.GetExtension(path) != ".npy")
        {
            throw new ArgumentException($"--out {path}: give a file that ends in .npy.");
        }

        Destination.Check(path);
        Execution run = Common.Execution(parsed, cancellation);
        Inputs rows = Load(parsed, data, cancellation);
        Architecture net = Architecture.Parse(text, (rows as Images)?.Shape, 1);
        var kernel = new LimitKernel(net, parsed.GetValue(Prior) ?? WeightPrior.DefaultFor(net.FirstActivation));
        bool tangent = parsed.GetValue(Tangent);
        Numbers points = KernelInputs.Learn(rows).Read(rows);
        KernelBands.RequireDisk(path, points.Count);
        Write(path, kernel, points, tangent, parsed.GetValue(Common.MaxMemory) ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, run);
        ProgressLine.Clear();
        string kind = tangent ? "ntk" : "nngp";
        Console.Out.WriteLine(parsed.GetValue(Common.Json)
            ? new JsonObject
            {
                ["command"] = "kernel", ["kind"] = kind, ["net"] = net.ToString(), ["prior"] = kernel.Prior.ToString(), ["rows"] = points.Count, ["out"] = path,
            }.ToJsonString()
            : $"{path}: {points.Count} × {points.Count}, {kind} of {net}, {kernel.Prior}");
        return CommandLine.Done;
    }

    /// <summary>The whole matrix where it fits into memory, else tile by tile: the same bytes.</summary>
    private static void Write(string path, LimitKernel kernel, Numbers points, bool tangent, long allowed, Execution run)
    {
        if (kernel.Bytes(points.Count, points.Count, tangent, run.Threads) > allowed)
        {
            int side = KernelBands.Side(kernel, points.Count, tangent, run.Threads, allowed);
            AtomicFile.Write(path, stream => KernelBands.WriteNpy(stream, kernel, points, tangent, side, run));
            return;
        }

        using LimitGram gram = kernel.Gram(points, tangent, run);
        AtomicFile.Write(path, stream => (gram.Tangent ?? gram.Nngp).WriteNpy(stream));
    }

    private static (string Data, string Net) Named(ParseResult parsed) => (
        parsed.GetValue(Data) ?? throw new ArgumentException("kernel needs DATA and --net, or --dual ACTIVATION --at A,B,C."),
        parsed.GetValue(Net) ?? throw new ArgumentException("kernel needs the network: --net TEXT, e.g. --net 784-512-relu-1."));

    private static Inputs Load(ParseResult parsed, string data, CancellationToken cancellation)
    {
        bool rowsOnly = data.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) || data.EndsWith(".npy.gz", StringComparison.OrdinalIgnoreCase);
        return KernelSolve.First(DataSource.Load(data, Common.Reading(parsed, cancellation, requireTarget: !rowsOnly)).Train, parsed).Inputs;
    }

    private static (Numbers Points, Architecture Net, WeightPrior Prior) ReadSampled(ParseResult parsed, int? outputs, CancellationToken cancellation)
    {
        (string data, string text) = Named(parsed);
        Inputs rows = Load(parsed, data, cancellation);
        Architecture net = Architecture.Parse(text, (rows as Images)?.Shape, outputs ?? 1);
        if (outputs is { } count)
        {
            net.BeforeOutputLayer(); // refuses a network whose last dense layer is a hidden one
            net = net.WithLastWidth(count);
        }

        return (KernelInputs.Learn(rows).Read(rows), net, parsed.GetValue(Prior) ?? WeightPrior.DefaultFor(net.FirstActivation));
    }

    private static double[] ReadAt(string text)
    {
        string[] parts = text.Split(',');
        var numbers = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw new FormatException($"'{parts[i]}' in '{text}' is no number. Give variances and covariance, as in 1,2,0.7.");
            }
        }

        return numbers.Length == 3 ? numbers : throw new FormatException($"'{text}' has {numbers.Length} numbers. Give variances and covariance, as in 1,2,0.7.");
    }
}
