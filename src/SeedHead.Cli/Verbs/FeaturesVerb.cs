using System.CommandLine;
using System.Text.Json.Nodes;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using SeedHead.Features;
using SeedHead.Models;

namespace SeedHead.Cli.Verbs;

/// <summary>features: the feature matrix of data, to npy or npz.</summary>
internal static class FeaturesVerb
{
    public static Command Create()
    {
        var command = new Command("features", "Write the feature matrix of DATA to an .npy file, or features and targets to an .npz file.");
        command.Arguments.Add(Common.Data);
        command.Options.Add(Common.Out);
        Common.AddReading(command);
        Learning.Add(command);
        Common.AddRunning(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetValue(Common.Out) ?? throw new ArgumentException("features writes a file: give an .npy or .npz file with --out.");
        if (Path.GetExtension(path) is not (".npy" or ".npz"))
        {
            throw new ArgumentException($"--out {path}: give a file that ends in .npy or .npz.");
        }

        Destination.Check(path);
        LearnOptions options = Learning.Read(parsed);
        Execution run = Common.Execution(parsed, cancellation);
        DatasetPair data = Rows.WithTargetIfAny(parsed, cancellation);
        FeatureMatrix matrix = FeatureMatrix.Of(data.Train, options, run);
        FeatureMatrix? test = data.Test is null ? null : matrix.Map(data.Test, run);
        AtomicFile.Write(path, stream => matrix.Write(stream, test, archive: Path.GetExtension(path) == ".npz"));
        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(new JsonObject
            {
                ["command"] = "features", ["rows"] = matrix.Rows, ["features"] = matrix.Columns, ["description"] = matrix.Description, ["out"] = path,
            }.ToJsonString());
        }
        else
        {
            Console.Out.WriteLine($"{path}: {matrix.Rows} × {matrix.Columns}, {matrix.Description}");
        }

        return CommandLine.Done;
    }
}
