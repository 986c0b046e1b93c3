using System.Text.Json.Nodes;

namespace SeedHead.Tests.Cli;

public sealed class TransformerRunTests : IDisposable
{
    private static readonly string[] Map =
        ["complexity", "--net", "gpt2-1-2-16/40", "--norm-scales", "0.1:10:3", "--depths", "1:2", "--activations", "gelu,relu", "--networks", "4", "--length", "20"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_map_is_printed_as_a_table_and_as_json()
    {
        CommandRun table = CommandRun.Of(Map), json = CommandRun.Of([.. Map, "--json"]);
        Assert.True(table.Code == 0, table.Error);
        Assert.Contains("rank correlation", table.Output, StringComparison.Ordinal);
        JsonArray cells = json.Json["cells"]!.AsArray();
        Assert.Equal(12, cells.Count);
        Assert.Equal(["measure", "net", "activation", "scale", "depth", "mean", "sd", "networks", "undefined"], cells[0]!.AsObject().Select(field => field.Key));
        Assert.Equal(
            ["command", "net", "length", "sharedWeights", "measures", "cells", "bounds", "trends", "contrasts", "seconds", "threads", "manifest", "notes"],
            json.Json.AsObject().Select(field => field.Key));
    }

    [Fact]
    public void A_folder_gets_the_map_in_three_forms()
    {
        string path = folder.File("map");
        CommandRun first = CommandRun.Of([.. Map, "--out", path]), second = CommandRun.Of([.. Map, "--out", path, "--json"]);
        Assert.True(first.Code == 0, first.Error);
        Assert.Equal(["cells.jsonl", "map.csv", "map.json", "report.html"], Directory.GetFileSystemEntries(path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(13, File.ReadAllLines(Path.Combine(path, "map.csv")).Length);
        Assert.Equal(second.Json["cells"]!.ToJsonString(), CommandRun.Of([.. Map, "--json"]).Json["cells"]!.ToJsonString());
    }

    [Theory]
    [InlineData(2, "Did you mean", "--activations", "gelu,rleu")]
    [InlineData(2, "'0' in '0' is no scale", "--norm-scales", "0")]
    [InlineData(2, "--scales means nothing for gpt2", "--scales", "1")]
    [InlineData(2, "--measures means nothing for gpt2", "--measures", "dct")]
    [InlineData(2, "at most 1024 tokens", "--length", "2000")]
    [InlineData(2, "--length means nothing for 2-8-1", "--net", "2-8-1")]
    [InlineData(2, "gpt2-2-4-128/512", "--net", "gpt2-2")]
    [InlineData(2, "must read tokens and end in", "--net", "tokens9x99-embed4-2*(res(ln-attn2))")]
    [InlineData(4, "--time-limit", "--time-limit", "0.0000001")]
    [InlineData(4, "--max-memory", "--max-memory", "1KiB")]
    public void Bad_requests_are_refused(int code, string expected, string option, string value)
    {
        string[] arguments = option == "--net" && value == "2-8-1" ? ["complexity", "--net", "", "--length", "5"] : [.. Map];
        int at = Array.IndexOf(arguments, option);
        CommandRun.Of(at < 0 ? [.. arguments, option, value] : [.. arguments[..(at + 1)], value, .. arguments[(at + 2)..]]).Refused(code, expected);
    }

    [Fact]
    public void Shared_weights_need_a_token_a_sequence() =>
        CommandRun.Of("complexity", "--net", "gpt2-1-2-16/40", "--shared-weights", "--networks", "41").Refused(2, "41 are too many");

    [Theory]
    [InlineData("fit", "--features", "hidden")]
    [InlineData("train", "--epochs", "1")]
    [InlineData("kernel", "--out", "k.npy")]
    public void Other_work_refuses_networks_of_tokens(string verb, string option, string value)
    {
        string data = folder.Write("line.csv", "a,b,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7},{i % 5},{i % 7 + i % 5}\n")));
        CommandRun.Of([verb, data, option, value, "--net", "gpt2-1-2-16/40"]).Refused(2, "reads tokens");
    }

    [Fact]
    public void An_activation_may_be_a_formula_with_a_comma()
    {
        string path = folder.File("formula");
        CommandRun run = CommandRun.Of(
            "complexity", "--net", "gpt2-1-2-16/40", "--activations", "relu,[max(x, 0)]", "--networks", "6", "--length", "20", "--out", path, "--json");
        Assert.True(run.Code == 0, run.Error);
        JsonArray cells = run.Json["cells"]!.AsArray();
        Assert.Equal(2, cells.Count);
        Assert.Equal((double)cells[0]!["mean"]!, (double)cells[1]!["mean"]!); // the same function
        Assert.Contains(",\"[max(x, 0)]\",1,1,", File.ReadAllText(Path.Combine(path, "map.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_tells_cells_and_stops()
    {
        CommandRun run = CommandRun.Of([.. Map, "--dry-run", "--json"]);
        Assert.Equal(12, (int)run.Json["forecast"]!["cells"]!);
        Assert.True((long)run.Json["forecast"]!["bytes"]! > 0);
    }
}
