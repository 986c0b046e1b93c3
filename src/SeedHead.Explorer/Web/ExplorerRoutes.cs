using Microsoft.AspNetCore.Http;
using SeedHead.Explorer.Work;

namespace SeedHead.Explorer.Web;

/// <summary>What the page asks for. Every answer is a function of its address.</summary>
internal static class ExplorerRoutes
{
    /// <summary>Pixels a side of the picture where nothing is said.</summary>
    public const int Side = 256;

    private const int LeastSide = 16;

    public static void Add(Dictionary<string, RequestDelegate> routes, Workbench bench)
    {
        routes.Add("/api/picture", context => Picture(context, bench));
        routes.Add("/api/measures", context => Measures(context, bench));
        routes.Add("/api/map", context => Neighbours(context, bench));
        routes.Add("/api/map/sheet", context => Sheet(context, bench));
        routes.Add("/api/limits", context => Limits(context, bench));
    }

    private static async Task Picture(HttpContext context, Workbench bench)
    {
        Asked asked = Of(context);
        NetworkState state = NetworkState.Read(asked);
        int side = asked.Whole("side", LeastSide, Side, Side);
        asked.RequireNoMore();
        await Write(context, await bench.Picture(state, side, context.RequestAborted).ConfigureAwait(false), "image/png").ConfigureAwait(false);
    }

    private static async Task Measures(HttpContext context, Workbench bench)
    {
        Asked asked = Of(context);
        NetworkState state = NetworkState.Read(asked);
        asked.RequireNoMore();
        FunctionFacts facts = await bench.Facts(state, context.RequestAborted).ConfigureAwait(false);
        await Write(context, AnswerText.Facts(state, facts), "application/json").ConfigureAwait(false);
    }

    /// <summary>One line of JSON for the axes, then one for every place as it is done.</summary>
    private static async Task Neighbours(HttpContext context, Workbench bench)
    {
        (NetworkState state, string measure) = ReadMap(context);
        context.Response.ContentType = "application/x-ndjson";
        await context.Response.Body.WriteAsync(AnswerText.Axes(), context.RequestAborted).ConfigureAwait(false);
        await foreach (Neighbour one in bench.Neighbours(state, measure, context.RequestAborted).ConfigureAwait(false))
        {
            await context.Response.Body.WriteAsync(AnswerText.Place(one), context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static async Task Sheet(HttpContext context, Workbench bench)
    {
        (NetworkState state, string measure) = ReadMap(context);
        await Write(context, await bench.Sheet(state, measure, context.RequestAborted).ConfigureAwait(false), "image/png").ConfigureAwait(false);
    }

    private static async Task Limits(HttpContext context, Workbench bench)
    {
        Asked asked = Of(context);
        LimitsState state = LimitsState.Read(asked);
        asked.RequireNoMore();
        await Write(context, AnswerText.Limits(state, await bench.Limits(state, context.RequestAborted).ConfigureAwait(false)), "application/json").ConfigureAwait(false);
    }

    private static (NetworkState State, string Measure) ReadMap(HttpContext context)
    {
        Asked asked = Of(context);
        NetworkState state = NetworkState.Read(asked);
        string measure = asked.OneOf("measure", Functions.MeasureNames, "dct");
        asked.RequireNoMore();
        return (state, measure);
    }

    private static Asked Of(HttpContext context) => new(context.Request.Query.Select(one => KeyValuePair.Create(one.Key, one.Value.ToArray())));

    private static Task Write(HttpContext context, byte[] bytes, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
