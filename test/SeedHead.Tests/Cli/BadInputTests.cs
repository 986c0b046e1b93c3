using System.IO.Compression;
using System.Text;

namespace SeedHead.Tests.Cli;

/// <summary>Every bad input has one decided outcome: an exit code and a line that says where, what came, what is allowed, what to do.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Fitted(params string[] extra)
    {
        string train = folder.Write("train.csv", MainJobTests.Circle(100, 1));
        string model = folder.File("m.seedhead");
        CommandRun run = CommandRun.Of([.. (string[])["fit", train, "--width", "32", "--out", model], .. extra]);
        Assert.True(run.Code == 0, run.Error);
        return model;
    }

    [Fact]
    public void A_missing_file() => CommandRun.Of("fit", folder.File("none.csv")).Refused(3, "none.csv");

    [Fact]
    public void A_folder_without_images() => CommandRun.Of("fit", folder.Path).Refused(3, folder.Path);

    [Fact]
    public void An_empty_file() => CommandRun.Of("fit", folder.Write("x.csv", "")).Refused(3, "x.csv", "empty");

    [Fact]
    public void A_header_without_rows() => CommandRun.Of("fit", folder.Write("x.csv", "a,b,class\n")).Refused(3, "x.csv");

    [Fact]
    public void A_ragged_row() => CommandRun.Of("fit", folder.Write("x.csv", "a,b,class\n1,2,x\n1,2\n3,4,y\n")).Refused(3, "x.csv", "line 3");

    [Fact]
    public void A_decimal_comma() => CommandRun.Of("fit", folder.Write("x.csv", "a;b;class\n1,5;2;x\n2,5;3;y\n1,1;2;x\n")).Refused(3, "line 2", "1,5");

    [Fact]
    public void Text_in_a_number_column_far_down()
    {
        var text = new StringBuilder("a,b,class\n");
        for (int row = 0; row < 12_000; row++)
        {
            text.Append(row == 9_999 ? "oops" : $"{row % 97}").Append(",1.5,").Append(row % 2 == 0 ? "x\n" : "y\n");
        }

        CommandRun.Of("fit", folder.Write("x.csv", text.ToString())).Refused(3, "10,001".Replace(",", ""), "oops", "'a'".Trim('\''));
    }

    [Fact]
    public void A_truncated_gzip()
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(MainJobTests.Circle(2000, 1)));
        }

        File.WriteAllBytes(folder.File("x.csv.gz"), memory.ToArray()[..(int)(memory.Length / 2)]);
        CommandRun.Of("fit", folder.File("x.csv.gz")).Refused(3, "x.csv.gz");
    }

    [Fact]
    public void One_class_only() => CommandRun.Of("fit", folder.Write("x.csv", "a,b,class\n1,2,x\n2,3,x\n3,4,x\n")).Refused(3, "one class", "'x'");

    [Fact]
    public void A_misspelled_target_names_the_nearest() =>
        CommandRun.Of("fit", folder.Write("x.csv", MainJobTests.Circle(50, 1)), "--target", "clas").Refused(3, "clas", "class");

    [Fact]
    public void A_class_in_the_test_rows_that_training_never_had_counts_as_wrong_and_is_noted()
    {
        string train = folder.Write("train.csv", MainJobTests.Circle(100, 1));
        string test = folder.Write("test.csv", "a,b,class\n0.1,0.1,inside\n0.9,0.9,elsewhere\n");
        CommandRun run = CommandRun.Of("fit", train, "--test", test, "--width", "64", "--json");
        Assert.Equal(0, run.Code);
        Assert.Equal(0.5, run.Json["test"]!["accuracy"]!.GetValue<double>());
        Assert.Contains(run.Json["notes"]!.AsArray(), note => note!.GetValue<string>().Contains("training never had"));
    }

    [Fact]
    public void A_category_never_seen_is_taken_as_other()
    {
        string train = folder.Write("train.csv", "colour,n,class\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{(i % 2 == 0 ? "red" : "blue")},{i},{(i % 2 == 0 ? "x" : "y")}\n")));
        string model = folder.File("m.seedhead");
        Assert.Equal(0, CommandRun.Of("fit", train, "--width", "32", "--out", model).Code);
        CommandRun run = CommandRun.With("colour,n\ngreen,3\n", null, "predict", model, "-");
        Assert.Equal(0, run.Code);
        Assert.Equal(2, run.Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void More_features_than_the_allowed_memory_end_with_4_and_the_forecast() =>
        CommandRun.Of("fit", "digits", "--features", "hidden", "--width", "20000", "--max-memory", "100MB").Refused(4, "forecast", "100 MB", "--width");

    [Fact]
    public void Fewer_rows_than_features_is_solved_in_the_dual_form()
    {
        CommandRun run = CommandRun.Of("fit", folder.Write("x.csv", MainJobTests.Circle(30, 1)), "--width", "500", "--json");
        Assert.Equal(0, run.Code);
        Assert.Equal("dual", run.Json["model"]!["form"]!.GetValue<string>());
    }

    [Fact]
    public void Duplicate_and_constant_columns_are_harmless()
    {
        string[] lines = MainJobTests.Circle(200, 1).TrimEnd().Split('\n');
        string text = "a,b,a2,b2,c,class\n" + string.Concat(lines.Skip(1).Select(line =>
        {
            string[] cells = line.Split(',');
            return $"{cells[0]},{cells[1]},{cells[0]},{cells[1]},7,{cells[2]}\n";
        }));
        CommandRun run = CommandRun.Of("fit", folder.Write("x.csv", text), "--features", "raw+fourier", "--width", "200", "--json");
        Assert.Equal(0, run.Code);
        Assert.InRange(run.Json["leaveOneOut"]!["accuracy"]!.GetValue<double>(), 0.9, 1);
        Assert.Contains(run.Json["notes"]!.AsArray(), note => note!.GetValue<string>().Contains("constant"));
    }

    [Fact]
    public void A_model_file_of_another_version_is_refused_and_both_versions_are_named()
    {
        string model = Fitted();
        Rewrite(model, json => json.Replace("\"stream\": 1", "\"stream\": 9"));
        CommandRun.Of("inspect", model).Refused(3, "stream version is 9", "knows 1");
    }

    [Fact]
    public void A_cut_off_model_file()
    {
        string model = Fitted();
        byte[] bytes = File.ReadAllBytes(model);
        File.WriteAllBytes(model, bytes[..(bytes.Length * 2 / 3)]);
        CommandRun.Of("inspect", model).Refused(3, "m.seedhead");
    }

    [Fact]
    public void A_model_file_with_any_changed_byte_is_refused_or_reads_the_same()
    {
        string model = Fitted();
        byte[] bytes = File.ReadAllBytes(model);
        string whole = Models.ModelFileTests.Fingerprint(model);
        for (int at = 0; at < bytes.Length; at += 1 + (bytes.Length / 211))
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 0x20;
            File.WriteAllBytes(model, changed);
            try
            {
                Assert.Equal(whole, Models.ModelFileTests.Fingerprint(model)); // a byte of the zip's own bookkeeping that nothing reads
            }
            catch (DataException e)
            {
                Assert.Contains("m.seedhead", e.Message);
            }
        }
    }

    [Fact]
    public void Predicting_with_other_columns_than_trained_names_them()
    {
        string model = Fitted();
        CommandRun.With("a,z\n1,2\n", null, "predict", model, "-").Refused(3, "'b'".Trim('\''));
    }

    [Fact]
    public void A_destination_in_a_missing_folder_is_told_before_the_work() =>
        CommandRun.Of("fit", "digits", "--out", folder.File("none/m.seedhead")).Refused(3, "none", "does not exist");

    [Fact]
    public void A_full_destination_keeps_what_was_there()
    {
        // /dev/full takes no byte: the write fails as on a full disk. Its folder cannot hold our temporary file, so the library is asked directly.
        DataException e = Assert.Throws<DataException>(() => AtomicFile.Write(folder.Write("m", "before"), stream =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            full.Write(new byte[10_000]);
            full.Flush();
        }));
        Assert.Contains("cannot write", e.Message);
        Assert.Equal("before", File.ReadAllText(folder.File("m")));
        Assert.Equal(["m"], folder.Names);
    }

    [Theory]
    [InlineData("--threads", "0", "at least 1")]
    [InlineData("--seed", "-1", "0 to 18446744073709551615")]
    [InlineData("--width", "0", "at least 1")]
    [InlineData("--width", "many", "auto")]
    [InlineData("--max-memory", "2 parsecs", "GiB")]
    [InlineData("--features", "magic", "hidden")]
    [InlineData("--test-share", "2", "between 0 and 1")]
    [InlineData("--widht", "3", "--width")]
    [InlineData("--net", "64-reluu-1", "relu")]
    [InlineData("--penalties", "1,-2", "above 0")]
    public void Wrong_options_end_with_2_and_say_what_is_allowed(string option, string value, string allowed) =>
        CommandRun.Of("fit", "digits", option, value).Refused(2, allowed);

    [Fact]
    public void An_unknown_verb_names_the_nearest() => CommandRun.Of("fitt", "digits").Refused(2, "fitt", "fit");

    private static void Rewrite(string model, Func<string, string> change)
    {
        using FileStream stream = File.Open(model, FileMode.Open, FileAccess.ReadWrite);
        IReadOnlyDictionary<string, byte[]> entries = SeedHead.Models.ModelArchive.Read(stream, model);
        stream.SetLength(0);
        SeedHead.Models.ModelArchive.Write(stream, entries.Select(entry =>
            (entry.Key, entry.Key == "model.json" ? Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(entry.Value))) : entry.Value)));
    }
}
