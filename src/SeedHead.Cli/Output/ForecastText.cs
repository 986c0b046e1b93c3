using System.Text.Json.Nodes;
using SeedHead.Models;
using Spectre.Console;

namespace SeedHead.Cli.Output;

/// <summary>What a fit would need, for --dry-run.</summary>
internal static class ForecastText
{
    public static void Print(IReadOnlyList<Forecast> forecasts, bool json)
    {
        if (json)
        {
            var list = new JsonArray([.. forecasts.Select(f => (JsonNode)new JsonObject
            {
                ["rows"] = f.Rows, ["columns"] = f.Columns, ["features"] = f.Width, ["bytes"] = f.Bytes, ["seconds"] = Math.Round(f.Seconds, 2),
            })]);
            Console.Out.WriteLine(new JsonObject { ["command"] = "fit", ["forecast"] = list }.ToJsonString());
            return;
        }

        var table = Words.Table("rows", "columns", "features", "memory", "seconds (nominal machine)");
        foreach (Forecast f in forecasts)
        {
            table.Row($"{f.Rows}", $"{f.Columns}", $"{f.Width}", Options.Size.Text(f.Bytes), $"{f.Seconds:0.0}");
        }

        Words.Print(table);
    }
}
