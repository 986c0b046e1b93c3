using System.CommandLine;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using SeedHead.Heads;
using SeedHead.Models;
using SeedHead.Studies;
using Spectre.Console;

namespace SeedHead.Cli.Verbs;

/// <summary>score: model and rows with a target → how good the predictions are.</summary>
internal static class ScoreVerb
{
    public static Command Create()
    {
        var command = new Command("score", "Score a model on rows with a target (the official test part where DATA has one).");
        command.Arguments.Add(Common.Model);
        command.Arguments.Add(Common.Data);
        Common.AddReading(command);
        Common.AddRunning(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var ensemble = new Ensemble(TaskPack.Load(parsed.GetValue(Common.Model)!));
        SeedHeadModel model = ensemble.First;
        Dataset rows = Rows.ForModel(parsed, model, requireTarget: true, cancellation);
        Score score = ensemble.Score(rows, ensemble.Predict(rows.Inputs, Common.Execution(parsed, cancellation)));
        ProgressLine.Clear();
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(AnswerJson.WriteScore(model, rows, score));
            return CommandLine.Done;
        }

        var table = Words.ScoreTable(model.Classes is not null);
        Words.Score(rows.Name, score, table);
        Words.Print(table);
        return CommandLine.Done;
    }
}
