using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SeedHead.Explorer.Work;

namespace SeedHead.Explorer.Web;

/// <summary>Stands before every answer: who may ask, what a browser may do with the answer, and how a refusal reads.</summary>
internal static class Guard
{
    private static readonly string[] Hosts = ["127.0.0.1", "localhost"];

    /// <summary>Answers a request, or says in one JSON sentence why not.</summary>
    public static async Task Answer(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers);
        try
        {
            RequireOwnPage(context.Request);
            await next(context).ConfigureAwait(false);
            if (context.Response is { HasStarted: false, StatusCode: >= 400 and var code, ContentLength: null })
            {
                await Refuse(context, code, code == 405 ? "Only GET is answered here." : $"There is nothing at {context.Request.Path.Value}.").ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = 499; // whoever asked has left; nobody reads this
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            (int code, string sentence) = e switch
            {
                RefusedException or BadHttpRequestException => (400, e.Message),
                FormatException or ArgumentException => (400, e.Message.Split(" (Parameter", 2)[0]),
                BusyException => (503, e.Message),
                _ => (500, $"A fault of SeedHead itself: {e.GetType().Name}: {e.Message}"),
            };
            await Refuse(context, code, sentence).ConfigureAwait(false);
        }
    }

    /// <summary>The policy of the page: its own scripts, styles and answers, and one inline import map by its hash.</summary>
    public static string Policy(string importMapHash) =>
        $"default-src 'none'; script-src 'self' 'sha256-{importMapHash}'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>
    /// A name in the Host header that is not this machine's is a page elsewhere that has turned its own name to 127.0.0.1; a cross-site request for an answer
    /// is a page elsewhere that wants this machine to work.
    /// </summary>
    private static void RequireOwnPage(HttpRequest request)
    {
        if (!Hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            throw new RefusedException("This is served as 127.0.0.1 or localhost only.");
        }

        if (request.Path.StartsWithSegments("/api") && request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
        {
            throw new RefusedException("Answers are for the explorer's own page.");
        }
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "no-referrer";
    }

    private static Task Refuse(HttpContext context, int code, string sentence)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($"{{\"error\":\"{JsonEncodedText.Encode(sentence, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"}}\n", context.RequestAborted);
    }
}
