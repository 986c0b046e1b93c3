using System.Security.Cryptography;
using SeedHead.Data;

namespace SeedHead.Tests.Data;

public class DownloadTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i >> 5))];

    [Fact]
    public void A_file_is_downloaded_once_checked_and_named_only_when_whole()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer { Files = { ["a.bin"] = Content } };
        KnownSet set = Set(server, "a.bin");

        string folder = KnownSets.Fetch(set, Options(scratch));
        KnownSets.Fetch(set, Options(scratch));

        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder, "a.bin")));
        Assert.Equal(["a.bin"], Directory.GetFiles(folder).Select(Path.GetFileName));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_broken_download_is_resumed_where_it_stopped()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer { Files = { ["a.bin"] = Content }, CutAfter = 120_000 };

        string folder = KnownSets.Fetch(Set(server, "a.bin"), Options(scratch));

        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder, "a.bin")));
        Assert.Equal(["GET a.bin from 0", "GET a.bin from 120000", "GET a.bin from 240000"], server.Requests);
    }

    [Fact]
    public void A_later_call_resumes_too()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer { Files = { ["a.bin"] = Content }, CutAfter = 60_000 };
        KnownSet set = Set(server, "a.bin");

        string message = Assert.Throws<DataException>(() => KnownSets.Fetch(set, Options(scratch))).Message;
        Assert.Contains("a.bin could not be downloaded", message);
        server.CutAfter = null;
        string folder = KnownSets.Fetch(set, Options(scratch));

        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder, "a.bin")));
        Assert.Equal("GET a.bin from 180000", server.Requests[^1]);
    }

    [Fact]
    public void A_server_that_cannot_resume_starts_again()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer { Files = { ["a.bin"] = Content }, Resumes = false };
        scratch.Write("set/a.bin.part", Content[..1000]);

        string folder = KnownSets.Fetch(Set(server, "a.bin"), Options(scratch));

        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder, "a.bin")));
    }

    [Fact]
    public void The_next_address_is_asked_when_one_fails()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer { Files = { ["second/a.bin"] = Content, ["wrong/a.bin"] = [.. Content[1..], 0] } };
        KnownSet set = Set(server, "first/a.bin", "wrong/a.bin", "second/a.bin");

        string folder = KnownSets.Fetch(set, Options(scratch));

        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder, "a.bin")));
    }

    [Fact]
    public void A_mirror_is_asked_first()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer { Files = { ["mirror/set/a.bin"] = Content } };
        KnownSet set = Set(server, "a.bin");

        KnownSets.Fetch(set, Options(scratch) with { Mirror = new Uri(server.Address, "mirror/") });

        Assert.Equal(["GET mirror/set/a.bin from 0"], server.Requests);
    }

    [Fact]
    public void A_wrong_checksum_is_told_and_nothing_is_kept()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer { Files = { ["a.bin"] = [.. Content[1..], 0] } };
        KnownSet set = Set(server, "a.bin");

        string message = Assert.Throws<DataException>(() => KnownSets.Fetch(set, Options(scratch))).Message;

        Assert.Contains("wrong checksum", message);
        Assert.Contains(set.Files[0].Sha256, message);
        Assert.Contains(Path.Combine(scratch.Folder, "set"), message); // where to put it by hand
        Assert.False(File.Exists(Path.Combine(scratch.Folder, "set", "a.bin")));
    }

    [Fact]
    public void More_bytes_than_published_are_not_taken()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer { Files = { ["a.bin"] = [.. Content, 1] } };

        Assert.Contains("more than the 300000 bytes", Assert.Throws<DataException>(() => KnownSets.Fetch(Set(server, "a.bin"), Options(scratch))).Message);
    }

    [Fact]
    public void A_file_with_a_wrong_checksum_in_the_folder_is_told_and_left_alone()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer();
        string path = scratch.Write("set/a.bin", [1, 2, 3]);

        string message = Assert.Throws<DataException>(() => KnownSets.Fetch(Set(server, "a.bin"), Options(scratch))).Message;

        Assert.StartsWith($"{path}: wrong checksum", message);
        Assert.True(File.Exists(path));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Without_leave_nothing_is_downloaded()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer { Files = { ["a.bin"] = Content } };

        string message = Assert.Throws<DataException>(() => KnownSets.Fetch(Set(server, "a.bin"), Options(scratch) with { AllowDownload = false })).Message;

        Assert.Contains(server.Address + "a.bin", message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Progress_counts_bytes_to_the_end()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer { Files = { ["a.bin"] = Content } };
        var seen = new List<Progress>();

        KnownSets.Fetch(Set(server, "a.bin"), Options(scratch) with { Progress = new Listener(seen) });

        Assert.Equal(new Progress("downloading a.bin", Content.Length, Content.Length), seen[^1]);
        Assert.Equal(seen.Select(progress => progress.Done).Order(), seen.Select(progress => progress.Done));
    }

    [Fact]
    public void Cancelling_stops_the_download_and_keeps_the_part()
    {
        using var scratch = new Scratch();
        using var server = new LocalServer { Files = { ["a.bin"] = Content } };
        using var cancel = new CancellationTokenSource();
        var options = Options(scratch) with { Cancellation = cancel.Token, Progress = new Listener([], _ => cancel.Cancel()) };

        Assert.ThrowsAny<OperationCanceledException>(() => KnownSets.Fetch(Set(server, "a.bin"), options));

        Assert.Equal(["a.bin.part"], Directory.GetFiles(Path.Combine(scratch.Folder, "set")).Select(Path.GetFileName));
    }

    private static KnownSet Set(LocalServer server, params string[] paths) => new("set", "a set", 1, "none",
        [new KnownFile("a.bin", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)), [.. paths.Select(path => new Uri(server.Address, path))])]);

    private static DataOptions Options(Scratch scratch) => new() { DataDirectory = scratch.Folder, Mirror = null };

    private sealed class Listener(List<Progress> seen, Action<Progress>? act = null) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            seen.Add(value);
            act?.Invoke(value);
        }
    }
}
