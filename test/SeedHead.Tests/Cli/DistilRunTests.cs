using System.IO.Compression;
using SeedHead.Data;

namespace SeedHead.Tests.Cli;

public sealed class DistilRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_rows_a_class_beat_drawn_ones_and_are_written_the_same_for_any_threads()
    {
        string one = folder.File("one.npz"), two = folder.File("two.npz"), sheet = folder.File("sheet.png");
        string[] command = ["kernel", "digits", "--net", "64-128-relu-1", "--distil", "2", "--steps", "150", "--batch", "300", "--json"];
        CommandRun run = CommandRun.Of([.. command, "--out", one, "--picture", sheet, "--threads", "1"]);
        Assert.True(run.Code == 0, run.Error);
        double distilled = (double)run.Json["distilled"]!;
        Assert.All(run.Json["drawnBestPenalty"]!.AsArray(), drawn => Assert.True(distilled > (double)drawn! + 0.05, $"{distilled} against {drawn}"));
        Assert.Equal(0, CommandRun.Of([.. command, "--out", two, "--threads", "3"]).Code);
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(two));
        using ZipArchive archive = ZipFile.OpenRead(one);
        using Stream labels = archive.GetEntry("labels.npy")!.Open();
        Assert.Equal([20, 10], Npy.Read(labels, "labels.npy").Shape);
        using FileStream picture = File.OpenRead(sheet);
        var size = new byte[24];
        picture.ReadExactly(size);
        Assert.Equal((byte)'P', size[1]);
        Assert.Equal((2 * ((2 * 8) + 2)) - 2, size[19]); // two pictures a line, 8 pixels twice as large, 2 between
    }

    [Fact]
    public void Random_networks_of_images_distil_too()
    {
        CommandRun run = CommandRun.Of("kernel", "digits", "--net", "8x8x1-conv16@3-relu-flatten-1", "--distil", "2", "--steps", "60", "--batch", "200", "--penalty", "1e-2", "--resample", "1", "--json");
        Assert.True(run.Code == 0, run.Error);
        double distilled = (double)run.Json["distilled"]!;
        Assert.All(run.Json["drawnBestPenalty"]!.AsArray(), drawn => Assert.True(distilled > (double)drawn! + 0.05, $"{distilled} against {drawn}"));
    }

    [Fact]
    public void What_cannot_be_distilled_is_refused()
    {
        CommandRun.Of("kernel", "digits", "--net", "64-128-relu-1", "--distil", "2", "--out", folder.File("x.csv")).Refused(2, ".npz");
        CommandRun.Of("kernel", "digits", "--net", "64-128-step-1", "--distil", "2").Refused(2, "jumps");
        string rows = folder.Write("rows.csv", "a,b,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i % 7},{i * i % 11},{i / 3.0}\n"))));
        CommandRun.Of("kernel", rows, "--net", "2-8-relu-1", "--distil", "2").Refused(2, "--test-share");
        CommandRun.Of("kernel", rows, "--net", "2-8-relu-1", "--distil", "2", "--test-share", "0.3").Refused(3, "classes");
    }
}
