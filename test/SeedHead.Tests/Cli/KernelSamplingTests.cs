using System.Text.Json.Nodes;
using SeedHead.Data;

namespace SeedHead.Tests.Cli;

public sealed class KernelSamplingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string data;

    public KernelSamplingTests() =>
        data = folder.Write("rows.csv", "a,b,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 7},{i * i % 11},{i % 3}\n")));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_sampled_kernel_is_written_with_its_errors_and_beside_the_closed_form()
    {
        string kernel = folder.File("k.npy"), errors = folder.File("se.npy");
        JsonObject json = Json("--net", "2-16-relu-1", "--networks", "2000", "--out", kernel, "--errors", errors);
        Assert.Equal((2000, 30), ((int)json["networks"]!, (int)json["rows"]!));
        Assert.Equal(2000, (double)json["effectiveFeatures"]!, 1e-6);
        Assert.InRange((double)json["relativeError"]!, 0.001, 0.15);
        Assert.InRange((double)json["standardError"]!["mean"]!, 0.01, (double)json["standardError"]!["max"]!);
        Assert.InRange((double)json["z"]!["mean"]!, 0.1, 2); // entries of one draw move together
        Assert.InRange((double)json["z"]!["max"]!, 0.1, 4.5);
        Assert.Equal(42, (int)json["manifest"]!["seed"]!);
        double[] values = Read(kernel), deviations = Read(errors);
        Assert.Equal(values[1], values[30]);
        Assert.InRange(deviations[31] / values[31], 0.02, 0.08); // √((3·(1 + 5/16) − 1)/2000)
    }

    [Fact]
    public void States_of_two_halves_join_to_the_bytes_of_one_run_and_a_run_goes_on_from_a_state()
    {
        string[] options = ["--net", "2-8-relu-8-relu-1", "--outputs-per-network", "3", "--seed", "7"];
        string whole = folder.File("whole.npy"), merged = folder.File("merged.npy"), resumed = folder.File("resumed.npy");
        Json([.. options, "--networks", "256", "--out", whole, "--threads", "1"]);
        Json([.. options, "--networks", "128", "--state", folder.File("a.zip")]);
        Json([.. options, "--networks", "128", "--from-network", "128", "--state", folder.File("b.zip"), "--threads", "3"]);
        CommandRun join = CommandRun.Of("kernel", "--merge", folder.File("b.zip"), folder.File("a.zip"), "--out", merged, "--json");
        Assert.True(join.Code == 0, join.Error);
        Assert.Equal(256, (int)join.Json["networks"]!);
        Assert.InRange((double)join.Json["effectiveFeatures"]!, 256, 3 * 256);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(merged));
        Assert.Equal(256, (int)Json([.. options, "--networks", "256", "--out", resumed, "--state", folder.File("a.zip")])["networks"]!);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(resumed));
        CommandRun.Of(["kernel", data, .. options[..^1], "8", "--networks", "300", "--state", folder.File("a.zip")]).Refused(3, "seed 7, asked for is 8");
        CommandRun.Of(["kernel", data, .. options, "--networks", "300", "--state", folder.File("a.zip"), "--rows", "20"]).Refused(3, "points 30, asked for is 20");
        CommandRun.Of("kernel", "--merge", folder.File("b.zip"), folder.File("b.zip")).Refused(3, "are followed by block 4");
        CommandRun.Of("kernel", "--merge", folder.File("none.zip")).Refused(3, "no such file");
        CommandRun.Of("kernel", "--merge", folder.File("b.zip"), "--networks", "8").Refused(2, "--networks has no use");
    }

    [Fact]
    public void Networks_without_closed_form_are_sampled_and_the_layer_is_named()
    {
        JsonObject json = Json("--net", "2-16-bn-relu-1", "--networks", "64", "--norm-rows", "20", "--without-heads");
        Assert.Contains("bn in 2-16-bn-relu-1", (string?)json["withoutClosedForm"], StringComparison.Ordinal);
        Assert.Equal("statistics of 20 of the rows", (string?)json["batchNorms"]);
        Assert.Null(json["relativeError"]);
        CommandRun run = CommandRun.Of("kernel", data, "--net", "2-16-bn-relu-1", "--networks", "64", "--norm-rows", "0");
        Assert.Contains("batch norms: mean 0, variance 1", run.Output, StringComparison.Ordinal);
        Assert.Contains("no closed form to compare with: bn", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void One_network_has_no_standard_error_and_sampling_stops_at_the_error_asked_for()
    {
        JsonObject one = Json("--net", "2-16-relu-1", "--networks", "1");
        Assert.Null(one["standardError"]);
        Assert.Null(one["z"]);
        Assert.Contains("1 network: no standard error", CommandRun.Of("kernel", data, "--net", "2-16-relu-1", "--networks", "1").Output, StringComparison.Ordinal);
        JsonObject until = Json("--net", "2-16-relu-1", "--until", "0.1", "--ntk");
        Assert.Equal("sampled-ntk", (string?)until["kind"]);
        Assert.InRange((double)until["standardError"]!["mean"]!, 0.001, 0.1);
    }

    [Theory]
    [InlineData(2, "'0' is not allowed", "--networks", "0")]
    [InlineData(2, "relative error above 0", "--until", "-1")]
    [InlineData(2, "blocks of 64", "--networks", "64", "--from-network", "10")]
    [InlineData(2, "part of the tangent kernel", "--networks", "64", "--ntk", "--without-heads")]
    [InlineData(2, "ends in .npy", "--networks", "64", "--errors", "se.txt")]
    [InlineData(4, "--max-memory allows 1024", "--networks", "64", "--max-memory", "1KiB")]
    [InlineData(2, "rows.csv has no use", "--merge", "nowhere.zip")]
    [InlineData(2, "--state is read with --networks", "--state", "s.zip")]
    [InlineData(2, "and --solve are different jobs", "--networks", "64", "--solve")]
    public void What_cannot_be_sampled_is_refused(int code, string expected, params string[] more) =>
        CommandRun.Of(["kernel", data, "--net", "2-8-relu-1", .. more]).Refused(code, expected);

    [Theory]
    [InlineData("bn in 2-8-bn-relu-1", "2-8-bn-relu-1")]
    [InlineData("erf in 2-8-relu-erf-1", "2-8-relu-erf-1")]
    public void A_limit_kernel_without_closed_form_offers_sampling(string expected, string net) =>
        CommandRun.Of("kernel", data, "--net", net, "--out", folder.File("k.npy")).Refused(2, expected, "--networks 1000");

    private JsonObject Json(params string[] arguments)
    {
        CommandRun run = CommandRun.Of(["kernel", data, .. arguments, "--json"]);
        Assert.True(run.Code == 0, run.Error);
        return run.Json;
    }

    private static double[] Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Npy.Read(stream, path).Doubles();
    }
}
