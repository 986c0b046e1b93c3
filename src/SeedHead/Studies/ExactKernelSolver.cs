using System.Diagnostics;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Kernels;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>Exact Gaussian processes on the limit kernels of a data set.</summary>
internal sealed class ExactKernelSolver(Execution run, KernelTargets targets, Numbers points, bool tangent, GaussianProcessOptions options)
{
    /// <summary>Bytes for the kernel and the process.</summary>
    public static long Bytes(LimitKernel kernel, int rows, int outputs, bool tangent, int threads, GaussianProcessOptions options) =>
        kernel.Bytes(rows, rows, tangent, threads) + GaussianProcess.Bytes(rows, outputs, options);

    public KernelSolution Solve(LimitKernel kernel)
    {
        var clock = Stopwatch.StartNew();
        using LimitGram gram = Gram(kernel);
        KernelMatrix matrix = gram.Tangent ?? gram.Nngp;
        double kernelSeconds = clock.Elapsed.TotalSeconds;
        using GaussianProcess process = GaussianProcess.Fit(run, matrix.Values, targets.Values, options);
        GaussianProcessPoint point = process.Point!;
        double temperature = point.LeaveOneOut.Temperature(run.Team) ?? 1;
        var depth = new KernelDepth
        {
            Depth = kernel.Net.Depth,
            Net = kernel.Net.ToString(),
            Noise = point.Noise,
            Noises = [.. process.Path.Select(Compared)],
            LeftOut = targets.LeftOut(point.LeaveOneOut, temperature),
            Criterion = point.Criterion(options.Choice),
            LogMarginalLikelihood = point.LogMarginalLikelihood,
            OutputScale = point.OutputScale,
            LeaveOneOutLogDensity = point.LeaveOneOutLogDensity,
            KernelSeconds = kernelSeconds,
            SolveSeconds = clock.Elapsed.TotalSeconds - kernelSeconds,
        };
        return new(depth, KernelSolution.Kept(process.Coefficients), [.. process.TargetMeans], point.AbsoluteNoise, temperature);
    }

    /// <summary>Predictive deviations of test rows, noise included: the factor is computed again, so that only one depth's stands in memory.</summary>
    public double[] Deviations(LimitKernel kernel, KernelDepth depth, KernelCross cross)
    {
        using LimitGram gram = Gram(kernel);
        using var process = new GaussianProcess(run.Team, (gram.Tangent ?? gram.Nngp).Values, targets.Values, targets.Classification);
        GaussianProcessPoint point = process.Factor(depth.Noise);
        return cross.Variances(kernel, process, variance => Math.Sqrt(variance + (point.OutputScale * point.AbsoluteNoise)));
    }

    private LimitGram Gram(LimitKernel kernel)
    {
        run.Report($"kernel of depth {kernel.Net.Depth}", 0, 1);
        LimitGram gram = kernel.Gram(points, tangent, run);
        if (gram.Tangent is not null)
        {
            gram.Nngp.Dispose(); // only the one learned from is kept
        }

        run.Report($"solving depth {kernel.Net.Depth}", 0, 1);
        return gram;
    }

    private static KernelNoise Compared(GaussianProcessPoint point) =>
        new(point.Noise, point.Rows, point.LeaveOneOut.Loss, point.LeaveOneOut.LogLoss, point.LeaveOneOut.Error, point.LogMarginalLikelihood);
}
