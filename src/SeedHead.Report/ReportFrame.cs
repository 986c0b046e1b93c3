using SeedHead.Report.Markup;

namespace SeedHead.Report;

/// <summary>What every page has: its head, its heading, its foot.</summary>
internal static class ReportFrame
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>A whole page.</summary>
    /// <param name="title">Its name in a list of tabs.</param>
    /// <param name="heading">Its heading.</param>
    /// <param name="subtitle">A line below; empty: none.</param>
    /// <param name="version">The version that found what it shows.</param>
    /// <param name="main">Writes the content.</param>
    public static string Html(string title, string heading, string subtitle, string version, Action<Html> main)
    {
        var html = new Html();
        html.Open("html", ("xmlns", "http://www.w3.org/1999/xhtml"), ("lang", "en"));
        Head(html, title);
        html.Open("body");
        Header(html, heading, subtitle);
        html.Open("main");
        main(html);
        html.Close();
        html.Open("footer").Element("p", $"Made by SeedHead {version}. One file, no script, nothing loaded.").Close();
        html.Close().Close();
        return "<!DOCTYPE html>\n" + html;
    }

    private static void Head(Html html, string title)
    {
        html.Open("head").Leaf("meta", ("charset", "utf-8"));
        html.Leaf("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
        html.Leaf("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Leaf("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Element("title", $"{title} · SeedHead report").StyleSheet(ReportStyle.Css).Close();
    }

    private static void Header(Html html, string heading, string subtitle)
    {
        html.Open("header").Element("p", "SeedHead report", ("class", "brand")).Element("h1", heading);
        if (subtitle.Length > 0)
        {
            html.Element("p", subtitle, ("class", "subtitle"));
        }

        html.Close();
    }
}
