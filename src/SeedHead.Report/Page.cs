using SeedHead.Report.Markup;

namespace SeedHead.Report;

/// <summary>What sections write on: cards with a heading, paragraphs, tables and figures.</summary>
internal sealed class Page(Html html, int level)
{
    public Html Html { get; } = html;

    /// <summary>Cards beside each other where there is room, below each other where not; nothing at all when none of them has anything to show.</summary>
    public void Row(params ReadOnlySpan<Action> cards)
    {
        Html.Open("div", ("class", "cards"));
        foreach (Action card in cards)
        {
            card();
        }

        Html.CloseOrDrop();
    }

    /// <summary>Cards below each other in one place of a row.</summary>
    public void Stack(params ReadOnlySpan<Action> cards)
    {
        Html.Open("div", ("class", "stack"));
        foreach (Action card in cards)
        {
            card();
        }

        Html.CloseOrDrop();
    }

    /// <summary>One card of the page, under its heading.</summary>
    public void Card(string title, Action body)
    {
        Html.Open("section", ("class", "card"));
        Heading(title);
        body();
        Html.Close();
    }

    public void Heading(string title) => Html.Element($"h{level}", title);

    public void Paragraph(string text, string style = "")
    {
        if (style.Length == 0)
        {
            Html.Element("p", text);
        }
        else
        {
            Html.Element("p", text, ("class", style));
        }
    }

    /// <summary>A box that scrolls sideways on a narrow screen, reachable by keyboard.</summary>
    public void Scroll(string label, Action body)
    {
        Html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", label));
        body();
        Html.Close();
    }

    /// <summary>A table behind a line one opens; left out in print.</summary>
    public void Details(string summary, Action body)
    {
        Html.Open("details").Element("summary", summary);
        body();
        Html.Close();
    }
}
