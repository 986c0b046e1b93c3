using System.Globalization;
using SeedHead.Tests.Studies;

namespace SeedHead.Tests.Cli;

public sealed class ProbeRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_table_is_probed_as_text_as_json_and_as_a_page()
    {
        string data = Table(80), page = folder.File("probe.html");
        CommandRun text = CommandRun.Of("limits", "--on", data, "--target", "y", "--width", "16", "--report", page), json = CommandRun.Of("limits", "--on", data, "--target", "y", "--width", "16", "--json");
        Assert.True(text.Code == 0, text.Error);
        Assert.Contains("random features", text.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("infinitely many", text.Output, StringComparison.Ordinal);
        Assert.Equal("suffices", (string)json.Json["verdict"]!);
        Assert.Equal([8.0, 16], json.Json["widths"]!.AsArray().Select(point => (double)point!["features"]!));
        Assert.Equal(4, json.Json["degrees"]!.AsArray().Count);
        Assert.Contains("</html>", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        string data = Table(80);
        CommandRun.Of("limits", "E1", "--on", data).Refused(2, "does not go with --on");
        CommandRun.Of("limits", "--on", data, "--draws", "3").Refused(2, "--draws does not go with --on");
        CommandRun.Of("limits", "--on", data, "--width", "16,32").Refused(2, "one --width");
        CommandRun.Of("limits", "--on", data, "--width", "4").Refused(2, "from 16 to 4096");
        CommandRun.Of("limits", "--on", data, "--repeats", "7").Refused(2, "from 2 to 4");
        CommandRun.Of("limits").Refused(2, "--on");
        CommandRun.Of("limits", "--on", data, "--max-memory", "1KiB").Refused(4, "--max-memory");
        CommandRun.Of("limits", "--on", Table(30)).Refused(3, "30 rows");
    }

    private string Table(int rows)
    {
        double[] x = ProbeData.Normals(rows, 2, 6);
        string path = folder.File($"rows{rows}.csv");
        File.WriteAllLines(path, ["a,b,y", .. Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{x[2 * i]},{x[(2 * i) + 1]},{x[2 * i] + (0.5 * x[(2 * i) + 1])}"))]);
        return path;
    }
}
