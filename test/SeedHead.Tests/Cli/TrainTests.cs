using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SeedHead.Tests.Cli;

/// <summary>train through the real command: what it learns, keeps, proves, and goes on with.</summary>
public sealed class TrainTests : IDisposable
{
    private const string Net = "8x8x1-conv16@3-bn-relu-maxpool2-conv32@3-bn-relu-dropout0.2-flatten-10";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Training_tells_its_parts_scores_and_proof_and_the_model_scores_the_same()
    {
        string model = folder.File("m.seedhead");
        CommandRun run = CommandRun.Of("train", "digits", "--epochs", "4", "--out", model, "--report", folder.File("r.html"), "--json", "--quiet");
        Assert.True(run.Code == 0, run.Error);
        JsonObject json = run.Json;
        Assert.Equal("train", json["command"]!.GetValue<string>());
        Assert.Equal((3823, 1797), (json["data"]!["rows"]!.GetValue<int>(), json["data"]!["testRows"]!.GetValue<int>()));
        Assert.Equal(json["model"]!["total"]!.GetValue<long>(), json["model"]!["trainable"]!.GetValue<long>() + json["model"]!["frozen"]!.GetValue<long>());
        Assert.True(json["proof"]!["holds"]!.GetValue<bool>());
        Assert.Equal(4, json["epochs"]!.AsArray().Count);
        double test = json["test"]!["accuracy"]!.GetValue<double>();
        Assert.InRange(test, 0.9, 1);
        Assert.True(json["bestOnTest"]!["accuracy"]!.GetValue<double>() >= test);

        string page = File.ReadAllText(folder.File("r.html"));
        System.Xml.Linq.XDocument.Parse(page[(page.IndexOf('\n') + 1)..]);
        Assert.Contains(json["proof"]!["after"]!.GetValue<string>(), page);
        Assert.Contains("4,517 of 21,482", page);

        CommandRun score = CommandRun.Of("score", model, "digits", "--json");
        Assert.Equal(test, score.Json["test"]!["accuracy"]!.GetValue<double>());
        Assert.Contains("learned filters:0.1+bn+fc", CommandRun.Of("inspect", model).Output);
        Assert.Equal(1798, CommandRun.Of("predict", model, "digits").Output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void A_dry_run_counts_the_published_numbers_and_trains_nothing()
    {
        // Rosenfeld & Tsotsos (2018), published notebooks: DenseNet-BC-100-12 on 10 classes, a tenth of the filters.
        JsonNode model = CommandRun.Of("train", Classes(10, "32x32x3"), "--net", "densenet-bc-100-12", "--learn", "filters:0.1+bn+fc", "--dry-run", "--json").Json["model"]!;
        Assert.Equal((769_162L, 90_196L, 678_966L), (model["total"]!.GetValue<long>(), model["trainable"]!.GetValue<long>(), model["frozen"]!.GetValue<long>()));

        CommandRun narrow = CommandRun.Of("train", Classes(10, "32x32x3"), "--net", "densenet-bc-100-12", "--learn", "filters:0.08+bn+fc", "--dry-run");
        Assert.Contains("no filter is learned in 48 convolutions", narrow.Error); // ⌊0.08·12⌋ = 0
    }

    [Fact]
    public void The_file_of_a_wide_network_holds_what_was_learned_and_little_more()
    {
        // WRN-28-10 with 0.07 of its filters learned: 2,530,629 of 36,479,194 parameters (145.9 MB), and 2 · 8,976 running statistics.
        string model = folder.File("wide.seedhead");
        CommandRun run = CommandRun.Of(
            "train", Classes(10, "32x32x3"), "--net", "wrn-28-10", "--learn", "filters:0.07+bn+fc", "--epochs", "1", "--batch", "10", "--validation-share", "0", "--out", model, "--json", "--quiet");
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(2_530_629, run.Json["model"]!["trainable"]!.GetValue<long>());
        Assert.True(run.Json["proof"]!["holds"]!.GetValue<bool>());
        Assert.InRange(new FileInfo(model).Length, 4 * 2_000_000, 10_500_000);
        Assert.Equal(0, CommandRun.Of("score", model, folder.File("images")).Code);
    }

    [Fact]
    public void A_model_has_the_same_bytes_on_any_number_of_threads_and_without_the_widest_instructions()
    {
        byte[] Bytes(string name, IReadOnlyDictionary<string, string>? environment, params string[] more)
        {
            string path = folder.File(name);
            CommandRun run = CommandRun.With(null, environment, [.. Short(path), .. more]);
            Assert.True(run.Code == 0, run.Error);
            return File.ReadAllBytes(path);
        }

        byte[] one = Bytes("one", null, "--threads", "1");
        Assert.Equal(one, Bytes("two", null, "--threads", "2"));
        Assert.Equal(one, Bytes("five", null, "--threads", "5"));
        Assert.Equal(one, Bytes("narrow", new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = "0" }));
    }

    [Fact]
    public void Training_goes_on_after_a_kill_with_the_bits_of_one_that_never_stopped()
    {
        string whole = folder.File("whole"), resumed = folder.File("resumed"), checkpoint = folder.File("c.checkpoint");
        Assert.Equal(0, CommandRun.Of(Short(whole)).Code);
        string[] kept = [.. Short(resumed), "--checkpoint", checkpoint, "--checkpoint-minutes", "0"];
        int kills = 0;
        for (; kills < 3; kills++)
        {
            using Process process = CommandRun.Start(null, kept);
            DateTime before = File.Exists(checkpoint) ? File.GetLastWriteTimeUtc(checkpoint) : default;
            SpinWait.SpinUntil(() => process.HasExited || (File.Exists(checkpoint) && File.GetLastWriteTimeUtc(checkpoint) > before), TimeSpan.FromSeconds(60));
            process.Kill(); // SIGKILL: nothing can be tidied up
            process.WaitForExit();
            Assert.False(File.Exists(resumed), "The training ended before it could be killed.");
        }

        CommandRun last = CommandRun.Of(kept);
        Assert.True(last.Code == 0, last.Error);
        Assert.Contains("goes on from", last.Error);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(resumed));
        Assert.False(File.Exists(checkpoint)); // training is over
    }

    [Fact]
    public async Task Stopped_by_its_user_it_says_how_to_go_on_and_does()
    {
        string whole = folder.File("whole"), resumed = folder.File("resumed"), checkpoint = folder.File("c.checkpoint");
        Assert.Equal(0, CommandRun.Of(Short(whole)).Code);
        string[] kept = [.. Short(resumed), "--checkpoint", checkpoint, "--checkpoint-minutes", "0"];
        using (Process process = CommandRun.Start(null, kept))
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            SpinWait.SpinUntil(() => process.HasExited || File.Exists(checkpoint), TimeSpan.FromSeconds(60)); // it trains by then
            using Process signal = Process.Start("kill", ["-TERM", process.Id.ToString()]);
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode is 130 or 0, await error);
            if (process.ExitCode == 130 && File.Exists(checkpoint))
            {
                Assert.Contains("goes on from " + checkpoint, await error);
            }
        }

        Assert.Equal(0, CommandRun.Of(kept).Code);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(resumed));
    }

    [Fact]
    public void A_checkpoint_of_another_question_is_refused_and_kept()
    {
        string checkpoint = folder.File("c.checkpoint");
        string[] kept = [.. Short(folder.File("m")), "--checkpoint", checkpoint, "--checkpoint-minutes", "0"];
        using (Process process = CommandRun.Start(null, kept))
        {
            SpinWait.SpinUntil(() => process.HasExited || File.Exists(checkpoint), TimeSpan.FromSeconds(60));
            process.Kill();
            process.WaitForExit();
        }

        byte[] before = File.ReadAllBytes(checkpoint);
        CommandRun.Of([.. kept, "--seed", "43"]).Refused(3, "c.checkpoint", "seed 42", "43");
        CommandRun.Of([.. kept, "--rate", "0.2"]).Refused(3, "c.checkpoint", "rate 0.003", "0.2");
        Assert.Equal(before, File.ReadAllBytes(checkpoint));
        before[^100] ^= 1;
        File.WriteAllBytes(checkpoint, before);
        Assert.Equal(3, CommandRun.Of(kept).Code);
    }

    [Fact]
    public void A_loss_that_diverges_stops_training_and_the_last_good_checkpoint_stays()
    {
        string checkpoint = folder.File("c.checkpoint");
        CommandRun run = CommandRun.Of(
            "train", "digits", "--net", "8x8x1-conv8@3-relu-flatten-10", "--learn", "all", "--optimiser", "sgd", "--rate", "1e9", "--epochs", "5", "--checkpoint", checkpoint, "--checkpoint-minutes", "0", "--out", folder.File("m"), "--quiet");
        run.Refused(3, "no longer numbers", "epoch 1", "--rate", checkpoint);
        Assert.True(File.Exists(checkpoint));
        Assert.False(File.Exists(folder.File("m")));
    }

    [Fact]
    public void Numbers_that_run_away_in_the_last_step_are_no_model()
    {
        CommandRun run = CommandRun.Of("train", "digits", "--epochs", "1", "--batch", "5000", "--optimiser", "sgd", "--rate", "1e38", "--out", folder.File("m"), "--quiet");
        run.Refused(3, "no longer numbers", "epoch 1");
        Assert.False(File.Exists(folder.File("m")));
    }

    [Fact]
    public void A_checkpoint_of_another_target_or_another_test_set_is_refused()
    {
        string table = folder.Write("t.csv", "a,b,y1,y2\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i % 7},{i % 11},{(i % 7 > 3 ? "u" : "v")},{(i % 11 > 5 ? "u" : "v")}\n")));
        string checkpoint = folder.File("c");
        string[] Of(string target, params string[] more) => ["train", table, "--target", target, "--epochs", "3", "--quiet", "--checkpoint", checkpoint, .. more];
        Assert.Equal(0, CommandRun.Of(Of("y1")).Code); // without --out the finished checkpoint stays
        Assert.True(File.Exists(checkpoint));
        CommandRun.Of(Of("y2")).Refused(3, "target", "y1", "y2");
        CommandRun.Of(Of("y1", "--test", table)).Refused(3, "test");
        Assert.Equal(0, CommandRun.Of(Of("y1")).Code);
        CommandRun.Of(Of("y1", "--report", checkpoint)).Refused(2, "same file");
    }

    [Fact]
    public void Wrong_test_rows_are_told_before_the_first_step()
    {
        string train = folder.Write("a.csv", MainJobTests.Circle(300, 1)), test = folder.Write("b.csv", "a,class\n0.5,inside\n0.1,outside\n");
        CommandRun.Of("train", train, "--test", test, "--checkpoint", folder.File("c"), "--checkpoint-minutes", "0", "--quiet").Refused(3, "b");
        Assert.False(File.Exists(folder.File("c")));
    }

    [Fact]
    public void A_single_row_left_over_joins_the_batch_before_and_one_row_a_step_is_refused_where_a_norm_needs_more()
    {
        string table = folder.Write("t.csv", MainJobTests.Circle(257, 1));
        Assert.Equal(0, CommandRun.Of("train", table, "--net", "2-16-bn-relu-2", "--learn", "all", "--validation-share", "0", "--batch", "32", "--epochs", "2", "--quiet").Code);
        CommandRun.Of("train", table, "--net", "2-16-bn-relu-2", "--learn", "all", "--batch", "1").Refused(2, "bn1", "--batch");
        Assert.Equal(0, CommandRun.Of("train", table, "--net", "2-16-relu-2", "--learn", "all", "--batch", "1", "--epochs", "1", "--quiet").Code);
    }

    [Fact]
    public void A_device_is_written_to_and_not_replaced()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // there are no such devices
        }

        CommandRun.Of("train", "digits", "--epochs", "1", "--out", "/dev/full", "--quiet").Refused(3, "/dev/full", "cannot write");
        Assert.Throws<IOException>(() => File.WriteAllText("/dev/full", "x")); // still the device
    }

    [Theory]
    [InlineData("layer:conv9", "layer:conv9", "conv1")]
    [InlineData("filters:0.01", "filters:0.01", "nothing")]
    [InlineData("filtres:0.1", "filtres:0.1", "filters:0.1")]
    [InlineData("filters:-1", "filters:-1", "share")]
    public void A_part_that_matches_nothing_is_refused(string learn, params string[] parts) =>
        CommandRun.Of("train", "digits", "--learn", learn, "--net", Net).Refused(2, parts);

    [Theory]
    [InlineData("8x8x1-conv8@3-relu-flatten-9", "9 outputs", "10")]
    [InlineData("28x28x1-conv8@3-relu-flatten-10", "28x28x1", "8x8x1")]
    [InlineData("8x8x1-conv8@3-relu-gap", "dense", "one output")]
    [InlineData("8x8x1-conv8@3-bm-10", "bm", "bn")]
    public void A_network_that_does_not_fit_is_refused(string net, params string[] parts) =>
        CommandRun.Of("train", "digits", "--net", net, "--learn", "all").Refused(2, parts);

    [Fact]
    public void Options_out_of_their_range_are_refused()
    {
        CommandRun.Of("train", "digits", "--rate", "-1").Refused(2, "--rate", "-1");
        CommandRun.Of("train", "digits", "--recipe", "wrm").Refused(2, "--recipe", "wrn");
        CommandRun.Of("train", "digits", "--augment", "flip").Refused(2, "--augment", "mirror");
        CommandRun.Of("train", "digits", "--keep", "best", "--validation-share", "0").Refused(2, "--validation-share");
        CommandRun.Of("train", "digits", "--max-memory", "1MB").Refused(4, "forecast", "--max-memory");
        CommandRun.Of("train", "digits", "--epochs", "1000000", "--time-limit", "60").Refused(4, "forecast", "--time-limit");
        CommandRun.Of("train", "digits", "--out", folder.File("m"), "--checkpoint", folder.File("m")).Refused(2, "--checkpoint");
        CommandRun.Of("train", folder.Write("x.csv", MainJobTests.Circle(50, 1)), "--learn", "all", "--augment", "mirror").Refused(2, "images");
    }

    [Fact]
    public void Tables_are_learned_too_classes_and_numbers()
    {
        string circle = folder.Write("circle.csv", MainJobTests.Circle(2000, 1)), wave = folder.Write("wave.csv", MainJobTests.Wave(2000, 1)), model = folder.File("m");
        CommandRun classes = CommandRun.Of("train", circle, "--net", "2-64-relu-64-relu-2", "--learn", "all", "--epochs", "20", "--test-share", "0.2", "--json");
        Assert.True(classes.Code == 0, classes.Error);
        Assert.InRange(classes.Json["test"]!["accuracy"]!.GetValue<double>(), 0.95, 1);
        CommandRun numbers = CommandRun.Of("train", wave, "--net", "2-64-relu-64-relu-1", "--learn", "all", "--rate", "0.03", "--epochs", "20", "--test-share", "0.2", "--keep", "best", "--json", "--out", model);
        Assert.True(numbers.Code == 0, numbers.Error);
        Assert.InRange(numbers.Json["test"]!["r2"]!.GetValue<double>(), 0.9, 1);
        Assert.InRange(numbers.Json["test"]!["intervalCoverage"]!.GetValue<double>(), 0.8, 1);
        Assert.Equal(0, CommandRun.Of("predict", model, wave).Code);
    }

    [Fact]
    public void Trained_models_of_one_backbone_become_a_pack_of_tasks_and_an_ensemble()
    {
        string[] Trained(string name, params string[] more)
        {
            string path = folder.File(name);
            CommandRun run = CommandRun.Of([.. Short(path), .. more]);
            Assert.True(run.Code == 0, run.Error);
            return [path, CommandRun.Of("predict", path, "digits").Output];
        }

        string[] a = Trained("a.seedhead", "--order-seed", "1"), b = Trained("b.seedhead", "--order-seed", "2"), other = Trained("c.seedhead", "--seed", "7");
        Assert.NotEqual(a[1], b[1]);
        string pack = folder.File("tasks.seedhead");
        CommandRun merged = CommandRun.Of("merge", a[0], b[0], "--out", pack);
        Assert.True(merged.Code == 0, merged.Error);
        Assert.Equal(a[1], CommandRun.Of("predict", pack + "#a", "digits").Output);
        Assert.Equal(b[1], CommandRun.Of("predict", pack + "#b", "digits").Output);
        double Accuracy(string model) => CommandRun.Of("score", model, "digits", "--json").Json["test"]!["accuracy"]!.GetValue<double>();
        Assert.True(Accuracy(pack + "#all") > Math.Min(Accuracy(a[0]), Accuracy(b[0])));

        CommandRun.Of("predict", pack, "digits").Refused(3, "a, b", "#a");
        CommandRun.Of("predict", pack + "#z", "digits").Refused(3, "a, b");
        CommandRun.Of("predict", a[0] + "#z", "digits").Refused(3, "one model");
        CommandRun.Of("merge", a[0], other[0], "--out", folder.File("no")).Refused(3, "c.seedhead", "seed is 7", "42");
        CommandRun.Of("merge", a[0], a[0], "--out", folder.File("no")).Refused(3, "a");
    }

    [Theory]
    [InlineData("mask:0.5+fc+bn")]
    [InlineData("subspace:200+bn")]
    [InlineData("filters:0.5@in+bias+fc")]
    [InlineData("layer:conv2+bn")]
    public void Whatever_is_learned_the_file_gives_the_same_predictions_back(string learn)
    {
        string model = folder.File("m");
        CommandRun run = CommandRun.Of("train", "digits", "--net", Net, "--learn", learn, "--epochs", "2", "--optimiser", "sgd", "--rate", "0.1", "--fixed", "signed-constant", "--keep", "best", "--out", model, "--json", "--quiet");
        Assert.True(run.Code == 0, run.Error);
        Assert.True(run.Json["proof"]!["holds"]!.GetValue<bool>());
        Assert.Equal(run.Json["test"]!["logLoss"]!.GetValue<double>(), CommandRun.Of("score", model, "digits", "--json").Json["test"]!["logLoss"]!.GetValue<double>());
        Assert.InRange(run.Json["test"]!["accuracy"]!.GetValue<double>(), 0.3, 1);
    }

    [Fact]
    public void A_trained_model_refuses_to_be_revised()
    {
        string model = folder.File("m");
        Assert.Equal(0, CommandRun.Of(Short(model)).Code);
        CommandRun.Of("update", model, "digits", "--out", folder.File("u")).Refused(3, "train");
    }

    private static string[] Short(string model) =>
        ["train", "digits", "--net", Net, "--learn", "filters:0.3+bn+fc", "--epochs", "3", "--augment", "shift1", "--batch", "64", "--quiet", "--out", model];

    // Two images a class: enough to count parameters.
    private string Classes(int classes, string shape)
    {
        int[] sizes = [.. shape.Split('x').Select(int.Parse)];
        string root = folder.File("images");
        for (int k = 0; k < classes && !Directory.Exists(Path.Combine(root, $"c{k}")); k++)
        {
            Directory.CreateDirectory(Path.Combine(root, $"c{k}"));
            byte[] pixels = [.. Enumerable.Range(0, sizes[0] * sizes[1] * sizes[2]).Select(i => (byte)(i * (k + 3)))];
            for (int copy = 0; copy < 2; copy++)
            {
                File.WriteAllBytes(Path.Combine(root, $"c{k}", $"{copy}.png"), SeedHead.Report.Markup.PngWriter.Write(pixels, new(sizes[0], sizes[1], sizes[2])));
            }
        }

        return root;
    }
}
