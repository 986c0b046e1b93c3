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

    /// <summary>What chooses noise and depth; the marginal likelihood is known to exact solutions only.</summary>
    public NoiseChoice Choice { get; init; }

    /// <summary>How it is solved; null: exactly where that fits into memory.</summary>
    public KernelSolver? Solver { get; init; }

    /// <summary>The folder of temporary files, for kernel matrices that exceed memory.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>Bytes allowed, or null: what the machine has.</summary>
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
        GaussianProcessOptions exactly = new() { Noises = Noises ?? GaussianProcessOptions.DefaultNoises, Classification = targets.Classification, Choice = Choice, Seed = Seed };
        KernelSolver how = Choose(kernels[0], targets, exactly, run.Threads);
        ExactKernelSolver exact = new(run, targets, points, Tangent, exactly);
        IterativeKernelSolver iterative = new(run, targets, points, Tangent, Iteratively(targets), Allowed, Folder);
        var depths = new List<KernelDepth>();
        KernelSolution? best = null;
        try
        {
            foreach (LimitKernel kernel in kernels)
            {
                KernelSolution found = how == KernelSolver.Exact ? exact.Solve(kernel) : iterative.Solve(kernel);
                depths.Add(found.Depth);
                (KernelSolution? worse, best) = best is null || found.Depth.Criterion < best.Depth.Criterion ? (best, found) : (found, best);
                worse?.Dispose();
            }

            LimitKernel chosen = kernels[depths.IndexOf(best!.Depth)];
            double fit = clock.Elapsed.TotalSeconds, cpu = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            KernelSolveAnswer answer = Tested(run, targets, best, chosen, how == KernelSolver.Exact ? exact : null, inputs, points) with { Depths = depths };
            double predict = clock.Elapsed.TotalSeconds - fit;
            answer = how == KernelSolver.Exact ? answer : answer with { Notes = [.. answer.Notes, Told(iterative)] };
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

    private long Allowed => MaxMemory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private KernelRidgeOptions Iteratively(KernelTargets targets) =>
        new() { Noises = Noises ?? KernelRidgeOptions.DefaultNoises, Classification = targets.Classification, Seed = Seed };

    private KernelSolver Choose(LimitKernel kernel, KernelTargets targets, GaussianProcessOptions options, int threads)
    {
        long points = (long)Train.Count * kernel.Net.InputCount * sizeof(float), cross = KernelCross.Bytes(kernel, Train.Count, Test?.Count ?? 0, Tangent, threads);
        long exact = points + Math.Max(ExactKernelSolver.Bytes(kernel, Train.Count, targets.Outputs, Tangent, threads, options), cross);
        long least = Math.Max(IterativeKernelSolver.LeastBytes(kernel, Train.Count, targets.Outputs, Tangent, threads, Iteratively(targets)), points + cross);
        KernelSolver how = Solver ?? (exact <= Allowed ? KernelSolver.Exact : KernelSolver.ConjugateGradients);
        if (how != KernelSolver.Exact && Choice == NoiseChoice.MarginalLikelihood)
        {
            throw new ArgumentException("Conjugate gradients do not know the marginal likelihood. Choose by left-out rows, or solve exactly with fewer --rows or more memory.");
        }

        long needed = how == KernelSolver.Exact ? exact : least;
        return needed <= Allowed ? how : throw new ForecastException(
            $"Solving {Train.Count} rows needs {needed} bytes, but {(MaxMemory is null ? "the machine has" : "--max-memory allows")} {Allowed}. Give fewer --rows or more memory.");
    }

    private static string Told(IterativeKernelSolver solver) =>
        FormattableString.Invariant($"Solved by conjugate gradients to a relative residual of {solver.Last.Residual:0.0e+0} in {solver.Last.Iterations} iterations; kernel matrix in float32, ") + (solver.Place switch
        {
            KernelPlace.Memory => "in memory.",
            KernelPlace.Disk => "on disk.",
            _ => "computed anew in every iteration, since neither memory nor disk has room.",
        });

    private unsafe KernelSolveAnswer Tested(
        Execution run, KernelTargets targets, KernelSolution best, LimitKernel kernel, ExactKernelSolver? exact, KernelInputs inputs, Numbers points)
    {
        var answer = new KernelSolveAnswer
        {
            Data = new(Train.Name, Train.Count, Train.Inputs.Columns, (Train.Target as ClassTarget)?.Classes, Train.Target!.Name, Test?.Count ?? 0, Train.Sha256),
            Kind = Tangent ? "ntk" : "nngp",
            Choice = Choice,
            Solver = exact is null ? "conjugate gradients" : "exact",
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
        double[] deviations = targets.Classification || exact is null ? [] : exact.Deviations(kernel, best.Depth, cross);
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

/// <summary>How kernel methods solve.</summary>
internal enum KernelSolver
{
    /// <summary>By a Cholesky factor.</summary>
    Exact,

    /// <summary>By conjugate gradients with a Nyström preconditioner.</summary>
    ConjugateGradients,
}
