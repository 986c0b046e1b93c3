using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SeedHead.Report;
using SeedHead.Studies;

namespace SeedHead.Tests.Report;

/// <summary>Reads a report back as XML, which knows nothing of how it was written.</summary>
internal static partial class Pages
{
    public static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const string FirstLine = "<!DOCTYPE html>\n";

    public static XDocument Of(params FitAnswer[] answers) => Parse(FitReport.Html(answers));

    public static XDocument Parse(string page)
    {
        Assert.StartsWith(FirstLine, page, StringComparison.Ordinal);
        return XDocument.Parse(page[FirstLine.Length..], LoadOptions.PreserveWhitespace);
    }

    public static IEnumerable<string> Headings(XDocument page) => page.Descendants().Where(e => e.Name.LocalName is "h1" or "h2" or "h3").Select(e => e.Value);

    /// <summary>The card under a heading.</summary>
    public static XElement Card(XDocument page, string heading) =>
        page.Descendants(Html + "section").Single(section => section.Elements().First().Value == heading);

    /// <summary>The cells of every body row of the first table below an element.</summary>
    public static string[][] Rows(XElement element) =>
        [.. element.Descendants(Html + "tbody").First().Elements(Html + "tr").Select(row => row.Elements().Select(cell => cell.Value.Replace('\u00a0', ' ')).ToArray())];

    /// <summary>Every coordinate of a drawing lies within its view, give or take a stroke or a letter.</summary>
    public static void AssertInside(XElement svg)
    {
        double[] box = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
        foreach (XElement element in svg.Descendants())
        {
            Within(element, "x", box[2]);
            Within(element, "cx", box[2]);
            Within(element, "y", box[3]);
            Within(element, "cy", box[3]);
            foreach (string name in (string[])["width", "height", "r"])
            {
                Assert.True(element.Attribute(name) is not { } size || Number(size.Value) >= 0, $"{element}");
            }

            foreach (Match match in NumberPattern().Matches(element.Attribute("d")?.Value ?? ""))
            {
                Assert.InRange(Number(match.Value), -Math.Max(box[2], box[3]), Math.Max(box[2], box[3]) + 1);
            }
        }
    }

    /// <summary>No two labels of a horizontal axis touch, letters of the usual width assumed.</summary>
    public static void AssertLabelsApart(XElement svg)
    {
        var ticks = svg.Elements(Svg + "text").Where(e => e.Attribute("class")?.Value == "tick" && e.Attribute("text-anchor")?.Value == "middle" && e.Attribute("style") is null);
        foreach (var row in ticks.GroupBy(e => e.Attribute("y")!.Value))
        {
            XElement[] labels = [.. row.OrderBy(e => Number(e.Attribute("x")!.Value))];
            for (int i = 1; i < labels.Length; i++)
            {
                double apart = Number(labels[i].Attribute("x")!.Value) - Number(labels[i - 1].Attribute("x")!.Value);
                Assert.True(apart >= 6.5 * (labels[i].Value.Length + labels[i - 1].Value.Length) / 2, $"“{labels[i - 1].Value}” touches “{labels[i].Value}”");
            }
        }
    }

    private static void Within(XElement element, string name, double limit)
    {
        if (element.Attribute(name) is { } attribute)
        {
            Assert.InRange(Number(attribute.Value), -0.11, limit + 0.11);
        }
    }

    private static double Number(string text)
    {
        double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        Assert.True(double.IsFinite(value), text);
        return value;
    }

    [GeneratedRegex(@"-?[0-9.]+")]
    private static partial Regex NumberPattern();
}
