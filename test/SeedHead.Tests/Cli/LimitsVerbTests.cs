namespace SeedHead.Tests.Cli;

public sealed class LimitsVerbTests : IDisposable
{
    private static readonly string[] Small = ["limits", "E1", "--dimension", "3,5", "--width", "8,16", "--targets", "5", "--draws", "2"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_study_is_printed_as_tables_as_json_and_as_csv()
    {
        string path = folder.File("curves.csv");
        CommandRun table = CommandRun.Of([.. Small, "--csv", path]), json = CommandRun.Of([.. Small, "--json"]);
        Assert.True(table.Code == 0, table.Error);
        Assert.Contains("Relative error", table.Output, StringComparison.Ordinal);
        Assert.Contains("bound", table.Output, StringComparison.Ordinal);
        Assert.Equal([3, 5], json.Json["curves"]!.AsArray().Select(curve => (int)curve!["dimension"]!));
        Assert.Equal([8.0, 16], json.Json["curves"]![0]!["points"]!.AsArray().Select(point => (double)point!["features"]!));
        Assert.Equal(5, File.ReadAllLines(path).Length);
    }

    [Theory]
    [InlineData("E2")]
    [InlineData("E5")]
    [InlineData("E12")]
    public void Other_axes_have_their_name(string study)
    {
        CommandRun run = CommandRun.Of("limits", study, "--dimension", "3", "--draws", "2", "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.NotNull(run.Json["curves"]![0]!["points"]![0]![((string)run.Json["axis"]!).Split(' ')[0]]);
    }

    [Theory]
    [InlineData(2, "only two directions", "--dimension", "1")]
    [InlineData(2, "from 2 to 1000", "--dimension", "5000")]
    [InlineData(2, "not a whole number", "--width", "8,x")]
    [InlineData(2, "from 1 to 20000", "--width", "0")]
    [InlineData(2, "at least 1", "--draws", "0")]
    [InlineData(2, "is not a number", "--bias", "a")]
    [InlineData(3, "does not exist", "--csv", "/nowhere/curves.csv")]
    [InlineData(4, "--max-memory", "--max-memory", "1KiB")]
    [InlineData(4, "--time-limit", "--time-limit", "0.0000001")]
    public void Bad_requests_are_refused(int code, string expected, string option, string value)
    {
        string[] arguments = [.. Small];
        int at = Array.IndexOf(arguments, option);
        CommandRun.Of(at < 0 ? [.. Small, option, value] : [.. arguments[..(at + 1)], value, .. arguments[(at + 2)..]]).Refused(code, expected);
    }

    [Fact]
    public void An_unknown_study_names_those_there_are() => CommandRun.Of("limits", "E99").Refused(2, "E1, E2");

    [Fact]
    public void A_dimension_of_a_thousand_is_answered()
    {
        CommandRun run = CommandRun.Of("limits", "E1", "--dimension", "1000", "--width", "16", "--targets", "3", "--draws", "1", "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.InRange((double)run.Json["curves"]![0]!["points"]![0]!["mean"]!, 0.5, 1);
    }
}
