using System.Diagnostics;
using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Heads;
using SeedHead.Networks;

namespace SeedHead.Models;

/// <summary>One data set with its preprocessing and encoded targets, fitted at one width or at growing ones.</summary>
internal sealed class Fitting : IDisposable
{
    private readonly Dataset train;
    private readonly LearnOptions options;
    private readonly Execution run;
    private readonly Preprocessing preprocessing;
    private readonly FeatureOptions features;
    private readonly Outcome outcome;
    private readonly InputRows rows;
    private readonly NativeBuffer<float> targets;
    private readonly List<WidthPoint> widths = [];
    private readonly List<string> notes = [];
    private readonly ArchitectureChoice? choice;
    private readonly ArchitectureRanking? ranking;

    /// <param name="train">Rows with a target.</param>
    /// <param name="options">What to learn.</param>
    /// <param name="run">Threads, progress, cancellation.</param>
    /// <param name="foresees">Whether only forecasts are wanted: then an open architecture is the costliest one.</param>
    public Fitting(Dataset train, LearnOptions options, Execution run, bool foresees = false)
    {
        this.train = train;
        this.options = options;
        this.run = run;
        Target target = train.Target ?? throw new DataException($"{train.Name}: has no target column to learn. Name it with --target.");
        Require(target);
        preprocessing = options.Like?.Preprocessing ?? Preprocessing.Learn(train.Inputs);
        outcome = options.Like?.Outcome ?? Outcome.Of(target);
        rows = new InputRows(train.Inputs, preprocessing);
        targets = new NativeBuffer<float>((long)train.Count * outcome.Outputs);
        outcome.Encode(target, Strided<float>.RowMajor(targets, train.Count, outcome.Outputs));
        features = options.Features ?? FeatureDefaults.For(options.ChooseNet is null ? preprocessing.Shape : null);
        if (options.ChooseNet is NetChoice by)
        {
            choice = Choice(target, by);
            (features, ranking) = foresees ? (choice.Costliest, null) : Chosen(choice);
        }

        if (options.Like is null && !(foresees && choice is not null))
        {
            (features, string? note) = FeatureChoice.Of(
                features, options.Width, rows, Strided<float>.RowMajor(targets, train.Count, outcome.Outputs), Ridges, run);
            notes.AddRange(note is null ? [] : [note]);
        }
    }

    public Learned AtWidth(int width)
    {
        return Finish(Try(width));
    }

    /// <summary>Doubles the width while the leave-one-out loss of the same rows falls by more than the standard error of that fall.</summary>
    public Learned AtBestWidth()
    {
        Attempt? best = null;
        foreach (int width in PossibleWidths())
        {
            Attempt? wider = best is null ? Try(width) : TryWithinLimits(width);
            if (wider is null)
            {
                break;
            }

            if (best is null)
            {
                best = wider;
                continue;
            }

            (double gain, double standardError) = Gain(best, wider);
            (best, Attempt worse) = gain > 0 ? (wider, best) : (best, wider);
            worse.Dispose();
            if (gain <= standardError)
            {
                break;
            }
        }

        return Finish(best!);
    }

    /// <summary>What choosing the architecture needs, where it is to be chosen.</summary>
    public ArchitectureForecast? ForeseeChoice() => choice?.Foresee(DataBytes, run.Threads);

    public IReadOnlyList<Forecast> Foresee() => [.. PossibleWidths().Select(width => ForecastOf(Create(width)))];

    public void Dispose() => targets.Dispose();

    private void Require(Target target)
    {
        if (train.Count < 2)
        {
            throw new DataException($"{train.Name}: {train.Count} rows are too few to learn from. Give at least 2.");
        }

        if (target is ClassTarget classes)
        {
            int seen = classes.Codes.Distinct().Count();
            if (seen < 2)
            {
                throw new DataException(
                    $"{train.Name}: target '{target.Name}' has one class only, '{classes.Classes[classes.Codes[0]]}'. Give rows of at least two classes, or another --target.");
            }
        }
    }

    private ArchitectureChoice Choice(Target target, NetChoice by) => options.Like is null
        ? new(features, options.Width, rows, target, outcome, by, options.Seed)
        : throw new ArgumentException("The features are taken over from another model, so there is no network to choose. Leave out --net auto or --like.");

    private (FeatureOptions, ArchitectureRanking?) Chosen(ArchitectureChoice among)
    {
        among.Foresee(DataBytes, run.Threads).Demand(options.MaxMemory, options.TimeLimit);
        var (best, found, note) = among.Run(run);
        notes.Add(note);
        return (best, found);
    }

    private Attempt? TryWithinLimits(int width)
    {
        try
        {
            return Try(width);
        }
        catch (ForecastException e)
        {
            notes.Add($"Width search stopped: {e.Message}");
            return null;
        }
    }

    private IEnumerable<int> PossibleWidths()
    {
        if (options.Width is int width)
        {
            return [width];
        }

        if (!Searches)
        {
            return [1];
        }

        int start = FeatureDefaults.StartWidth(features, preprocessing.Shape, preprocessing.Columns);
        int maximum = FeatureDefaults.MaximumWidth(features, preprocessing.Shape);
        return Enumerable.Range(0, 31).Select(power => (long)start << power).TakeWhile(candidate => candidate <= maximum).Select(candidate => (int)candidate);
    }

    private bool Searches => options.Like is null && FeatureDefaults.HasWidth(features);

    private FeatureMap Create(int width) => options.Like?.Features ?? FeatureMaps.Create(features, width, options.Seed, rows, run.Team);

    private Forecast ForecastOf(FeatureMap map)
    {
        var plan = new RidgePlan(train.Count, map.FeatureCount, outcome.Outputs, Ridges);
        return Forecast.Of(plan, preprocessing.Columns, map, DataBytes, run.Threads);
    }

    private long DataBytes => (long)train.Count * train.Inputs.Columns * (train.Inputs is Images ? 1 : sizeof(double));

    private RidgeOptions Ridges => (options.Quick ? RidgeOptions.OnePass : new()) with
    {
        Penalties = options.Penalties,
        Seed = options.Seed,
        Classification = outcome is ClassOutcome,
        KeepSums = options.KeepGram,
    };

    private Attempt Try(int width)
    {
        var clock = Stopwatch.StartNew();
        FeatureMap map = Create(width);
        ForecastOf(map).Demand(options.MaxMemory, options.TimeLimit);
        using var featureRows = new FeatureRows(rows, map);
        RidgeFit fit = Ridge.Fit(run, featureRows, Strided<float>.RowMajor(targets, train.Count, outcome.Outputs), Ridges);
        var attempt = new Attempt(map, fit, RowLosses(fit));
        Score score = LeaveOneOutScore(fit, null);
        widths.Add(new WidthPoint(
            map.FeatureCount, score.Accuracy is double accuracy ? 1 - accuracy : score.Rmse!.Value, score.StandardError ?? 0, fit.Penalty, clock.Elapsed.TotalSeconds));
        return attempt;
    }

    private Learned Finish(Attempt attempt)
    {
        RidgeFit fit = attempt.Fit;
        double? temperature = fit.Temperature;
        (Architecture? net, WeightPrior? prior) = FeatureDefaults.NetworkOf(attempt.Map);
        var summary = new ModelSummary(
            features.Features,
            net?.ToString(),
            prior?.ToString(),
            attempt.Map.FeatureCount,
            preprocessing.Columns,
            fit.Penalty,
            fit.Selection,
            fit.Form,
            fit.Condition,
            temperature);
        var model = new SeedHeadModel
        {
            Preprocessing = preprocessing,
            Features = attempt.Map,
            Outcome = outcome,
            Summary = summary,
            Data = new DataSummary(
                train.Name, train.Count, train.Inputs.Columns, (outcome as ClassOutcome)?.Classes, outcome.Name, 0, train.Sha256),
            Manifest = Manifests.Of(options.Like?.Manifest.Seed ?? options.Seed, options.Text),
            Notes = [.. train.Notes, .. preprocessing.Notes, .. notes, .. fit.Notes],
            Weights = fit.Weights,
            Intercepts = fit.Intercepts,
            Intervals = outcome is NumberOutcome ? Intervals.FromLeaveOneOut(Errors(fit), options.KeepGram ? fit.LeaveOneOut!.Leverages : []) : null,
            LeverageLimit = Leverage.Limit(fit.LeaveOneOut!.Leverages),
            Sums = fit.Sums,
            AbsolutePenalty = fit.AbsolutePenalty,
        };
        return new Learned(model, widths, fit.Path, LeaveOneOutScore(fit, temperature)) { Architectures = ranking, Features = features };
    }

    /// <summary>Mean fall of the squared leave-one-out error from one width to the next, and its standard error over the rows left out at both.</summary>
    private static (double Gain, double StandardError) Gain(Attempt narrow, Attempt wide)
    {
        int[] narrowRows = narrow.Fit.LeaveOneOut!.Rows;
        int[] wideRows = wide.Fit.LeaveOneOut!.Rows;
        int n = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0, j = 0; i < narrowRows.Length && j < wideRows.Length;) // both ascending; a smaller sample is part of a larger one
        {
            if (narrowRows[i] != wideRows[j])
            {
                (i, j) = narrowRows[i] < wideRows[j] ? (i + 1, j) : (i, j + 1);
                continue;
            }

            double gain = narrow.Losses[i++] - wide.Losses[j++];
            sum += gain;
            squares += gain * gain;
            n++;
        }

        double mean = sum / n;
        return (mean, Math.Sqrt(Math.Max((squares / n) - (mean * mean), 0) / Math.Max(n - 1, 1)));
    }

    private double[] RowLosses(RidgeFit fit)
    {
        LeaveOneOut left = fit.LeaveOneOut!;
        int outputs = outcome.Outputs;
        Strided<float> truth = Strided<float>.RowMajor(targets, train.Count, outputs);
        var losses = new double[left.Rows.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            for (int k = 0; k < outputs; k++)
            {
                double error = left.Scores[(i * outputs) + k] - truth[left.Rows[i], k];
                losses[i] += error * error;
            }
        }

        return losses;
    }

    private int[] Codes(int[] chosen) => Pick.From(((ClassOutcome)outcome).Codes(train.Target!), chosen);

    private Score LeaveOneOutScore(RidgeFit fit, double? temperature)
    {
        LeaveOneOut left = fit.LeaveOneOut!;
        if (outcome is NumberOutcome number)
        {
            double[] values = [.. left.Scores.Select(score => (score * number.Scale) + number.Mean)];
            return Scoring.Regression(values, Pick.From(number.Values(train.Target!), left.Rows));
        }

        return Scoring.Classification(left.Scores, temperature ?? 1, Codes(left.Rows), outcome.Outputs);
    }

    /// <summary>Truth less leave-one-out prediction, in head units.</summary>
    private double[] Errors(RidgeFit fit)
    {
        LeaveOneOut left = fit.LeaveOneOut!;
        Strided<float> truth = Strided<float>.RowMajor(targets, train.Count, 1);
        return [.. left.Rows.Select((row, i) => (double)truth[row, 0] - left.Scores[i])];
    }

    private sealed record Attempt(FeatureMap Map, RidgeFit Fit, double[] Losses) : IDisposable
    {
        public void Dispose() => Fit.Sums?.Dispose();
    }
}
