using System.Globalization;
using System.Text.Json.Nodes;

namespace SeedHead.Tests.Cli;

public sealed class SpectrumRunTests : IDisposable
{
    private const string Net = "64-128-relu-1";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_spectrum_a_map_and_scores_agree_for_any_threads()
    {
        string scores = folder.File("scores.csv"), map = folder.File("map.svg"), places = folder.File("map.csv");
        string[] command = ["kernel", "digits", "--net", Net, "--rows", "200", "--spectrum", "--components", "200"];
        CommandRun run = CommandRun.Of([.. command, "--out", scores, "--map", map, "--threads", "1", "--json"]);
        Assert.True(run.Code == 0, run.Error);
        double[] values = [.. run.Json["eigenvalues"]!.AsArray().Select(value => (double)value!)];
        Assert.Equal(200, values.Length);
        Assert.Equal((double)run.Json["trace"]!, values.Sum(), 1e-9 * values.Sum());
        Assert.All(run.Json["neighbours"]!.AsArray(), near => Assert.InRange((double)near!["accuracy"]!, 0.85, 1)); // plain pixels have 0.93 at 200 rows

        // A component's scores have the sum of squares of its eigenvalue.
        string[] lines = File.ReadAllLines(scores);
        Assert.Equal("component 1", lines[0].Split(',')[0]);
        double[][] rows = [.. lines[1..].Select(line => line.Split(',')[..^1].Select(score => double.Parse(score, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(values[2], rows.Sum(row => row[2] * row[2]), 1e-9 * values[2]);

        // All scores S give back the centred kernel S·Sᵀ, and so its alignment with the classes: ‖SᵀY‖²/(‖SᵀS‖·‖YᵀY‖), Y centred.
        string[] classes = [.. lines[1..].Select(line => line.Split(',')[^1])];
        string[] names = [.. classes.Distinct()];
        double across = names.Sum(name => values.Select((_, c) => Math.Pow(rows.Where((_, i) => classes[i] == name).Sum(row => row[c]), 2)).Sum());
        double[] shares = [.. names.Select(name => classes.Count(each => each == name) / 200.0)];
        double own = 200 * Math.Sqrt((from p in shares.Index() from q in shares.Index() let t = (p.Index == q.Index ? p.Item : 0) - (p.Item * q.Item) select t * t).Sum());
        Assert.Equal(across / (own * Math.Sqrt(values.Sum(value => value * value))), (double)run.Json["alignment"]!, 1e-9);

        string drawing = File.ReadAllText(map);
        Assert.StartsWith("<svg", drawing, StringComparison.Ordinal);
        Assert.Equal(10, drawing.Split("class=\"cloud map s").Length - 1);
        CommandRun again = CommandRun.Of([.. command, "--map", places, "--threads", "3", "--json"]);
        Assert.Equal(run.Json["eigenvalues"]!.ToJsonString(), again.Json["eigenvalues"]!.ToJsonString());
        Assert.Equal(run.Json["map"]!.ToJsonString(), again.Json["map"]!.ToJsonString());
        Assert.Equal(201, File.ReadAllLines(places).Length);
    }

    [Fact]
    public void A_randomised_run_bounds_what_it_did_not_find()
    {
        string[] command = ["kernel", "digits", "--net", Net, "--rows", "150", "--spectrum", "--components", "20", "--json"];
        JsonObject exact = CommandRun.Of(command).Json, some = CommandRun.Of([.. command, "--randomised", "--map", folder.File("map.svg"), "--method", "pca"]).Json;
        Assert.Equal(20, some["eigenvalues"]!.AsArray().Count);
        Assert.Equal((double)exact["participationRatio"]!, (double)some["participationRatio"]!, 1e-9);
        double rank = (double)exact["effectiveRank"]!.AsArray()[0]!;
        Assert.InRange(rank, (double)some["effectiveRank"]!.AsArray()[0]!, (double)some["effectiveRank"]!.AsArray()[1]!);
        Assert.Null(some["map"]!["divergence"]);
    }

    [Fact]
    public void Text_tells_what_a_reader_wants()
    {
        CommandRun run = CommandRun.Of("kernel", "digits", "--net", Net, "--rows", "100", "--spectrum");
        Assert.True(run.Code == 0, run.Error);
        foreach (string part in (string[])["effective rank", "alignment with the classes", "5 nearest by cosine", "beyond 50 components"])
        {
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_cannot_be_drawn_or_held_is_refused()
    {
        CommandRun.Of("kernel", "digits", "--net", Net, "--components", "3").Refused(2, "--components", "--spectrum");
        CommandRun.Of("kernel", "digits", "--net", Net, "--steps", "3").Refused(2, "--steps", "--distil");
        CommandRun.Of("kernel", "digits", "--net", Net, "--spectrum", "--solve").Refused(2, "--solve", "--spectrum");
        CommandRun.Of("kernel", "digits", "--net", Net, "--map", folder.File("map.png")).Refused(2, ".svg or .csv");
        CommandRun.Of("kernel", "digits", "--net", Net, "--rows", "50", "--map", folder.File("map.svg")).Refused(2, "91", "50");
        CommandRun.Of("kernel", "digits", "--net", Net, "--spectrum", "--max-memory", "1MiB").Refused(4, "--rows", "--randomised");
    }
}
