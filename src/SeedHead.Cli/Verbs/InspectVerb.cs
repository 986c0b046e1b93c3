using System.CommandLine;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Models;
using SeedHead.Training;

namespace SeedHead.Cli.Verbs;

/// <summary>inspect: what a model file holds.</summary>
internal static class InspectVerb
{
    public static Command Create()
    {
        var command = new Command("inspect", "Say what a model file holds: data, features, head, penalty, manifest, hashes.");
        command.Arguments.Add(Common.Model);
        command.Options.Add(Common.Json);
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed)));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string path = parsed.GetValue(Common.Model)!;
        IReadOnlyList<SeedHeadModel> models = TaskPack.Load(path);
        SeedHeadModel model = models.Count == 1 ? models[0] : throw new DataException($"{path}: inspect tells of one task. Name it.");
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(ModelFile.Description(model).ToJsonString());
            return CommandLine.Done;
        }

        Console.Out.WriteLine($"{path}: {Size.Text(new FileInfo(TaskPack.PathOf(path)).Length)}, format {ModelFile.FormatVersion}, stream {model.Manifest.Stream}");
        Console.Out.WriteLine($"data: {model.Data.Name}, {model.Data.Rows} rows, {model.Data.Columns} columns, sha256 {model.Data.Sha256}");
        Console.Out.WriteLine($"target: {model.Outcome.Name}" + (model.Classes is null ? " (a number)" : $" ({model.Classes.Count} classes: {string.Join(", ", model.Classes.Take(12))}{(model.Classes.Count > 12 ? ", …" : "")})"));
        Console.Out.WriteLine($"features: {model.Features.Description}");
        Console.Out.WriteLine($"model: {Words.Describe(model.Summary)}");
        long learned = model.Features is TrainedFeatures trained ? trained.Network.Learned : ((long)model.Summary.Width + 1) * model.Outcome.Outputs;
        Console.Out.WriteLine($"learned numbers: {learned}; {(model.KeepsGram ? "keeps its Gram: can update, merge, forget" : "no Gram kept: predicts and scores only")}");
        Console.Out.WriteLine($"made by SeedHead {model.Manifest.Version}, seed {model.Manifest.Seed}, on {model.Manifest.Cpu}{(model.Manifest.Options.Length > 0 ? $", with {model.Manifest.Options}" : "")}");
        Words.Notes(model.Notes);
        return CommandLine.Done;
    }
}
