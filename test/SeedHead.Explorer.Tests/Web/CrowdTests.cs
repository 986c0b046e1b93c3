using System.Net;
using System.Text.Json.Nodes;

namespace SeedHead.Explorer.Tests.Web;

/// <summary>Many clients at once, and clients that leave.</summary>
public class CrowdTests(Served served) : IClassFixture<Served>
{
    [Fact]
    public async Task Forty_clients_at_once_get_what_each_would_get_alone()
    {
        string[] paths = [.. Enumerable.Range(0, 40).Select(seed => $"/api/picture?side=64&seed={seed}")];
        byte[][] together = await Task.WhenAll(paths.Select(path => served.Client.GetByteArrayAsync(path)));
        await using var other = new Quiet();
        await other.Inner.InitializeAsync();
        for (int i = 0; i < paths.Length; i += 13)
        {
            Assert.Equal(await other.Inner.Client.GetByteArrayAsync(paths[i]), together[i]);
        }
    }

    [Fact]
    public async Task Of_two_hundred_clients_each_is_answered_or_told_to_ask_again()
    {
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 180).Select(seed => served.Client.GetAsync($"/api/picture?seed={seed}")));
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, answer.StatusCode.ToString()));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        HttpResponseMessage? busy = answers.FirstOrDefault(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(busy); // 64 may wait
        Assert.Contains("Ask again", JsonNode.Parse(await busy.Content.ReadAsStringAsync())!["error"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await served.Client.GetAsync("/api/picture?seed=999")).StatusCode);
    }

    [Fact]
    public async Task Work_for_a_client_that_has_left_is_given_up()
    {
        const string map = "/api/map?width=256&gating=1&activation=gaussian&seed=1"; // the best part of a minute
        using (var leaving = new CancellationTokenSource())
        {
            using HttpResponseMessage begun = await served.Client.GetAsync(map, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
            await leaving.CancelAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using HttpResponseMessage next = await served.Client.GetAsync("/api/map?width=2&seed=2", limit.Token); // waits behind the first in the queue of maps
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    private sealed class Quiet : IAsyncDisposable
    {
        public Served Inner { get; } = new();

        public async ValueTask DisposeAsync() => await Inner.DisposeAsync();
    }
}
