using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Heads;

/// <summary>Ridge regression with a free intercept: min over W, b of ‖Y − ΦW − 1bᵀ‖² + λ·‖W‖², λ chosen by what left-out rows say.</summary>
/// <remarks>
/// Source of the leave-one-out and GCV formulas: Golub, Heath &amp; Wahba, "Generalized Cross-Validation as a Method for Choosing a Good Ridge
/// Parameter", Technometrics 21 (1979). Classifiers choose by the log-loss of calibrated left-out scores, regressions by the squared error. Solutions, errors and choice depend on the data, the options and the seed alone.
/// </remarks>
internal static unsafe class Ridge
{
    /// <summary>Left-out scores held at once: 256 MiB.</summary>
    public const long MostScores = 1 << 26;

    private const int SamplePurpose = 201; // of Order: rows left out one by one

    /// <summary>Fits with exact leave-one-out; by the dual form when there are fewer rows than features.</summary>
    /// <param name="run">Threads, cancellation, progress.</param>
    /// <param name="rows">Φ, n ≥ 1 rows.</param>
    /// <param name="targets">Y [n × K], columns side by side. Classes: one-hot; the intercept is part of the ridge.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">No rows, shapes that do not match, or features that are not finite.</exception>
    public static RidgeFit Fit(Execution run, IFeatureRows rows, Strided<float> targets, RidgeOptions options)
    {
        if (rows.Count < 1 || rows.FeatureCount < 1 || targets.Rows != rows.Count || targets.Columns < 1)
        {
            throw new ArgumentException(
                $"Features are [{rows.Count} × {rows.FeatureCount}] and targets [{targets.Rows} × {targets.Columns}]. Pass [n × D] and [n × K], none empty.",
                nameof(targets));
        }

        var plan = new RidgePlan(rows.Count, rows.FeatureCount, checked((int)targets.Columns), options);
        return plan.Dual ? FitDual(run, rows, targets, options) : FitPrimal(run, rows, targets, options, plan);
    }

    /// <summary>Fits from sums alone, choosing by generalised cross-validation.</summary>
    public static RidgeFit FromSums(Execution run, GramSums sums, RidgeOptions options)
    {
        if (sums.Rows < 1)
        {
            throw new ArgumentException("The sums hold no rows. Add some first.", nameof(sums));
        }

        return Solve(run, sums, null, default, options, new RidgePlan(0, sums.FeatureCount, sums.Outputs, options with { KeepSums = true }));
    }

    private static RidgeFit FitPrimal(Execution run, IFeatureRows rows, Strided<float> targets, RidgeOptions options, RidgePlan plan)
    {
        using var leftOut = plan.LeftOut == 0 ? null : ChooseLeftOut(rows, options, plan);
        var sums = Sum(run, rows, targets, plan, leftOut);
        try
        {
            var fit = Solve(run, sums, leftOut, targets, options, plan, rows);
            if (!options.KeepSums)
            {
                sums.Dispose();
            }

            return fit with { Sums = options.KeepSums ? sums : null };
        }
        catch
        {
            sums.Dispose();
            throw;
        }
    }

    private static GramSums Sum(Execution run, IFeatureRows rows, Strided<float> targets, RidgePlan plan, LeftOutRows? leftOut)
    {
        var team = run.Team;
        using var buffer = new NativeBuffer<float>((long)Math.Min(plan.Rows, GramSums.BlockRows) * plan.Features);
        var first = Read(team, rows, 0, buffer);
        var sums = new GramSums(plan.Features, plan.Outputs, FirstMeans(team, first), plan.DoublePrecision);
        try
        {
            leftOut?.Begin(sums);
            for (int start = 0; start < plan.Rows; start += GramSums.BlockRows)
            {
                team.Cancellation.ThrowIfCancellationRequested();
                var block = start == 0 ? first : Read(team, rows, start, buffer);
                sums.Add(team, block, targets.Block(start, 0, block.Rows, targets.Columns));
                leftOut?.Collect(start, block);
                run.Report("features and Gram", start + block.Rows, plan.Rows);
            }

            return sums;
        }
        catch
        {
            sums.Dispose();
            throw;
        }
    }

    private static RidgeFit Solve(
        Execution run, GramSums sums, LeftOutRows? leftOut, Strided<float> targets, RidgeOptions options, RidgePlan plan, IFeatureRows? rows = null)
    {
        var centred = new CentredSums(sums, options.Standardise);
        using var path = new PrimalPath(run.Team, centred, leftOut, targets, options.Classification);
        var search = plan.Decomposes ? SearchDecomposed(run, centred, leftOut, targets, options, plan)
            : Search(run, path.Evaluate, Flat(centred.TargetDeviation, sums.Rows, sums.Outputs), options);
        string selection = leftOut is null ? "generalised cross-validation"
            : leftOut.Rows.Length == sums.Rows ? "leave-one-out"
            : $"leave-one-out on {leftOut.Rows.Length} sampled rows";
        double[] coefficients = search.Chosen.Coefficients!;
        if (rows is not null && plan.Refines && !search.Chosen.Refined)
        {
            using var streamed = plan.LeftOut == plan.Rows ? null : new StreamedRows(rows);
            streamed?.Begin(sums);
            coefficients = path.Refine(search.Chosen, streamed ?? leftOut!);
        }

        return Answer(run, search, centred.Head(coefficients), selection, "primal", leftOut?.Rows);
    }

    private static PenaltySearch SearchDecomposed(
        Execution run, CentredSums centred, LeftOutRows? leftOut, Strided<float> targets, RidgeOptions options, RidgePlan plan)
    {
        using var path = new EigenPath(run.Team, centred, leftOut, targets, options.Classification, plan.Refines);
        var grid = options.Penalties ?? RidgeOptions.UsualPenalties;
        var found = new Dictionary<double, Candidate>();
        var search = new PenaltySearch(
            penalty => found.TryGetValue(penalty, out var candidate) ? candidate : path.Evaluate([penalty]) is [var raised] ? raised : null,
            Flat(centred.TargetDeviation, centred.Rows, centred.Outputs));

        // All at once while the left-out scores of all fit; else a few at a time, each time with a pass over the rows.
        long scores = (long)(leftOut?.Rows.Length ?? 0) * centred.Outputs;
        foreach (double[] part in grid.Reverse().Chunk((int)Math.Clamp(MostScores / Math.Max(scores, 1), 1, grid.Count)))
        {
            run.Cancellation.ThrowIfCancellationRequested();
            Array.Reverse(part);
            found = path.Evaluate(part).ToDictionary(candidate => candidate.Penalty);
            search.Add(grid, part);
            run.Report("penalties", search.Path.Count(), grid.Count);
        }

        search.Raise();
        return search;
    }

    private static RidgeFit FitDual(Execution run, IFeatureRows rows, Strided<float> targets, RidgeOptions options)
    {
        var team = run.Team;
        using var buffer = new NativeBuffer<float>((long)rows.Count * rows.FeatureCount);
        var features = Strided<float>.RowMajor(buffer, rows.Count, rows.FeatureCount);
        for (int start = 0; start < rows.Count; start += GramSums.BlockRows)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(GramSums.BlockRows, rows.Count - start);
            rows.Read(team, start, features.Block(start, 0, count, rows.FeatureCount));
            run.Report("features", start + count, rows.Count);
        }

        using var path = new DualPath(team, features, targets, options);
        var search = Search(run, path.Evaluate, Flat(path.TargetDeviation, rows.Count, targets.Columns), options);
        string selection = rows.Count > 1 ? "leave-one-out" : "generalised cross-validation";
        return Answer(run, search, path.Head(search.Chosen.Coefficients!), selection, "dual", [.. Enumerable.Range(0, rows.Count)]);
    }

    // Criteria closer than this, 10⁻¹² of the targets' variance, differ by rounding only.
    private static double Flat(double deviation, long rows, long outputs) => 1e-12 * deviation / ((double)rows * outputs);

    private static PenaltySearch Search(Execution run, Func<double, Candidate?> evaluate, double flat, RidgeOptions options)
    {
        int tried = 0;
        var search = new PenaltySearch(
            penalty =>
            {
                run.Cancellation.ThrowIfCancellationRequested();
                var candidate = evaluate(penalty);
                tried++;
                run.Report("penalties", tried, Math.Max(tried, options.Penalties?.Count ?? RidgePlan.SearchLength));
                return candidate;
            },
            flat);
        if (options.Penalties is { } penalties)
        {
            search.All(penalties);
        }
        else
        {
            search.CoarseToFine(RidgeOptions.UsualPenalties);
        }

        return search;
    }

    private static RidgeFit Answer(
        Execution run, PenaltySearch search, (float[] Weights, float[] Intercepts) head, string selection, string form, int[]? rows)
    {
        var chosen = search.Chosen;
        string[] notes = search.Raised is { } raised
            ? [$"The Gram matrix is too ill-conditioned for the penalty {raised.Refused:0.#E+0}: condition {chosen.Condition:0.#E+0}, penalty raised to {raised.Raised:0.#E+0}."]
            : [];
        return new RidgeFit
        {
            Weights = head.Weights,
            Intercepts = head.Intercepts,
            Penalty = chosen.Penalty,
            AbsolutePenalty = chosen.AbsolutePenalty,
            Path = [.. search.Path.Select(candidate => candidate.Point(candidate == chosen))],
            Selection = selection,
            Form = form,
            Condition = chosen.Condition,
            DegreesOfFreedom = chosen.DegreesOfFreedom,
            LeaveOneOut = chosen.Errors is { } errors ? new(rows!, errors.Scores!, errors.Leverages!) : null,
            Temperature = chosen.Errors?.Temperature(run.Team),
            Notes = notes,
        };
    }

    private static LeftOutRows ChooseLeftOut(IFeatureRows rows, RidgeOptions options, RidgePlan plan)
    {
        if (!plan.Holds)
        {
            return new StreamedRows(rows);
        }

        int[] held = plan.LeftOut == plan.Rows ? [.. Enumerable.Range(0, plan.Rows)] : Order.Sample(options.Seed, SamplePurpose, plan.Rows, plan.LeftOut);
        return new HeldRows(held, plan.Features);
    }

    private static Strided<float> Read(Team team, IFeatureRows rows, int start, NativeBuffer<float> buffer)
    {
        var block = Strided<float>.RowMajor(buffer, Math.Min(GramSums.BlockRows, rows.Count - start), rows.FeatureCount);
        rows.Read(team, start, block);
        return block;
    }

    private static float[] FirstMeans(Team team, Strided<float> block)
    {
        var sums = new double[block.Columns];
        RowBlocks.AddColumns(team, block, null, sums);
        return [.. sums.Select(sum => (float)(sum / block.Rows))];
    }
}
