using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Heads;
using SeedHead.Training;

namespace SeedHead.Models;

/// <summary>Learning from more rows, joining models and unlearning rows, exactly: sums over rows add and subtract, then the head is solved again.</summary>
/// <remarks>The old rows are gone, so the penalty is chosen by generalised cross-validation, or kept with fewer than two rows a feature; preprocessing and features stay as stored.</remarks>
public static class Revision
{
    // Near as many features as rows, every penalty that goes to 0 fits the rows exactly and the GCV score is a quotient of zeros.
    private const int RowsPerFeature = 2;

    private const string Kept = "the earlier fit (too few rows a feature for generalised cross-validation)";

    /// <summary>The model of its own rows and more.</summary>
    /// <param name="model">A model that keeps its Gram.</param>
    /// <param name="more">Rows of the same columns and target.</param>
    /// <param name="run">Threads, progress, cancellation.</param>
    /// <exception cref="DataException">No Gram kept, other columns, a class the model does not know.</exception>
    public static SeedHeadModel Update(SeedHeadModel model, Dataset more, Execution run)
    {
        GramSums sums = Copy(Demand(model, "update"));
        using GramSums added = SumsOf(model, more, run);
        sums.Merge(added);
        return Solve(model, sums, run, more.Notes, $"updated with {more.Count} rows of {more.Name}");
    }

    /// <summary>The model without some of its rows: equal to 1e-6 to a refit on the rest with the stored preprocessing and features.</summary>
    /// <param name="model">A model that keeps its Gram.</param>
    /// <param name="rows">Rows that were learned, with their targets.</param>
    /// <param name="run">Threads, progress, cancellation.</param>
    /// <exception cref="DataException">No Gram kept, other columns, more rows than were learned, rows that were not.</exception>
    public static SeedHeadModel Forget(SeedHeadModel model, Dataset rows, Execution run)
    {
        GramSums sums = Copy(Demand(model, "forget"));
        if (rows.Count > sums.Rows - 2)
        {
            throw new DataException($"{rows.Name}: {rows.Count} rows cannot be forgotten by a model of {sums.Rows}: at least 2 must remain.");
        }

        using GramSums removed = SumsOf(model, rows, run);
        sums.Subtract(removed);
        RequireLearned(sums, rows);
        string[] traces = ["the stored preprocessing (means, scales, levels) was learned with the forgotten rows and is kept", .. Patches(model, rows, run)];
        return Solve(model, sums, run, traces, $"forgot {rows.Count} rows of {rows.Name}");
    }

    /// <summary>The model of the rows of several models with the same preprocessing and features.</summary>
    /// <param name="models">Two or more models with their names for messages.</param>
    /// <param name="run">Threads, progress, cancellation.</param>
    /// <exception cref="DataException">Fewer than two, no Gram kept, or features that differ: names the field.</exception>
    public static SeedHeadModel Merge(IReadOnlyList<(string Name, SeedHeadModel Model)> models, Execution run)
    {
        if (models.Count < 2)
        {
            throw new DataException("merge needs at least two models. Fit the second with --like FIRST --keep-gram.");
        }

        (string firstName, SeedHeadModel first) = models[0];
        GramSums sums = Copy(Demand(first, "merge"));
        foreach ((string name, SeedHeadModel model) in models.Skip(1))
        {
            RequireAlike(firstName, first, name, model);
            sums.Merge(Demand(model, "merge"));
        }

        return Solve(first, sums, run, [], $"merged from {models.Count} models");
    }

    private static GramSums Demand(SeedHeadModel model, string verb) => model.Sums ?? throw (model.Features is TrainedFeatures
        ? new DataException($"The model of {model.Data.Name} was trained by steps, so there are no sums over rows to {verb}. Train it again: seedhead train.")
        : new DataException($"The model of {model.Data.Name} kept no Gram, so it cannot {verb}. Fit it again with --keep-gram."));

    private static GramSums Copy(GramSums sums)
    {
        var copy = new GramSums(sums.FeatureCount, sums.Outputs, sums.FeatureShift, sums.DoublePrecision);
        copy.Merge(sums);
        return copy;
    }

    private static GramSums SumsOf(SeedHeadModel model, Dataset data, Execution run)
    {
        Target target = data.Target ?? throw new DataException($"{data.Name}: has no target column '{model.Outcome.Name}'. Name it with --target.");
        RequireKnownClasses(model, data, target);
        using var targets = new NativeBuffer<float>((long)data.Count * model.Outcome.Outputs);
        Strided<float> y = Strided<float>.RowMajor(targets, data.Count, model.Outcome.Outputs);
        model.Outcome.Encode(target, y);
        using var rows = new FeatureRows(new InputRows(data.Inputs, model.Preprocessing), model.Features);
        return Sum(run, rows, y, model.Sums!);
    }

    /// <summary>The sums of other rows, taken like the ones at hand: same shift, same precision.</summary>
    private static GramSums Sum(Execution run, FeatureRows rows, Strided<float> targets, GramSums like)
    {
        var sums = new GramSums(like.FeatureCount, like.Outputs, like.FeatureShift, like.DoublePrecision);
        using var buffer = new NativeBuffer<float>((long)Math.Min(rows.Count, GramSums.BlockRows) * rows.FeatureCount);
        for (int first = 0; first < rows.Count; first += GramSums.BlockRows)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            Strided<float> block = Strided<float>.RowMajor(buffer, Math.Min(GramSums.BlockRows, rows.Count - first), rows.FeatureCount);
            rows.Read(run.Team, first, block);
            sums.Add(run.Team, block, targets.Block(first, 0, block.Rows, like.Outputs));
            run.Report("features and Gram", first + block.Rows, rows.Count);
        }

        return sums;
    }

    private static void RequireKnownClasses(SeedHeadModel model, Dataset data, Target target)
    {
        if (model.Outcome is ClassOutcome outcome)
        {
            int row = Array.IndexOf(outcome.Codes(target), -1);
            if (row >= 0)
            {
                var given = (ClassTarget)target;
                throw new DataException(
                    $"{data.Name}: row {row + 1} is of class '{given.Classes[given.Codes[row]]}', which the model does not know ({string.Join(", ", outcome.Classes.Take(8))}). Fit again with all classes.");
            }
        }
    }

    // Sums of squares below zero cannot come from rows that were learned; rounding alone stays far above this bound.
    private static void RequireLearned(GramSums sums, Dataset rows)
    {
        for (int j = 0; j < sums.FeatureCount; j++)
        {
            double square = sums.Gram[j, j];
            double mean = sums.FeatureSums[j] / sums.Rows;
            double spread = square - (sums.Rows * mean * mean);
            if (spread < -1e-5 * (Math.Abs(square) + 1))
            {
                throw new DataException($"{rows.Name}: these rows were not learned by the model (feature {j} would be left with a negative variance). Give rows of the training data, unchanged.");
            }
        }
    }

    private static IEnumerable<string> Patches(SeedHeadModel model, Dataset rows, Execution run)
    {
        IReadOnlySet<ulong> sources = FeatureDefaults.SourceHashes(model.Features);
        if (sources.Count == 0)
        {
            yield break;
        }

        int found = 0;
        var prepared = new float[model.Preprocessing.Columns];
        for (int row = 0; row < rows.Count; row++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            model.Preprocessing.Apply(rows.Inputs, row, 1, prepared);
            found += sources.Contains(RowHash.Of(prepared)) ? 1 : 0;
        }

        if (found > 0)
        {
            yield return $"{found} of the forgotten rows gave patches to the features; the patches are kept";
        }
    }

    private static void RequireAlike(string firstName, SeedHeadModel first, string name, SeedHeadModel model)
    {
        void Same(string field, string a, string b)
        {
            if (a != b)
            {
                throw new DataException($"{firstName} and {name} cannot be merged: their {field} differs ({Short(a)} and {Short(b)}). Fit the second with --like {firstName} --keep-gram.");
            }
        }

        Same("seed", $"{first.Manifest.Seed}", $"{model.Manifest.Seed}");
        Same("outcome", ModelJson.Of(first.Outcome).ToJsonString(), ModelJson.Of(model.Outcome).ToJsonString());
        Same("features", first.Features.Description, model.Features.Description);
        Same("preprocessing", first.Preprocessing.ToJson().ToJsonString(), model.Preprocessing.ToJson().ToJsonString());
        Same("feature hash", ModelFile.FeatureHash(first), ModelFile.FeatureHash(model));
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static SeedHeadModel Solve(SeedHeadModel model, GramSums sums, Execution run, IReadOnlyList<string> remarks, string what)
    {
        bool enough = sums.Rows >= RowsPerFeature * sums.FeatureCount;
        RidgeFit fit = Ridge.FromSums(run, sums, new RidgeOptions
        {
            Penalties = enough ? null : [model.Summary.Penalty],
            Classification = model.Outcome is ClassOutcome,
            Seed = model.Manifest.Seed,
        });
        return new SeedHeadModel
        {
            Preprocessing = model.Preprocessing,
            Features = model.Features,
            Outcome = model.Outcome,
            Summary = model.Summary with { Penalty = fit.Penalty, Selection = enough ? fit.Selection : Kept, Form = fit.Form, Condition = fit.Condition },
            Data = model.Data with { Rows = checked((int)sums.Rows) },
            Manifest = Manifests.Of(model.Manifest.Seed, model.Manifest.Options),
            Notes = [.. model.Notes, what, .. remarks, .. fit.Notes],
            Weights = fit.Weights,
            Intercepts = fit.Intercepts,
            Intervals = model.Intervals,
            LeverageLimit = model.LeverageLimit,
            Sums = sums,
            AbsolutePenalty = fit.AbsolutePenalty,
        };
    }
}
