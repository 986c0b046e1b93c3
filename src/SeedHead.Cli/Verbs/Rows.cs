using System.CommandLine;
using SeedHead.Cli.Options;
using SeedHead.Data;
using SeedHead.Models;

namespace SeedHead.Cli.Verbs;

/// <summary>Rows read for a model that exists already.</summary>
internal static class Rows
{
    /// <summary>DATA with its target; an npy file has none.</summary>
    public static DatasetPair WithTargetIfAny(ParseResult parsed, CancellationToken cancellation)
    {
        string data = parsed.GetValue(Common.Data)!;
        bool rowsOnly = data.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) || data.EndsWith(".npy.gz", StringComparison.OrdinalIgnoreCase);
        return DataSource.Load(data, Common.Reading(parsed, cancellation, requireTarget: !rowsOnly));
    }

    /// <summary>DATA as the model needs it: its test part where it has an official one, read with the model's target.</summary>
    public static Dataset ForModel(ParseResult parsed, SeedHeadModel model, bool requireTarget, CancellationToken cancellation, bool training = false)
    {
        DataOptions reading = Common.Reading(parsed, cancellation, requireTarget);
        DataOptions options = model.Preprocessing.Reading(reading) with
        {
            Target = reading.Target ?? model.Outcome.Name,
            Task = model.Outcome is ClassOutcome ? LearningTask.Classification : LearningTask.Regression,
        };
        DatasetPair data = DataSource.Load(parsed.GetValue(Common.Data)!, options);
        return training ? data.Train : data.Test ?? data.Train;
    }
}
