using System.CommandLine;
using System.Text.Json.Nodes;
using SeedHead.Cli.Options;
using SeedHead.Cli.Output;
using SeedHead.Data;
using Spectre.Console;

namespace SeedHead.Cli.Verbs;

/// <summary>data: list, fetch and describe data sets.</summary>
internal static class DataVerb
{
    private static readonly Argument<string> Name = new("NAME") { Description = "A known set, as `seedhead data list` names it." };

    public static Command Create()
    {
        var command = new Command("data", "List, fetch (with checksums) and describe data sets.");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Fetch());
        command.Subcommands.Add(Describe());
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "The built-in and the known sets.");
        command.Options.Add(Common.Json);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(Common.Json))
            {
                var sets = new JsonArray([.. KnownSets.All.Select(set => (JsonNode)new JsonObject
                {
                    ["name"] = set.Name, ["description"] = set.Description, ["rows"] = set.Rows, ["licence"] = set.Licence, ["builtIn"] = set.IsBuiltIn,
                })]);
                Console.Out.WriteLine(new JsonObject { ["command"] = "data list", ["sets"] = sets }.ToJsonString());
                return CommandLine.Done;
            }

            var table = Words.Table("name", "rows", "where", "licence", "what it is");
            foreach (KnownSet set in KnownSets.All)
            {
                table.Row(set.Name, $"{set.Rows}", set.IsBuiltIn ? "built in" : "fetched once", set.Licence, set.Description);
            }

            foreach (TableColumn column in table.Columns)
            {
                column.Alignment = Justify.Left;
            }

            Words.Print(table);
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Fetch()
    {
        var command = new Command("fetch", "Download a known set into the data folder and check it; what is there already is only checked.");
        command.Arguments.Add(Name);
        command.Options.Add(Common.DataDirectory);
        command.Options.Add(Common.Quiet);
        command.SetAction((parsed, cancellation) =>
        {
            DataOptions options = Common.Reading(parsed, cancellation);
            string name = parsed.GetValue(Name)!;
            KnownSet set = KnownSets.Find(name) ?? throw new ArgumentException(
                $"There is no known set '{name}'. Did you mean {Nearest.Find(name, [.. KnownSets.All.Select(known => known.Name)])}? `seedhead data list` names them.");
            string folder = KnownSets.Fetch(set, options);
            ProgressLine.Clear();
            Console.Out.WriteLine(folder);
            return Task.FromResult(CommandLine.Done);
        });
        return command;
    }

    private static Command Describe()
    {
        var command = new Command("describe", "Say what DATA holds: rows, columns, target, missing values, classes.");
        command.Arguments.Add(Common.Data);
        Common.AddReading(command);
        command.Options.Add(Common.Json);
        command.Options.Add(Common.Quiet);
        command.SetAction((parsed, cancellation) =>
        {
            DatasetPair data = Rows.WithTargetIfAny(parsed, cancellation);
            ProgressLine.Clear();
            DatasetText.Print(data, parsed.GetValue(Common.Json));
            return Task.FromResult(CommandLine.Done);
        });
        return command;
    }
}
