using System.CommandLine;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using SeedHead.Models;

namespace SeedHead.Cli.Verbs;

/// <summary>predict: model and rows → predictions, as CSV on standard output or to a file.</summary>
internal static class PredictVerb
{
    public static Command Create()
    {
        var command = new Command("predict", "Predict rows with a model: CSV with the prediction, its probability or interval, and an out-of-range flag.");
        command.Arguments.Add(Common.Model);
        command.Arguments.Add(Common.Data);
        command.Options.Add(Common.Out);
        Common.AddReading(command);
        Common.AddRunning(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        Destination.Check(parsed.GetValue(Common.Out));
        var ensemble = new Ensemble(TaskPack.Load(parsed.GetValue(Common.Model)!));
        SeedHeadModel model = ensemble.First;
        Dataset rows = Rows.ForModel(parsed, model, requireTarget: false, cancellation);
        Predictions predictions = ensemble.Predict(rows.Inputs, Common.Execution(parsed, cancellation));
        cancellation.ThrowIfCancellationRequested();
        ProgressLine.Clear();
        Action<TextWriter> print = parsed.GetValue(Common.Json)
            ? writer => PredictionText.WriteJson(writer, model, rows, predictions)
            : writer => PredictionText.WriteCsv(writer, predictions);
        if (parsed.GetValue(Common.Out) is string path)
        {
            AtomicFile.Write(path, stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                print(writer);
            });
        }
        else
        {
            using var writer = new StreamWriter(Console.OpenStandardOutput());
            print(writer);
        }

        int outside = predictions.OutOfRange.Count(flag => flag);
        if (outside > 0 && !parsed.GetValue(Common.Quiet))
        {
            Words.Notes([$"{outside} of {predictions.Count} rows lie outside what the model was trained on (column out_of_range)."]);
        }

        return CommandLine.Done;
    }
}
