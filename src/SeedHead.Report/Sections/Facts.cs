using SeedHead.Report.Markup;

namespace SeedHead.Report.Sections;

/// <summary>Names and values in two columns; those without a value are left out.</summary>
internal static class Facts
{
    public static void Write(Page page, IEnumerable<(string Name, string? Value)> facts)
    {
        Html html = page.Html;
        html.Open("dl", ("class", "facts"));
        foreach ((string name, string? value) in facts)
        {
            if (!string.IsNullOrEmpty(value))
            {
                html.Open("div").Element("dt", name).Element("dd", value).Close();
            }
        }

        html.Close();
    }
}
