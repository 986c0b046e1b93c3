using SeedHead.Data;

namespace SeedHead.Tests.Cli;

public sealed class KernelVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_dual_is_printed_plainly_and_as_json()
    {
        Assert.StartsWith("0.42826081", CommandRun.Of("kernel", "--dual", "relu", "--at", "1,2,0.7").Output, StringComparison.Ordinal); // Cho & Saul
        Assert.Equal(-0.2072321683, (double)CommandRun.Of("kernel", "--dual", "erf", "--at", "1.3,0.6,-0.45", "--json").Json["value"]!, 1e-10); // Williams
    }

    [Fact]
    public void A_gram_matrix_is_written_and_threads_do_not_change_it()
    {
        string data = folder.Write("rows.csv", "a,b,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 7},{i * i % 11},{i % 3}\n")));
        string one = folder.File("one.npy"), two = folder.File("two.npy");
        CommandRun run = CommandRun.Of("kernel", data, "--net", "2-64-relu-64-erf-1", "--prior", "he-normal+bias-normal:0.5", "--ntk", "--out", one, "--threads", "1", "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("ntk", (string?)run.Json["kind"]);
        Assert.Equal(0, CommandRun.Of("kernel", data, "--net", "2-64-relu-64-erf-1", "--prior", "he-normal+bias-normal:0.5", "--ntk", "--out", two, "--threads", "3").Code);
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(two));
        using FileStream stream = File.OpenRead(one);
        Assert.Equal([30, 30], Npy.Read(stream, "one.npy").Shape);
    }

    [Fact]
    public void A_matrix_beyond_the_memory_allowed_is_written_by_tiles_with_the_same_bytes()
    {
        string whole = folder.File("whole.npy"), tiles = folder.File("tiles.npy");
        string[] command = ["kernel", "digits", "--net", "64-512-relu-1", "--rows", "1500", "--threads", "1"];
        Assert.Equal(0, CommandRun.Of([.. command, "--out", whole]).Code);
        CommandRun run = CommandRun.Of([.. command, "--out", tiles, "--max-memory", "9MB"]); // the matrix alone has 18 MB
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(tiles));
    }

    [Fact]
    public void Solving_chooses_a_depth_and_scores_test_rows_and_threads_change_nothing()
    {
        string predictions = folder.File("p.csv");
        string[] command = ["kernel", "digits", "--net", "64-1*(128-relu)-1", "--solve", "--depths", "1:2", "--noise", "1e-3,1e-2", "--rows", "300", "--predictions", predictions, "--json"];
        CommandRun run = CommandRun.Of([.. command, "--threads", "1", "--test-share", "0.3"]);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal([1, 2], run.Json["depths"]!.AsArray().Select(depth => (int)depth!["depth"]!));
        Assert.InRange((double)run.Json["test"]!["accuracy"]!, 0.93, 1); // a ridge on raw pixels has 0.90 at 300 rows
        Assert.InRange((double)run.Json["chosen"]!["leftOut"]!["accuracy"]!, 0.93, 1);
        string[] lines = File.ReadAllLines(predictions);
        Assert.Equal((int)run.Json["data"]!["testRows"]! + 1, lines.Length);
        Assert.Equal(11, lines[1].Split(',').Length);
        CommandRun again = CommandRun.Of([.. command, "--threads", "2", "--test-share", "0.3"]);
        foreach (string part in (string[])["test", "train", "manifest"])
        {
            Assert.Equal(run.Json[part]!.ToJsonString(), again.Json[part]!.ToJsonString());
        }
    }

    [Fact]
    public void Solving_for_numbers_gives_intervals_and_a_standardised_log_loss()
    {
        var draw = new Draw(1);
        string data = folder.Write("waves.csv", "a,b,y\n" + string.Concat(Enumerable.Range(0, 200).Select(_ =>
        {
            (double a, double b) = (draw.Double(-2, 2), draw.Double(-2, 2));
            return FormattableString.Invariant($"{a},{b},{(10 * Math.Abs(a)) + (b * b) + draw.Double(-1, 1)}\n");
        })));
        CommandRun run = CommandRun.Of("kernel", data, "--net", "2-64-erf-1", "--prior", "lecun-normal:3+bias-normal:1", "--solve", "--ntk", "--test-share", "0.3", "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.InRange((double)run.Json["meanStandardisedLogLoss"]!, -4, -1); // noise of deviation 0.58 in targets of deviation 6: at best log(0.1)
        Assert.InRange((double)run.Json["test"]!["intervalCoverage"]!, 0.8, 1);
        Assert.InRange((double)run.Json["test"]!["rmse"]!, 0.5, 1.5);
        Assert.Contains("log loss", CommandRun.Of("kernel", data, "--net", "2-64-erf-1", "--solve", "--test-share", "0.3", "-q").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_marginal_likelihood_can_choose_noise_and_depth()
    {
        CommandRun run = CommandRun.Of("kernel", "digits", "--net", "64-1*(128-relu)-1", "--solve", "--depths", "1,3", "--noise", "1e-3,1", "--rows", "200", "--by", "likelihood", "--json");
        Assert.True(run.Code == 0, run.Error);
        double[] likelihoods = [.. run.Json["depths"]!.AsArray().Select(depth => (double)depth!["logMarginalLikelihood"]!)];
        Assert.Equal(likelihoods.Max(), (double)run.Json["chosen"]!["logMarginalLikelihood"]!);
        double[] noises = [.. run.Json["chosen"]!["noises"]!.AsArray().Select(noise => (double)noise!["logMarginalLikelihood"]!)];
        Assert.Equal(noises.Max(), likelihoods.Max());
        Assert.Equal("marginal-likelihood", (string?)run.Json["chosenBy"]);
    }

    [Theory]
    [InlineData("--solver", "cg")]
    [InlineData("--max-memory", "70MB", "--threads", "1")] // the exact way takes more than 75 MB
    public void Conjugate_gradients_predict_as_the_exact_process_does(params string[] more)
    {
        string[] command = ["kernel", "digits", "--net", "64-512-relu-1", "--solve", "--noise", "1e-2", "--test-share", "0.2", "--json"];
        CommandRun exact = CommandRun.Of(command), run = CommandRun.Of([.. command, .. more]);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("exact", (string?)exact.Json["solver"]);
        Assert.Equal("conjugate gradients", (string?)run.Json["solver"]);
        Assert.InRange((double)run.Json["test"]!["accuracy"]! - (double)exact.Json["test"]!["accuracy"]!, -0.003, 0.003);
        Assert.Contains("relative residual", run.Json["notes"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "read with --solve", "--noise", "0.1")]
    [InlineData(2, "--out writes", "--solve", "--out", "k.npy")]
    [InlineData(2, "needs test rows", "--solve", "--predictions", "p.csv")]
    [InlineData(2, "has 0", "--solve", "--depths", "1:3")]
    [InlineData(2, "training rows", "--solve", "--rows", "400")]
    [InlineData(4, "needs", "--solve", "--max-memory", "1KiB")]
    [InlineData(2, "do not know the marginal likelihood", "--solve", "--solver", "cg", "--by", "likelihood")]
    [InlineData(3, "no such folder", "--solve", "--scratch", "/nowhere")]
    public void What_cannot_be_solved_is_refused(int code, string expected, params string[] more)
    {
        string data = folder.Write("rows.csv", "a,b,y\n1,2,0\n2,1,1\n3,5,0\n4,4,1\n");
        CommandRun.Of(["kernel", data, "--net", "2-8-relu-1", .. more]).Refused(code, expected);
    }

    [Theory]
    [InlineData(2, "bn in 2-8-bn-relu-1", "2-8-bn-relu-1")]
    [InlineData(2, "reads 3 columns", "3-8-relu-1")]
    [InlineData(4, "--max-memory", "2-8-relu-1", "--max-memory", "1KiB")]
    public void What_cannot_be_computed_is_refused(int code, string expected, string net, params string[] more)
    {
        string data = folder.Write("rows.csv", "a,b,y\n1,2,0\n2,1,1\n3,5,0\n4,4,1\n");
        CommandRun.Of(["kernel", data, "--net", net, "--out", folder.File("k.npy"), .. more]).Refused(code, expected);
        Assert.False(File.Exists(folder.File("k.npy")));
    }

    [Theory]
    [InlineData("--at A,B,C", "--dual", "relu")]
    [InlineData("is no number", "--dual", "relu", "--at", "1,2,x")]
    [InlineData("has 2 numbers", "--dual", "relu", "--at", "1,2")]
    [InlineData("Did you mean", "--dual", "rleu", "--at", "1,2,0.7")]
    [InlineData("at most", "--dual", "relu", "--at", "1,2,7")]
    [InlineData("DATA and --net")]
    public void Wrong_usage_says_what_is_missing(string expected, params string[] arguments) =>
        CommandRun.Of(["kernel", .. arguments]).Refused(2, expected);
}
