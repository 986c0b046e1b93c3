using System.Diagnostics;
using System.Globalization;
using System.Text;
using SeedHead.Tests.Models;

namespace SeedHead.Tests.Cli;

/// <summary>fit, predict, score, inspect, update, merge, forget, features, report on files, through the real command.</summary>
public sealed class MainJobTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Two classes that a circle tells apart: a linear model cannot, random features can.</summary>
    internal static string Circle(int rows, int seed, bool header = true, bool sorted = false)
    {
        var lines = new List<string>();
        uint state = (uint)seed;
        for (int i = 0; i < rows; i++)
        {
            double a = Samples.Next(ref state);
            double b = Samples.Next(ref state);
            lines.Add(FormattableString.Invariant($"{a:0.0000},{b:0.0000},{((a * a) + (b * b) < 0.6 ? "inside" : "outside")}"));
        }

        if (sorted)
        {
            lines.Sort((x, y) => string.CompareOrdinal(x.Split(',')[2], y.Split(',')[2]));
        }

        return (header ? "a,b,class\n" : "") + string.Join('\n', lines) + "\n";
    }

    /// <summary>y = sin(3a) + b², a smooth regression.</summary>
    internal static string Wave(int rows, int seed)
    {
        var text = new StringBuilder("a,b,y\n");
        uint state = (uint)seed;
        for (int i = 0; i < rows; i++)
        {
            double a = Samples.Next(ref state);
            double b = Samples.Next(ref state);
            text.Append(CultureInfo.InvariantCulture, $"{a:0.0000},{b:0.0000},{Math.Sin(3 * a) + (b * b) + (0.1 * Samples.Next(ref state)):0.000000}\n");
        }

        return text.ToString();
    }

    [Fact]
    public void Fit_digits_reaches_98_percent_on_the_official_test_part()
    {
        CommandRun run = CommandRun.Of("fit", "digits", "--json");
        Assert.Equal(0, run.Code);
        Assert.Equal("fit", run.Json["command"]!.GetValue<string>());
        Assert.Equal(3823, run.Json["data"]!["rows"]!.GetValue<int>()); // the UCI page: 3,823 training and 1,797 test rows
        Assert.InRange(run.Json["test"]!["accuracy"]!.GetValue<double>(), 0.98, 1);
    }

    [Fact]
    public void Fit_predict_and_score_work_on_a_table_and_agree()
    {
        string train = folder.Write("train.csv", Circle(400, 1));
        string test = folder.Write("test.csv", Circle(200, 2));
        string model = folder.File("m.seedhead");
        CommandRun fit = CommandRun.Of("fit", train, "--test", test, "--out", model, "--json");
        Assert.Equal(0, fit.Code);
        double accuracy = fit.Json["test"]!["accuracy"]!.GetValue<double>();
        Assert.InRange(accuracy, 0.93, 1);

        CommandRun score = CommandRun.Of("score", model, test, "--json");
        Assert.Equal(accuracy, score.Json["test"]!["accuracy"]!.GetValue<double>());

        CommandRun predict = CommandRun.Of("predict", model, test);
        string[] lines = predict.Output.TrimEnd().Split('\n');
        Assert.Equal("prediction,probability,out_of_range,p_inside,p_outside", lines[0]);
        string[] truth = File.ReadAllLines(test)[1..];
        int right = lines.Skip(1).Zip(truth).Count(pair => pair.First.Split(',')[0] == pair.Second.Split(',')[2]);
        Assert.Equal(accuracy, right / 200.0, 12);
    }

    private static byte[] Entry(string model, string name)
    {
        using System.IO.Compression.ZipArchive archive = System.IO.Compression.ZipFile.OpenRead(model);
        using Stream stream = archive.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    [Fact]
    public void The_width_auto_is_that_of_no_width_and_quick_reads_few_rows_twice()
    {
        string train = folder.Write("train.csv", Circle(300, 1)), first = folder.File("first.seedhead"), second = folder.File("second.seedhead");
        Assert.Equal(0, CommandRun.Of("fit", train, "--out", first).Code);
        CommandRun auto = CommandRun.Of("fit", train, "--width", "auto", "--quick", "--out", second, "--json"); // so few rows are all left out, quick or not
        Assert.Equal(0, auto.Code);
        Assert.Equal("leave-one-out", auto.Json["model"]!["selection"]!.GetValue<string>());
        Assert.Equal(Entry(first, "head.npy"), Entry(second, "head.npy"));
    }

    [Fact]
    public void Predict_needs_no_target_column_and_reads_standard_input()
    {
        string train = folder.Write("train.csv", Circle(200, 1));
        string model = folder.File("m.seedhead");
        Assert.Equal(0, CommandRun.Of("fit", train, "--width", "64", "--out", model).Code);
        CommandRun run = CommandRun.With("a,b\n0.1,0.1\n0.9,0.9\n", null, "predict", model, "-");
        Assert.Equal(0, run.Code);
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.StartsWith("inside,", lines[1]);
        Assert.StartsWith("outside,", lines[2]);
    }

    [Fact]
    public void Rows_far_from_the_training_rows_are_flagged_with_and_without_a_gram()
    {
        string train = folder.Write("train.csv", Circle(300, 1));
        foreach (string[] extra in (string[][])[[], ["--keep-gram"]])
        {
            string model = folder.File("m.seedhead");
            Assert.Equal(0, CommandRun.Of([.. (string[])["fit", train, "--width", "64", "--out", model], .. extra]).Code);
            CommandRun run = CommandRun.With("a,b\n0.1,0.2\n50,-70\n", null, "predict", model, "-", "--json");
            bool[] flags = [.. run.Json["predictions"]!.AsArray().Select(row => row!["outOfRange"]!.GetValue<bool>())];
            Assert.Equal([false, true], flags);
        }
    }

    [Fact]
    public void Regression_gives_intervals_that_hold_their_share_of_test_rows()
    {
        string train = folder.Write("train.csv", Wave(600, 1));
        string test = folder.Write("test.csv", Wave(600, 2));
        CommandRun run = CommandRun.Of("fit", train, "--test", test, "--json");
        Assert.Equal(0, run.Code);
        Assert.InRange(run.Json["test"]!["r2"]!.GetValue<double>(), 0.95, 1);
        double share = run.Json["test"]!["intervalCoverage"]!.GetValue<double>();
        double standardError = Math.Sqrt(0.9 * 0.1 * ((1 / 600.0) + (1 / 600.0))); // the quantile is estimated from as many rows
        Assert.InRange(share, 0.9 - (4 * standardError), 0.9 + (4 * standardError));
    }

    [Fact]
    public void Without_a_test_set_five_folds_stand_beside_leave_one_out_and_test_is_null()
    {
        string train = folder.Write("train.csv", Circle(300, 1));
        CommandRun run = CommandRun.Of("fit", train, "--width", "128", "--json");
        Assert.Null(run.Json["test"]);
        Assert.True(run.Json.ContainsKey("test"));
        double folds = run.Json["folds"]!["accuracy"]!.GetValue<double>();
        double left = run.Json["leaveOneOut"]!["accuracy"]!.GetValue<double>();
        Assert.InRange(folds - left, -0.06, 0.06);
    }

    [Fact]
    public void Labels_sorted_by_class_change_no_more_than_the_order_of_a_sum()
    {
        string mixed = folder.Write("mixed.csv", Circle(300, 1));
        string sorted = folder.Write("sorted.csv", Circle(300, 1, sorted: true));
        string test = folder.Write("test.csv", Circle(300, 2));
        double[] accuracies = [.. new[] { mixed, sorted }.Select(file =>
            CommandRun.Of("fit", file, "--test", test, "--width", "128", "--json").Json["test"]!["accuracy"]!.GetValue<double>())];
        Assert.InRange(accuracies[0] - accuracies[1], -0.04, 0.04); // another order draws another bandwidth sample
    }

    [Fact]
    public void Update_and_merge_give_the_same_model_as_each_other_and_forget_takes_rows_back()
    {
        string first = folder.Write("first.csv", Circle(300, 1));
        string second = folder.Write("second.csv", Circle(200, 2));
        string a = folder.File("a.seedhead");
        string b = folder.File("b.seedhead");
        string updated = folder.File("updated.seedhead");
        string merged = folder.File("merged.seedhead");
        string forgot = folder.File("forgot.seedhead");
        Assert.Equal(0, CommandRun.Of("fit", first, "--net", "2-1-relu", "--width", "64", "--keep-gram", "--out", a).Code);
        Assert.Equal(0, CommandRun.Of("fit", second, "--like", a, "--keep-gram", "--out", b).Code);
        Assert.Equal(0, CommandRun.Of("update", a, second, "--out", updated).Code);
        Assert.Equal(0, CommandRun.Of("merge", a, b, "--out", merged).Code);
        Assert.Equal(0, CommandRun.Of("forget", updated, second, "--out", forgot).Code);
        Assert.Equal(500, CommandRun.Of("inspect", merged, "--json").Json["data"]!["rows"]!.GetValue<int>());

        string rows = folder.Write("rows.csv", Circle(100, 3));
        double[] fromUpdate = Probabilities(updated, rows);
        double[] fromMerge = Probabilities(merged, rows);
        Assert.True(fromUpdate.Zip(fromMerge).Max(pair => Math.Abs(pair.First - pair.Second)) < 1e-4);
        Assert.Equal(300, CommandRun.Of("inspect", forgot, "--json").Json["data"]!["rows"]!.GetValue<int>());
    }

    private static double[] Probabilities(string model, string rows) =>
        [.. CommandRun.Of("predict", model, rows).Output.TrimEnd().Split('\n').Skip(1).Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];

    [Fact]
    public void Merge_refuses_models_whose_features_differ_and_names_the_field()
    {
        string first = folder.Write("first.csv", Circle(200, 1));
        string a = folder.File("a.seedhead");
        string b = folder.File("b.seedhead");
        Assert.Equal(0, CommandRun.Of("fit", first, "--width", "32", "--keep-gram", "--out", a).Code);
        Assert.Equal(0, CommandRun.Of("fit", first, "--width", "32", "--keep-gram", "--seed", "7", "--out", b).Code);
        CommandRun.Of("merge", a, b, "--out", folder.File("m.seedhead")).Refused(3, "seed", "42", "7", "--like");
        Assert.False(File.Exists(folder.File("m.seedhead")));
    }

    [Fact]
    public void Features_are_written_as_npy_and_npz()
    {
        string train = folder.Write("train.csv", Circle(50, 1));
        string npy = folder.File("x.npy");
        string npz = folder.File("x.npz");
        Assert.Equal(0, CommandRun.Of("features", train, "--features", "fourier", "--width", "32", "--out", npy).Code);
        Assert.Equal(0, CommandRun.Of("features", train, "--features", "hidden+raw", "--width", "32", "--out", npz).Code);
        Assert.Equal(128 + (50 * 32 * 4), new FileInfo(npy).Length);
        Assert.Equal(0, CommandRun.Of("fit", npz, "--features", "raw").Code); // what we wrote we can read
    }

    [Fact]
    public void A_saved_answer_becomes_a_report()
    {
        string train = folder.Write("train.csv", Circle(200, 1));
        string json = folder.Write("answer.json", CommandRun.Of("fit", train, "--test-share", "0.3", "--width", "64", "--json").Output);
        string html = folder.File("report.html");
        Assert.Equal(0, CommandRun.Of("report", json, "--out", html).Code);
        string text = File.ReadAllText(html);
        Assert.StartsWith("<!DOCTYPE html>", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", text);
    }

    [Fact]
    public void Json_is_exactly_one_object_on_standard_output_and_notes_do_not_mix_in()
    {
        string train = folder.Write("train.csv", Circle(100, 1).Replace("a,b,class", "a,b,class").Replace("\n", "\n"));
        CommandRun run = CommandRun.Of("fit", train, "--width", "32", "--json");
        Assert.Equal(run.Output.TrimEnd(), run.Output.Trim());
        Assert.Equal(0, run.Code);
        Assert.NotNull(run.Json["manifest"]!["stream"]);
        Assert.NotNull(run.Json["seconds"]!["total"]);
        Assert.NotNull(run.Json["peakMemoryBytes"]);
    }

    [Fact]
    public void A_gate_that_is_not_reached_ends_with_code_1()
    {
        string train = folder.Write("train.csv", Circle(100, 1));
        CommandRun run = CommandRun.Of("fit", train, "--width", "4", "--require-accuracy", "1");
        Assert.Equal(1, run.Code);
        Assert.Contains("below the required", run.Error);
    }

    [Fact]
    public void A_dry_run_foresees_and_writes_nothing()
    {
        string train = folder.Write("train.csv", Circle(100, 1));
        string model = folder.File("m.seedhead");
        CommandRun run = CommandRun.Of("fit", train, "--width", "1024", "--dry-run", "--json", "--out", model);
        Assert.Equal(0, run.Code);
        Assert.Equal(1024, run.Json["forecast"]![0]!["features"]!.GetValue<int>());
        Assert.False(File.Exists(model));
    }

    [Fact]
    public void Every_verb_has_help_and_names_its_options()
    {
        foreach (string verb in (string[])["fit", "predict", "score", "inspect", "update", "merge", "forget", "features", "kernel", "data", "report"])
        {
            CommandRun run = CommandRun.Of(verb, "--help");
            Assert.Equal(0, run.Code);
            Assert.Contains(verb, run.Output);
            Assert.Contains("--help", run.Output);
        }
    }

    [Fact]
    public void Ctrl_C_while_fitting_ends_with_130_and_leaves_no_file()
    {
        string train = folder.Write("train.csv", Wave(30_000, 1));
        string model = folder.Write("m.seedhead", "what was here before");
        using Process process = CommandRun.Start(null, "fit", train, "--width", "4096", "--out", model);
        Thread.Sleep(1500); // long enough to be in the middle, far shorter than the fit
        Assert.False(process.HasExited, "the fit was too short to be interrupted");
        using (Process kill = Process.Start("kill", [InterruptIsIgnored() ? "-TERM" : "-INT", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("Cancelled", error);
        Assert.Equal(["m.seedhead", "train.csv"], folder.Names);
        Assert.Equal("what was here before", File.ReadAllText(model));
    }

    /// <summary>Whether this process, and so its children, was started with SIGINT ignored, as a shell's background jobs are: then only SIGTERM gets through.</summary>
    private static bool InterruptIsIgnored()
    {
        const string field = "SigIgn:";
        string? line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith(field, StringComparison.Ordinal)) : null;
        return line is not null && (ulong.Parse(line[field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0b10) != 0;
    }
}
