using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SeedHead.Explorer.Web;
using SeedHead.Explorer.Work;

namespace SeedHead.Explorer;

/// <summary>The explorer: a page of this machine for this machine, at 127.0.0.1 and nowhere else.</summary>
internal sealed class ExplorerServer : IAsyncDisposable
{
    /// <summary>The port where none is given, so that kept links go on working.</summary>
    public const int UsualPort = 4242;

    private const int MostConnections = 200;
    private const int LongestRequestLine = 2048, LongestHeaders = 16384;

    private readonly WebApplication app;
    private readonly Workbench bench;

    private ExplorerServer(WebApplication app, Workbench bench)
    {
        (this.app, this.bench) = (app, bench);
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where the page is.</summary>
    public Uri Address { get; }

    /// <summary>Starts to serve.</summary>
    /// <param name="port">0 for any free one.</param>
    /// <param name="threads">Threads of a computation.</param>
    /// <exception cref="ArgumentException">The port is in use, or not for this user.</exception>
    public static async Task<ExplorerServer> Start(int port, int threads)
    {
        var bench = new Workbench(threads);
        WebApplication app = Build(port, bench);
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            bench.Dispose();
            string why = (e as SocketException)?.SocketErrorCode == SocketError.AccessDenied ? "is not for this user" : "is in use";
            throw new ArgumentException($"Port {port} of 127.0.0.1 {why}. Give another one with --port, or --port 0 for any that is free.", e);
        }

        _ = Task.Run(() => bench.Prepare(NetworkState.Usual, ExplorerRoutes.Side)); // so that the first picture is there when the page asks
        return new(app, bench);
    }

    /// <summary>Stops: requests that are being answered are cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync().ConfigureAwait(false);
        await app.StopAsync(atOnce.Token).ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
        bench.Dispose();
    }

    private static WebApplication Build(int port, Workbench bench)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Limits.MaxRequestHeadersTotalSize = LongestHeaders;
        });
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        WebApplication app = builder.Build();
        app.Use(Guard.Answer);
        var routes = new Dictionary<string, RequestDelegate>(StringComparer.Ordinal);
        PageFiles.Add(routes);
        ExplorerRoutes.Add(routes, bench);
        app.Run(context => Answer(context, routes));
        return app;
    }

    /// <summary>A table of paths is all the routing that a score of fixed addresses needs, and is there at once.</summary>
    private static Task Answer(HttpContext context, Dictionary<string, RequestDelegate> routes)
    {
        bool isKnown = routes.TryGetValue(context.Request.Path.Value ?? "", out RequestDelegate? answer);
        if (isKnown && HttpMethods.IsGet(context.Request.Method))
        {
            return answer!(context);
        }

        context.Response.StatusCode = isKnown ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>The command decides when to stop: nothing here listens for Ctrl-C.</summary>
    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
