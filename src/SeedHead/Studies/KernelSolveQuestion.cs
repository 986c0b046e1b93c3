using System.Diagnostics;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Kernels;
using SeedHead.Models;
using SeedHead.Networks;

namespace SeedHead.Studies;

/// <summary>What does the limit kernel of an architecture learn from data, and how deep should it be?</summary>
internal sealed record KernelSolveQuestion
{
    /// <summary>The training rows, with a target.</summary>
    public required Dataset Train { get; init; }

    /// <summary>Test rows, or null.</summary>
    public Dataset? Test { get; init; }

    /// <summary>The architecture; one repeat where depths are given.</summary>
    public required string Net { get; init; }

    /// <summary>The law of the weights, or null for the usual one of the activation.</summary>
    public WeightPrior? Prior { get; init; }

    /// <summary>Whether the tangent kernel is learned with in place of the NNGP kernel.</summary>
    public bool Tangent { get; init; }

    /// <summary>Depths tried, or empty: the architecture as written.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [];

    /// <summary>Noises compared, or null: the default ones.</summary>
    public IReadOnlyList<double>? Noises { get; init; }

    /// <summary>Bytes allowed, or null.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Seed of samples.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Seconds that reading took.</summary>
    public double ReadSeconds { get; init; }

    /// <summary>Answers the question.</summary>
    /// <exception cref="ArgumentException">The architecture has no closed form, or no single repeat for the depths.</exception>
    /// <exception cref="ForecastException">More memory than allowed.</exception>
    public KernelSolveAnswer Run(Execution run)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        LimitKernel[] kernels = Kernels();
        KernelInputs inputs = KernelInputs.Learn(Train.Inputs);
        Numbers points = inputs.Read(Train.Inputs);
        using var targets = new KernelTargets(Train.Target ?? throw new DataException($"{Train.Name} has no target to learn. Give data with a target."));
        var options = new GaussianProcessOptions { Noises = Noises ?? GaussianProcessOptions.DefaultNoises, Classification = targets.Classification, Seed = Seed };
        RequireRoom(kernels[0], targets, options, run.Threads);
        var solver = new ExactKernelSolver(run, targets, points, Tangent, options);
        var depths = new List<KernelDepth>();
        KernelSolution? best = null;
        try
        {
            foreach (LimitKernel kernel in kernels)
            {
                KernelSolution found = solver.Solve(kernel);
                depths.Add(found.Depth);
                (KernelSolution? worse, best) = best is null || found.Depth.Criterion < best.Depth.Criterion ? (best, found) : (found, best);
                worse?.Dispose();
            }

            LimitKernel chosen = kernels[depths.IndexOf(best!.Depth)];
            double fit = clock.Elapsed.TotalSeconds, cpu = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            KernelSolveAnswer answer = Tested(run, targets, best, chosen, solver, inputs, points) with { Depths = depths };
            double predict = clock.Elapsed.TotalSeconds - fit;
            return answer with { Seconds = new(ReadSeconds, fit, cpu, predict, ReadSeconds + fit + predict), PeakMemoryBytes = PeakMemory.Bytes() };
        }
        finally
        {
            best?.Dispose();
        }
    }

    private LimitKernel[] Kernels()
    {
        var net = Architecture.Parse(Net, (Train.Inputs as Images)?.Shape, 1);
        Architecture[] nets = Depths.Count == 0 ? [net] : [.. Depths.Select(depth => ComplexityNets.WithDepth(net, depth))];
        return [.. nets.Select(each => new LimitKernel(each, Prior ?? WeightPrior.DefaultFor(each.FirstActivation)))];
    }

    private void RequireRoom(LimitKernel kernel, KernelTargets targets, GaussianProcessOptions options, int threads)
    {
        long needed = Math.Max(ExactKernelSolver.Bytes(kernel, Train.Count, targets.Outputs, Tangent, threads, options), KernelCross.Bytes(kernel, Train.Count, Test?.Count ?? 0, Tangent, threads));
        long allowed = MaxMemory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > allowed)
        {
            throw new ForecastException($"The kernel of {Train.Count} rows needs {needed} bytes, but {(MaxMemory is null ? "the machine has" : "--max-memory allows")} {allowed}. Give fewer --rows or more memory.");
        }
    }

    private unsafe KernelSolveAnswer Tested(
        Execution run, KernelTargets targets, KernelSolution best, LimitKernel kernel, ExactKernelSolver solver, KernelInputs inputs, Numbers points)
    {
        var answer = new KernelSolveAnswer
        {
            Data = new(Train.Name, Train.Count, Train.Inputs.Columns, (Train.Target as ClassTarget)?.Classes, Train.Target!.Name, Test?.Count ?? 0, Train.Sha256),
            Kind = Tangent ? "ntk" : "nngp",
            Solver = "exact",
            Prior = kernel.Prior.ToString(),
            Depths = [],
            Chosen = best.Depth,
            Train = TrainScore(targets, best),
            Seconds = new(0, 0, 0, 0, 0),
            PeakMemoryBytes = 0,
            Threads = run.Threads,
            Manifest = Manifests.Of(Seed, $"kernel --solve --net {Net}{(Tangent ? " --ntk" : "")}"),
            Notes = [.. Train.Notes, .. Test?.Notes ?? []],
        };
        if (Test is null)
        {
            return answer;
        }

        Numbers rows = inputs.Read(Test.Inputs);
        var cross = new KernelCross(run, points, rows, Tangent);
        using var buffer = new NativeBuffer<double>((long)rows.Count * targets.Outputs);
        var predictions = Strided<double>.RowMajor(buffer, rows.Count, targets.Outputs);
        cross.Predict(kernel, best, predictions);
        double[] deviations = targets.Classification ? [] : solver.Deviations(kernel, best.Depth, cross);
        return answer with
        {
            Test = targets.Score(Test.Target!, predictions, best.Temperature, deviations),
            MeanStandardisedLogLoss = deviations.Length == 0 ? null : targets.StandardisedLogLoss(Test.Target!, predictions, deviations),
            Predictions = targets.Readable(predictions, best.Temperature),
        };
    }

    // Kα + mean = Y − noise·α
    private Score TrainScore(KernelTargets targets, KernelSolution best)
    {
        using var buffer = new NativeBuffer<double>((long)targets.Rows * targets.Outputs);
        var fitted = Strided<double>.RowMajor(buffer, targets.Rows, targets.Outputs);
        var alpha = Strided<double>.RowMajor(best.Coefficients, targets.Rows, targets.Outputs);
        for (int i = 0; i < targets.Rows; i++)
        {
            for (int k = 0; k < targets.Outputs; k++)
            {
                fitted[i, k] = targets.Values[i, k] - (best.AbsoluteNoise * alpha[i, k]);
            }
        }

        return targets.Score(Train.Target!, fitted, best.Temperature);
    }
}
