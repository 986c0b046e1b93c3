using System.Text.Json.Nodes;
using SeedHead.Models;
using Spectre.Console;

namespace SeedHead.Cli.Output;

/// <summary>What a fit would need, for --dry-run.</summary>
internal static class ForecastText
{
    public static void Print(IReadOnlyList<Forecast> forecasts, ArchitectureForecast? choice, bool json)
    {
        if (json)
        {
            var list = new JsonArray([.. forecasts.Select(f => (JsonNode)new JsonObject
            {
                ["rows"] = f.Rows, ["columns"] = f.Columns, ["features"] = f.Width, ["bytes"] = f.Bytes, ["seconds"] = Math.Round(f.Seconds, 2),
            })]);
            var all = new JsonObject { ["command"] = "fit", ["forecast"] = list };
            if (choice is not null)
            {
                all["choice"] = new JsonObject
                {
                    ["architectures"] = choice.Candidates, ["rows"] = choice.Rows, ["bytes"] = choice.Bytes, ["seconds"] = Math.Round(choice.Seconds, 2),
                };
            }

            Console.Out.WriteLine(all.ToJsonString());
            return;
        }

        if (choice is not null)
        {
            Console.Out.WriteLine(
                $"choosing among {choice.Candidates} networks on {choice.Rows} rows: {Options.Size.Text(choice.Bytes)}, {choice.Seconds:0.0} s (nominal machine); below, features of the deepest");
        }

        var table = Words.Table("rows", "columns", "features", "memory", "seconds (nominal machine)");
        foreach (Forecast f in forecasts)
        {
            table.Row($"{f.Rows}", $"{f.Columns}", $"{f.Width}", Options.Size.Text(f.Bytes), $"{f.Seconds:0.0}");
        }

        Words.Print(table);
    }
}
