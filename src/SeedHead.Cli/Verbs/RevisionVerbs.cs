using System.CommandLine;
using System.Text.Json.Nodes;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Models;

namespace SeedHead.Cli.Verbs;

/// <summary>update: learn from more rows, with the stored preprocessing and features.</summary>
internal static class UpdateVerb
{
    public static Command Create() => Revising.WithRows(
        "update", "Learn from more rows: adds them to the model's sums and solves again.", (model, rows, run) => Revision.Update(model, rows, run));
}

/// <summary>forget: remove rows exactly.</summary>
internal static class ForgetVerb
{
    public static Command Create() => Revising.WithRows(
        "forget", "Unlearn rows exactly: subtracts them from the model's sums and solves again.", (model, rows, run) => Revision.Forget(model, rows, run));
}

/// <summary>merge: join models fitted apart.</summary>
internal static class MergeVerb
{
    private static readonly Argument<string[]> Models = new("MODEL")
    {
        Description = "Two or more models with the same features (fit the others with --like), each fitted with --keep-gram; or models that train wrote on one backbone, which become the tasks of a pack.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new Command("merge", "Join models fitted apart into the model of all their rows, or trained models of one backbone into a pack.");
        command.Arguments.Add(Models);
        Revising.AddOptions(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(TaskPack.IsTrained(parsed.GetValue(Models)![0]) ? Pack(parsed) : Revising.Run(
            parsed, "merge", run => Revision.Merge([.. parsed.GetValue(Models)!.Select(path => (path, ModelFile.Load(path)))], run), cancellation)));
        return command;
    }

    private static int Pack(ParseResult parsed)
    {
        string path = parsed.GetValue(Common.Out) ?? throw new ArgumentException("merge writes a pack: give its file with --out.");
        Destination.Check(path);
        string[] models = parsed.GetValue(Models)!;
        TaskPack.Merge(models, path);
        string[] tasks = [.. models.Select(model => System.IO.Path.GetFileNameWithoutExtension(model))];
        long size = new FileInfo(path).Length;
        Console.Out.WriteLine(parsed.GetValue(Common.Json)
            ? new JsonObject { ["command"] = "merge", ["tasks"] = new JsonArray([.. tasks.Select(task => (JsonNode)task)]), ["bytes"] = size }.ToJsonString()
            : $"pack: {path} ({Size.Text(size)}), tasks {string.Join(", ", tasks)}. Use one as {path}#{tasks[0]}, the mean of all as {path}#all.");
        return CommandLine.Done;
    }
}

/// <summary>What update, merge and forget share: a model comes in, a new model file goes out.</summary>
internal static class Revising
{
    public static Command WithRows(string name, string description, Func<SeedHeadModel, Data.Dataset, Execution, SeedHeadModel> revise)
    {
        var command = new Command(name, description);
        command.Arguments.Add(Common.Model);
        command.Arguments.Add(Common.Data);
        Common.AddReading(command);
        AddOptions(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, name, Revise(parsed, revise, cancellation), cancellation)));
        return command;
    }

    private static Func<Execution, SeedHeadModel> Revise(
        ParseResult parsed, Func<SeedHeadModel, Data.Dataset, Execution, SeedHeadModel> revise, CancellationToken cancellation) => run =>
    {
        SeedHeadModel model = ModelFile.Load(parsed.GetValue(Common.Model)!);
        return revise(model, Rows.ForModel(parsed, model, requireTarget: true, cancellation, training: true), run);
    };

    public static void AddOptions(Command command)
    {
        command.Options.Add(Common.Out);
        Common.AddRunning(command);
    }

    public static int Run(ParseResult parsed, string name, Func<Execution, SeedHeadModel> revise, CancellationToken cancellation)
    {
        string path = parsed.GetValue(Common.Out) ?? throw new ArgumentException($"{name} writes a new model: give its file with --out.");
        Destination.Check(path);
        SeedHeadModel model = revise(Common.Execution(parsed, cancellation));
        cancellation.ThrowIfCancellationRequested();
        ModelFile.Save(model, path);
        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            JsonObject json = ModelFile.Description(model);
            json["command"] = name;
            Console.Out.WriteLine(json.ToJsonString());
        }
        else
        {
            Console.Out.WriteLine($"model: {path} ({Size.Text(new FileInfo(path).Length)}), {model.Data.Rows} rows");
            Console.Out.WriteLine(Words.Describe(model.Summary));
        }

        if (!parsed.GetValue(Common.Quiet))
        {
            Words.Notes(model.Notes);
        }

        return CommandLine.Done;
    }
}
