using System.Reflection;
using Microsoft.Playwright;
using SeedHead.Explorer;

namespace SeedHead.Explorer.Tests.Browser;

/// <summary>One Chromium and one server for all tests of the page.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private ExplorerServer? server;
    private IPlaywright? playwright;
    private IBrowser? browser;

    internal string Address => server!.Address.ToString();

    public async Task InitializeAsync()
    {
        server = await ExplorerServer.Start(0, Environment.ProcessorCount);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Chromium").Value,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        await browser!.DisposeAsync();
        playwright!.Dispose();
        await server!.DisposeAsync();
    }

    internal async Task<Visit> Open(string state = "", BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await browser!.NewContextAsync(options ?? new());
        var visit = new Visit(context, await context.NewPageAsync());
        await visit.Page.GotoAsync(Address + state);
        return visit;
    }
}

[CollectionDefinition(Name)]
public sealed class ChromiumTests : ICollectionFixture<Chromium>
{
    public const string Name = "Chromium";
}

/// <summary>A page in a fresh profile, with everything it said and asked for.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;

    public Visit(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) => Said.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Said.Add(error);
        page.Request += (_, request) => Asked.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>What the console shows: nothing, in a page that is well.</summary>
    public List<string> Said { get; } = [];

    public List<string> Asked { get; } = [];

    public ILocator Picture => Page.Locator("#picture");

    public ILocator Slider(string name) => Page.GetByRole(AriaRole.Slider, new() { Name = name });

    /// <summary>Waits until the picture is that of a state (the part of the address that names the network).</summary>
    public Task Shows(string query) => Assertions.Expect(Picture).ToHaveAttributeAsync("data-shows", query, new() { Timeout = 20_000 });

    public Task MapShows(string query) => Assertions.Expect(Page.Locator("#grid")).ToHaveAttributeAsync("data-shows", query, new() { Timeout = 60_000 });

    /// <summary>The pixels of the picture shown.</summary>
    public Task<string> PictureBytes() => Page.EvaluateAsync<string>(
        """
        () => {
          const canvas = document.createElement("canvas"), picture = document.getElementById("picture");
          [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
          canvas.getContext("2d").drawImage(picture, 0, 0);
          return canvas.toDataURL();
        }
        """);

    public Task<string> Value(string measure) => Page.Locator("#measures tr", new() { HasText = measure }).Locator("td").InnerTextAsync();

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
