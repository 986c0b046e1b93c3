using System.Text.Json.Nodes;
using SeedHead.Studies;

namespace SeedHead.Tests.Cli;

public sealed class ReproduceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_quick_form_prints_one_object_and_fills_its_folder()
    {
        CommandRun run = CommandRun.Of("reproduce", "partial-training", "--quick", "--only", "B2,B5", "--seeds", "2", "--out", folder.File("new"), "--json", "--require-checks");
        Assert.Equal(0, run.Code); // the quick form decides nothing, so nothing fails
        Assert.Equal("reproduce", (string)run.Json["command"]!);
        Assert.Equal("partial-training", (string)run.Json["paper"]!);
        JsonObject check = run.Json["checks"]!.AsArray().Select(node => node!.AsObject()).Single(node => (string)node["id"]! == "3");
        Assert.Equal(["id", "finding", "statistic", "threshold", "holds", "published", "ours", "evidence"], check.Select(field => field.Key));
        Assert.Equal(4 * 2 + 5 * 2, run.Json["cells"]!.AsArray().Count); // 2 shares × random and zero, 5 parts
        Assert.Equal("--quick --only B2,B5 --seeds 2", (string)run.Json["manifest"]!["options"]!);
        string[] files = [.. Directory.GetFiles(folder.File("new")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        Assert.Equal(["answer.json", "b2-constants-cnn-12-24-48.csv", "b5-parts-cnn-12-24-48.csv", "cells.jsonl", "checks.csv", "report.html"], files);
        Assert.Equal(run.Output, File.ReadAllText(Path.Combine(folder.File("new"), "answer.json")));
    }

    [Theory]
    [InlineData(0.99, 0)]
    [InlineData(0.95, 1)] // 4 points behind
    public void A_failed_check_ends_with_code_1_only_where_that_is_asked_for(double part, int code)
    {
        var question = new ReproduceQuestion { Paper = "partial-training", Only = ["B1"] };
        var store = new CellStore(folder.Path);
        foreach (PartialTrainingCell cell in PartialTrainingStudy.CellsOf(PartialTrainingStudy.TablesOf(question), [], 3))
        {
            // A share of 0.7 is told the same for random and zero; everything above a tenth is 99 %.
            double accuracy = cell.Learned.Contains("0.1", StringComparison.Ordinal) ? part - (cell.Fixed == SeedHead.Training.FixedNumbers.Zero ? 0.1 + (0.001 * cell.Options.Seed) : 0) : 0.99;
            store.Keep(new PartialTrainingOutcome { Key = cell.Key, Learned = 10, Total = 100, Accuracies = [accuracy] }.ToJson());
        }

        string[] arguments = ["reproduce", "partial-training", "--only", "B1", "--out", folder.Path];
        Assert.Equal(0, CommandRun.Of(arguments).Code);
        CommandRun run = CommandRun.Of([.. arguments, "--require-checks"]);
        Assert.Equal(code, run.Code);
        Assert.Contains(code == 0 ? "no check failed" : "failed: 1\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no paper 'other'. There are partial-training, redshift, power-limits, nnpk.", "reproduce", "other")]
    [InlineData("--full and --quick exclude each other", "reproduce", "partial-training", "--full", "--quick")]
    [InlineData("--finished answers from a folder", "reproduce", "partial-training", "--finished")]
    [InlineData("There is no study 'B77'", "reproduce", "partial-training", "--quick", "--only", "B77")]
    [InlineData("--seeds: '0' is not allowed", "reproduce", "partial-training", "--seeds", "0")]
    public void Wrong_usage_is_told_in_a_line(string part, params string[] arguments) => CommandRun.Of(arguments).Refused(2, part);

    [Fact]
    public void A_folder_with_a_broken_cell_is_bad_data()
    {
        folder.Write("cells.jsonl", "{\n");
        CommandRun.Of("reproduce", "partial-training", "--quick", "--out", folder.Path).Refused(3, "line 1", "Delete the line");
    }
}
