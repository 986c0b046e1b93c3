using System.Text.Json.Nodes;

namespace SeedHead.Tests.Cli;

/// <summary>fit --net auto through the real command.</summary>
public sealed class NetAutoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_answer_holds_the_ranking_and_the_model_the_winner()
    {
        string train = folder.Write("train.csv", MainJobTests.Circle(150, 1)), test = folder.Write("test.csv", MainJobTests.Circle(60, 2));
        string model = folder.File("m.seedhead"), named = folder.File("n.seedhead");
        CommandRun run = CommandRun.Of("fit", train, "--test", test, "--net", "auto", "--width", "64", "--seeds", "2", "--json", "--out", model);
        Assert.Equal((0, ""), (run.Code, string.Join('\n', run.Error.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)))));
        JsonObject ranking = run.Json["architectures"]!.AsObject();
        Assert.Equal((150, "loo"), (ranking["rows"]!.GetValue<int>(), ranking["by"]!.GetValue<string>()));
        JsonArray points = ranking["points"]!.AsArray();
        Assert.Equal(26, points.Count);
        double[] losses = [.. points.Select(point => point!["loss"]!.GetValue<double>())];
        Assert.Equal(losses.Order(), losses);
        string net = points[0]!["net"]!.GetValue<string>(), prior = points[0]!["prior"]!.GetValue<string>();
        Assert.Equal(prior, run.Json["model"]!["prior"]!.GetValue<string>());
        Assert.Contains("--net auto", run.Json["manifest"]!["options"]!.GetValue<string>());
        Assert.Equal(2, run.Json["seeds"]!.AsArray().Count);

        CommandRun again = CommandRun.Of("fit", train, "--test", test, "--net", net, "--prior", prior, "--width", "64", "--seeds", "2", "--json", "--out", named);
        Assert.Null(again.Json["architectures"]);
        Assert.Equal(again.Json["test"]!.ToJsonString(), run.Json["test"]!.ToJsonString());
        Assert.Equal(again.Json["seeds"]!.ToJsonString(), run.Json["seeds"]!.ToJsonString());
        Assert.Equal(CommandRun.Of("predict", named, test).Output, CommandRun.Of("predict", model, test).Output);
    }

    [Fact]
    public void The_text_shows_the_ranking_and_the_report_too()
    {
        string train = folder.Write("train.csv", MainJobTests.Wave(80, 1)), report = folder.File("r.html");
        CommandRun run = CommandRun.Of("fit", train, "--net", "auto", "--net-by", "likelihood", "--width", "32", "--report", report);
        Assert.Equal(0, run.Code);
        Assert.Contains("log likelihood", run.Output);
        Assert.Contains("8 of 26 networks shown", run.Output);
        Assert.Contains("26 by marginal likelihood of limit kernels on 80 rows", run.Error);
        Assert.Contains("Networks compared", File.ReadAllText(report));
    }

    [Fact]
    public void A_dry_run_tells_what_the_choice_needs()
    {
        string train = folder.Write("train.csv", MainJobTests.Wave(80, 1));
        CommandRun text = CommandRun.Of("fit", train, "--net", "auto", "--dry-run"), json = CommandRun.Of("fit", train, "--net", "auto", "--dry-run", "--json");
        Assert.Contains("choosing among 26 networks on 80 rows", text.Output);
        Assert.Equal((26, 80), (json.Json["choice"]!["architectures"]!.GetValue<int>(), json.Json["choice"]!["rows"]!.GetValue<int>()));
        Assert.Null(CommandRun.Of("fit", train, "--dry-run", "--json").Json["choice"]);
    }

    [Fact]
    public void Wrong_uses_are_refused_with_what_is_allowed()
    {
        string train = folder.Write("train.csv", MainJobTests.Circle(40, 1));
        CommandRun.Of("fit", train, "--net", "auto", "--features", "fourier").Refused(2, "hidden", "outputs", "fourier");
        CommandRun.Of("fit", train, "--net-by", "loo").Refused(2, "--net auto");
        CommandRun.Of("features", train, "--net", "auto", "--out", folder.File("f.npy")).Refused(2, "fit --net auto");
        CommandRun.Of("fit", train, "--net", "auto", "--max-memory", "1MiB").Refused(4, "Choosing an architecture on 40 rows");
    }
}
