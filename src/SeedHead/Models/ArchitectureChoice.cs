using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Heads;
using SeedHead.Kernels;
using SeedHead.Networks;

namespace SeedHead.Models;

/// <summary>Ranks architectures without training: exact left-out errors of the limit kernels of their features, on a sample of the training rows.</summary>
/// <remarks>
/// Kernels read the rows as the features do: preprocessed, times the input scale of <see cref="HiddenFeatures"/>. Formulas and what the ranking is
/// worth: docs/math/architecture-choice.md.
/// </remarks>
internal sealed class ArchitectureChoice
{
    /// <summary>Rows a ranking is made on: a constant of the definition.</summary>
    public const int MostRows = 2000;

    private const int NoiseRows = 1000; // on which noises are compared
    private const double Distinct = 2; // standard errors
    private const double Rounding = 1e-6; // of a loss: scores are float32

    private static readonly double[] Noises = [1e-7, 1e-6, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10];

    private readonly FeatureOptions options;
    private readonly InputRows rows;
    private readonly Outcome outcome;
    private readonly Target target;
    private readonly NetChoice by;
    private readonly GaussianProcessOptions solving;
    private readonly int[] chosen;

    /// <param name="options">"hidden" or "outputs" without a network.</param>
    /// <param name="width">The number of features, or null.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="target">Their target.</param>
    /// <param name="outcome">How it is encoded.</param>
    /// <param name="by">What ranks.</param>
    /// <param name="seed">Names the sample.</param>
    /// <exception cref="ArgumentException">Other features, or a network was named.</exception>
    public ArchitectureChoice(FeatureOptions options, int? width, InputRows rows, Target target, Outcome outcome, NetChoice by, ulong seed)
    {
        if (options.Features is not (HiddenFeatures.Word or OutputFeatures.Word))
        {
            throw new ArgumentException($"--net auto chooses the network behind the features \"hidden\" or \"outputs\", not \"{options.Features}\". Take one of the two, or leave out --net.");
        }

        if (options.Net is not null)
        {
            throw new ArgumentException($"The network {options.Net} is named, and one is to be chosen. Do one of the two.");
        }

        (this.options, this.rows, this.target, this.outcome, this.by) = (options, rows, target, outcome, by);
        Seed = seed;
        chosen = Splits.Sample(target, MostRows, seed);
        Candidates = ArchitectureCandidates.Of(options, rows.Columns, width);
        solving = new()
        {
            Noises = Noises,
            Classification = outcome is ClassOutcome,
            Choice = by == NetChoice.MarginalLikelihood ? NoiseChoice.MarginalLikelihood : NoiseChoice.LeaveOneOut,
            SampleRows = NoiseRows,
            Seed = seed,
        };
    }

    public IReadOnlyList<ArchitectureCandidate> Candidates { get; init; }

    private ulong Seed { get; }

    /// <summary>The options of the costliest candidate, for forecasts.</summary>
    public FeatureOptions Costliest => With(Candidates.MaxBy(candidate => candidate.Net.Depth)!);

    public ArchitectureForecast Foresee(long dataBytes, int threads) =>
        ArchitectureForecast.Of(Candidates, chosen.Length, outcome.Outputs, dataBytes, solving, threads);

    /// <summary>The options with the best network and its prior; the ranking, or null where the target does not vary; and a remark.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public (FeatureOptions Options, ArchitectureRanking? Ranking, string Note) Run(Execution run)
    {
        using var targetBuffer = new NativeBuffer<double>((long)chosen.Length * outcome.Outputs);
        Strided<double> targets = Targets(targetBuffer);
        if (!Varies(targets))
        {
            return (With(Candidates[0]), null, $"The target does not vary on {chosen.Length} rows, so no network is better than another: {Candidates[0].Net}, {Candidates[0].Prior} is taken.");
        }

        Numbers points = Points();
        var all = new List<Judged>();
        foreach (ArchitectureCandidate candidate in Candidates)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            run.Report("choosing the network", all.Count, Candidates.Count);
            all.Add(Judge(candidate, points, targets, run with { Progress = null }));
        }

        Judged[] ranked = [.. all.OrderBy(judged => judged.Criterion)];
        return (With(ranked[0].Candidate), new(chosen.Length, by, [.. ranked.Select(judged => Point(judged, ranked[0]))]), Remark(ranked));
    }

    private Judged Judge(ArchitectureCandidate candidate, Numbers points, Strided<double> targets, Execution run)
    {
        using LimitGram gram = new LimitKernel(candidate.Net, candidate.Prior).Gram(points, tangent: false, run);
        using GaussianProcess process = GaussianProcess.Fit(run, gram.Nngp.Values, targets, solving);
        GaussianProcessPoint point = process.Point!;
        LeaveOneOutErrors left = point.LeaveOneOut;
        double[] losses = outcome is ClassOutcome
            ? Calibration.LogLosses(left.Scores!, Codes(targets), left.Temperature(run.Team)!.Value)
            : [.. left.Scores!.Select((score, i) => (score - targets[i, 0]) * (score - targets[i, 0]))];
        return new(candidate, point.Noise, point.Criterion(solving.Choice), left.Error, losses, point.LogMarginalLikelihood);
    }

    private ArchitecturePoint Point(Judged judged, Judged best)
    {
        var (loss, standardError) = Mean(judged.Losses);
        var (difference, spread) = Mean([.. judged.Losses.Zip(best.Losses, (own, other) => own - other)]);
        bool distinguishable = Math.Abs(difference) > (Distinct * spread) + (Rounding * loss);
        double error = judged.Error, errorDeviation = Math.Sqrt(error * (1 - error) / judged.Losses.Length);
        if (outcome is NumberOutcome number)
        {
            errorDeviation = error > 0 ? number.Scale * standardError / (2 * error) : 0; // of a root
            error *= number.Scale;
        }

        return new(
            judged.Candidate.Net.ToString(), judged.Candidate.Prior.ToString(), judged.Noise, error, errorDeviation, loss, standardError,
            judged.LogMarginalLikelihood, difference, spread, distinguishable);
    }

    private string Remark(Judged[] ranked)
    {
        int alike = ranked.Skip(1).Count(judged => !Point(judged, ranked[0]).Distinguishable);
        string among = alike == 0 ? "and is distinguishable from all others" : $"and {alike} of the others cannot be told from it";
        return $"Network: {ranked[0].Candidate.Net}, {ranked[0].Candidate.Prior} is the best of {ranked.Length} by "
            + $"{(by == NetChoice.LeaveOneOut ? "left-out rows" : "marginal likelihood")} of limit kernels on {chosen.Length} rows, {among}.";
    }

    private static (double Mean, double StandardError) Mean(double[] values)
    {
        double n = values.Length, mean = values.Sum() / n, squares = values.Sum(value => (value - mean) * (value - mean));
        return (mean, Math.Sqrt(squares / n / Math.Max(n - 1, 1)));
    }

    private FeatureOptions With(ArchitectureCandidate candidate) => options with { Net = candidate.Net, Prior = candidate.Prior };

    private unsafe Numbers Points()
    {
        using var buffer = new NativeBuffer<float>((long)chosen.Length * rows.Columns);
        rows.Read(chosen, Strided<float>.RowMajor(buffer, chosen.Length, rows.Columns));
        float scale = (float)DefaultNetwork.InputScale(options, rows, Seed);
        var values = new float[buffer.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = scale * buffer.Pointer[i];
        }

        return new(values, rows.Columns);
    }

    private Strided<double> Targets(NativeBuffer<double> buffer)
    {
        Target sample = target.Select(chosen);
        using var single = new NativeBuffer<float>(buffer.Length);
        Strided<float> encoded = Strided<float>.RowMajor(single, chosen.Length, outcome.Outputs);
        outcome.Encode(sample, encoded);
        Strided<double> targets = Strided<double>.RowMajor(buffer, chosen.Length, outcome.Outputs);
        for (int i = 0; i < chosen.Length; i++)
        {
            for (int k = 0; k < outcome.Outputs; k++)
            {
                targets[i, k] = encoded[i, k];
            }
        }

        return targets;
    }

    private static bool Varies(Strided<double> targets)
    {
        for (long i = 1; i < targets.Rows; i++)
        {
            if (!targets.Row(i).SequenceEqual(targets.Row(0)))
            {
                return true;
            }
        }

        return false;
    }

    private int[] Codes(Strided<double> targets) => [.. Enumerable.Range(0, chosen.Length).Select(i => targets.Row(i).IndexOf(1.0))];

    private sealed record Judged(ArchitectureCandidate Candidate, double Noise, double Criterion, double Error, double[] Losses, double LogMarginalLikelihood);
}
