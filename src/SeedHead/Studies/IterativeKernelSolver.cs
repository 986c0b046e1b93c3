using System.Diagnostics;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Kernels;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>Kernel ridges by conjugate gradients on the limit kernels of a data set, tiles in memory, on disk or nowhere.</summary>
internal sealed class IterativeKernelSolver(Execution run, KernelTargets targets, Numbers points, bool tangent, KernelRidgeOptions options, long allowed, string folder)
{
    /// <summary>Bytes needed whatever is done with the tiles.</summary>
    public static long LeastBytes(LimitKernel kernel, int rows, int outputs, bool tangent, int threads, KernelRidgeOptions options) =>
        KernelRidge.Bytes(rows, outputs, options, threads) + LimitKernelTiles.Bytes(kernel, rows, tangent, threads);

    /// <summary>Where the tiles of the last kernel were kept.</summary>
    public KernelPlace Place { get; private set; }

    /// <summary>Products with the kernel and the relative residual of the last solution of all rows.</summary>
    public (int Iterations, double Residual) Last { get; private set; }

    public KernelSolution Solve(LimitKernel kernel)
    {
        var clock = Stopwatch.StartNew();
        Place = KernelStore.Choose(points.Count, allowed - LeastBytes(kernel, points.Count, targets.Outputs, tangent, run.Threads, options), folder);
        using IKernelTiles source = new LimitKernelTiles(kernel, points, tangent);
        using IKernelTiles tiles = KernelStore.Keep(run, source, Place, folder);
        double kernelSeconds = clock.Elapsed.TotalSeconds;
        using KernelRidge ridge = KernelRidge.Fit(run, tiles, targets.Values, options);
        Last = (ridge.Iterations, ridge.Residual);
        KernelRidgePoint point = ridge.Chosen;
        double temperature = point.Validation.Temperature(run.Team) ?? 1;
        var depth = new KernelDepth
        {
            Depth = kernel.Net.Depth,
            Net = kernel.Net.ToString(),
            Noise = point.Noise,
            Noises = [.. ridge.Path.Select(each => new KernelNoise(
                each.Noise, each.Rows, each.Validation.Loss, each.Validation.LogLoss, each.Validation.Error, null, each.Iterations, each.Residual))],
            LeftOut = targets.LeftOut(point.Validation, temperature, ridge.Validation),
            Criterion = point.Criterion,
            KernelSeconds = kernelSeconds,
            SolveSeconds = clock.Elapsed.TotalSeconds - kernelSeconds,
        };
        return new(depth, KernelSolution.Kept(ridge.Coefficients), ridge.TargetMeans, point.Noise * ridge.Unit, temperature);
    }
}
