using System.Text.Json.Nodes;
using SeedHead.Data;
using Spectre.Console;

namespace SeedHead.Cli.Output;

/// <summary>What a data set holds.</summary>
internal static class DatasetText
{
    public static void Print(DatasetPair data, bool json)
    {
        Dataset train = data.Train;
        if (json)
        {
            Console.Out.WriteLine(Json(data).ToJsonString());
            return;
        }

        Console.Out.WriteLine($"{train.Name}: {train.Count} rows" + (data.Test is null ? "" : $" and {data.Test.Count} test rows") + $", {train.Inputs.Columns} columns{Shape(train.Inputs)}");
        Console.Out.WriteLine($"sha256 {train.Sha256}");
        PrintTarget(train.Target);
        if (train.Inputs is Data.Table table)
        {
            PrintColumns(table);
        }

        Words.Notes(train.Notes);
    }

    private static JsonObject Json(DatasetPair data) => new()
    {
        ["command"] = "data describe",
        ["data"] = new JsonObject
        {
            ["name"] = data.Train.Name,
            ["rows"] = data.Train.Count,
            ["columns"] = data.Train.Inputs.Columns,
            ["testRows"] = data.Test?.Count ?? 0,
            ["target"] = data.Train.Target?.Name,
            ["classes"] = data.Train.Target is ClassTarget target ? new JsonArray([.. target.Classes.Select(name => (JsonNode)name)]) : null,
            ["sha256"] = data.Train.Sha256,
            ["parts"] = new JsonArray([.. data.Train.Notes.Select(note => (JsonNode)note)]),
        },
    };

    private static string Shape(Inputs inputs) => inputs is Images images ? $" (images {images.Shape})" : "";

    private static void PrintTarget(Target? target)
    {
        switch (target)
        {
            case ClassTarget classes:
                IEnumerable<string> counts = classes.Classes.Take(30).Select((name, code) => $"{name}: {classes.Codes.Count(value => value == code)}");
                Console.Out.WriteLine($"target {target.Name}, {classes.Classes.Count} classes: {string.Join(", ", counts)}{(classes.Classes.Count > 30 ? ", …" : "")}");
                break;
            case NumberTarget numbers:
                Console.Out.WriteLine($"target {target.Name}, a number from {Words.Number(numbers.Values.Min())} to {Words.Number(numbers.Values.Max())}");
                break;
            default:
                Console.Out.WriteLine("no target");
                break;
        }
    }

    private static void PrintColumns(Data.Table columns)
    {
        var table = Words.Table("column", "kind", "missing", "smallest", "mean", "largest");
        foreach (Column column in columns.Fields)
        {
            if (column is NumberColumn number)
            {
                double[] seen = [.. number.Values.Where(value => !double.IsNaN(value))];
                table.Row(
                    column.Name, "number", $"{column.Count - seen.Length}",
                    seen.Length == 0 ? "–" : Words.Number(seen.Min()), seen.Length == 0 ? "–" : Words.Number(seen.Average()), seen.Length == 0 ? "–" : Words.Number(seen.Max()));
            }
            else if (column is CategoryColumn category)
            {
                table.Row(column.Name, $"{category.Levels.Count} categories", $"{category.Codes.Count(code => code < 0)}", "", "", "");
            }
        }

        Words.Print(table);
    }
}
