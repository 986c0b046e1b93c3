using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SeedHead.Explorer.Work;
using SeedHead.Networks;
using SeedHead.Report.Markup;

namespace SeedHead.Explorer.Web;

/// <summary>The page and what it needs, from inside the assembly.</summary>
internal static class PageFiles
{
    private const string ImportMapStart = "<script type=\"importmap\">";

    private static readonly (string Ending, string Type)[] Types =
        [(".js", "text/javascript; charset=utf-8"), (".css", "text/css; charset=utf-8"), (".svg", "image/svg+xml"), (".LICENSE", "text/plain; charset=utf-8")];

    /// <summary>Adds the page as "/" and every other file under its name.</summary>
    public static void Add(Dictionary<string, RequestDelegate> routes)
    {
        byte[] page = Encoding.UTF8.GetBytes(Filled(Encoding.UTF8.GetString(Bytes("index.html"))));
        string policy = Guard.Policy(ImportMapHash(page));
        routes.Add("/", context =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            return Write(context, page, "text/html; charset=utf-8");
        });
        byte[] colours = Encoding.UTF8.GetBytes(ColourScale.Css("", "background-color") + "\n");
        routes.Add("/colours.css", context => Write(context, colours, "text/css; charset=utf-8"));
        foreach (string name in typeof(PageFiles).Assembly.GetManifestResourceNames())
        {
            if (Types.FirstOrDefault(type => name.EndsWith(type.Ending, StringComparison.Ordinal)).Type is { } type)
            {
                routes.Add("/" + name, context => Write(context, Bytes(name), type));
            }
        }
    }

    private static byte[] Bytes(string name)
    {
        using Stream stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The page with the words that the library knows in its lists.</summary>
    private static string Filled(string page) => page
        .Replace("<!--activations-->", Options(NetworkState.Activations, NetworkState.Usual.Activation), StringComparison.Ordinal)
        .Replace("<!--priors-->", Options(WeightPrior.Names, NetworkState.Usual.Prior), StringComparison.Ordinal)
        .Replace("<!--measures-->", Options(Functions.MeasureNames, "dct"), StringComparison.Ordinal);

    private static string Options(IEnumerable<string> words, string usual) =>
        string.Concat(words.Select(word => $"<option{(word == usual ? " selected" : "")}>{WebUtility.HtmlEncode(word)}</option>"));

    /// <summary>What a content security policy calls the inline import map.</summary>
    private static string ImportMapHash(byte[] page)
    {
        string text = Encoding.UTF8.GetString(page);
        int start = text.IndexOf(ImportMapStart, StringComparison.Ordinal) + ImportMapStart.Length;
        int end = text.IndexOf("</script>", start, StringComparison.Ordinal);
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text[start..end])));
    }

    private static Task Write(HttpContext context, byte[] bytes, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
