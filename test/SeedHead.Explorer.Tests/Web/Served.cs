using System.Net;
using System.Text.Json.Nodes;
using SeedHead.Explorer;

namespace SeedHead.Explorer.Tests.Web;

/// <summary>A server of its own port, and a client of it.</summary>
public sealed class Served : IAsyncLifetime
{
    private ExplorerServer? server;

    internal HttpClient Client { get; } = new() { Timeout = TimeSpan.FromMinutes(1) };

    internal Uri Address => server!.Address;

    public async Task InitializeAsync()
    {
        server = await ExplorerServer.Start(0, Environment.ProcessorCount);
        Client.BaseAddress = server.Address;
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await server!.DisposeAsync();
    }

    internal async Task<JsonObject> Json(string path) => JsonNode.Parse(await Client.GetStringAsync(path))!.AsObject();

    internal async Task<(HttpStatusCode Code, string Error)> Refused(HttpRequestMessage request)
    {
        using HttpResponseMessage answer = await Client.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!.GetValue<string>());
    }
}
