using System.Text.Json.Nodes;

namespace SeedHead.Tests.Cli;

public sealed class ComplexityVerbTests : IDisposable
{
    private static readonly string[] Map =
        ["complexity", "--net", "2-1*(16-tanh)-1", "--prior", "flat", "--scales", "0.1:10:3", "--depths", "1:2", "--networks", "3", "--grid", "16"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_map_is_printed_as_a_table_and_as_json()
    {
        CommandRun table = CommandRun.Of(Map), json = CommandRun.Of([.. Map, "--json", "--measures", "chebyshev,lz78:4"]);
        Assert.True(table.Code == 0, table.Error);
        Assert.Contains("depth 2", table.Output, StringComparison.Ordinal);
        Assert.Equal(12, json.Json["cells"]!.AsArray().Count);
        Assert.Equal([0.1, 1, 10], json.Json["cells"]!.AsArray().Select(cell => Math.Round((double)cell!["scale"]!, 12)).Distinct());
    }

    [Fact]
    public void A_folder_gets_the_map_in_three_forms_and_a_second_run_repeats_it()
    {
        string path = folder.File("map");
        CommandRun first = CommandRun.Of([.. Map, "--out", path]), second = CommandRun.Of([.. Map, "--out", path, "--json"]);
        Assert.True(first.Code == 0, first.Error);
        Assert.Equal(["cells", "figures", "map.csv", "map.json", "report.html"], Directory.GetFileSystemEntries(path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(7, File.ReadAllLines(Path.Combine(path, "map.csv")).Length);
        Assert.Equal(second.Json["cells"]!.ToJsonString(), JsonNode.Parse(CommandRun.Of([.. Map, "--json"]).Output)!["cells"]!.ToJsonString());
    }

    [Fact]
    public void Data_and_a_value_to_reach_are_answered()
    {
        string data = folder.Write("line.csv", "a,b,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7},{i % 5},{i % 7 + i % 5}\n")));
        CommandRun run = CommandRun.Of([.. Map, "--of", data, "--task", "regression", "--reach", "0.3", "--json"]);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(40, (int)run.Json["of"]!["rows"]!);
        Assert.Equal(2, run.Json["reached"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(2, "Did you mean 'tanh'", "--net", "2-1*(16-tahn)-1")]
    [InlineData(2, "Did you mean \"fourier\"", "--measures", "furier")]
    [InlineData(2, "'0' in '0' is no scale", "--scales", "0")]
    [InlineData(2, "larger --grid", "--grid", "3")]
    [InlineData(2, "first:last", "--depths", "3:1")]
    [InlineData(2, "End the network in -1", "--net", "2-1*(16-tanh)-3")]
    [InlineData(4, "--time-limit", "--time-limit", "0.0000001")]
    [InlineData(4, "--max-memory", "--max-memory", "1KiB")]
    public void Bad_requests_are_refused(int code, string expected, string option, string value)
    {
        string[] arguments = [.. Map];
        int at = Array.IndexOf(arguments, option);
        CommandRun.Of(at < 0 ? [.. Map, option, value] : [.. arguments[..(at + 1)], value, .. arguments[(at + 2)..]]).Refused(code, expected);
    }

    [Fact]
    public void A_dry_run_tells_cells_and_stops()
    {
        CommandRun run = CommandRun.Of([.. Map, "--dry-run", "--json"]);
        Assert.Equal(6, (int)run.Json["forecast"]!["cells"]!);
    }
}
