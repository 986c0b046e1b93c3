using System.Text;

namespace SeedHead.Report.Markup;

/// <summary>Writes markup that is both HTML and well-formed XML: every text and attribute escaped, every element closed.</summary>
internal sealed class Html
{
    private readonly StringBuilder text = new(1 << 16);
    private readonly Stack<string> open = new();
    private readonly Stack<(int Start, int End)> starts = new();
    private int ids;

    /// <summary>A name no other element of the page has; the same on every run.</summary>
    public string NextId() => $"c{++ids}";

    public Html Open(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        int start = text.Length;
        Start(tag, attributes);
        text.Append('>');
        open.Push(tag);
        starts.Push((start, text.Length));
        return this;
    }

    public Html Close()
    {
        string tag = open.Pop();
        starts.Pop();
        text.Append("</").Append(tag).Append('>');
        return Break(tag);
    }

    /// <summary>Closes the last element, or takes it back when nothing was written into it.</summary>
    public Html CloseOrDrop()
    {
        if (text.Length != starts.Peek().End)
        {
            return Close();
        }

        text.Length = starts.Pop().Start;
        open.Pop();
        return this;
    }

    /// <summary>An element without content: a void element of HTML, or any of SVG.</summary>
    public Html Leaf(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(tag, attributes);
        text.Append("/>");
        return this;
    }

    /// <summary>An element that holds a text only.</summary>
    public Html Element(string tag, string content, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        Open(tag, attributes).Text(content).Close();

    public Html Text(string content)
    {
        Escape(content, quotes: false);
        return this;
    }

    /// <summary>Our own style sheet, the one text that is not escaped: it holds neither &lt; nor &amp;.</summary>
    public Html StyleSheet(string css)
    {
        text.Append("<style>").Append(css).Append("</style>\n");
        return this;
    }

    public override string ToString() =>
        open.Count == 0 ? text.ToString() : throw new InvalidOperationException($"<{open.Peek()}> was not closed.");

    private void Start(string tag, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        text.Append('<').Append(tag);
        foreach ((string name, string value) in attributes)
        {
            text.Append(' ').Append(name).Append("=\"");
            Escape(value, quotes: true);
            text.Append('"');
        }
    }

    // Lines end where white space means nothing, so that two reports can be compared line by line.
    private Html Break(string tag)
    {
        if (tag is "section" or "article" or "figure" or "figcaption" or "header" or "footer" or "nav" or "main" or "p" or "h1" or "h2" or "h3" or "h4"
            or "tr" or "table" or "thead" or "tbody" or "dl" or "ul" or "li" or "div" or "svg" or "g" or "head" or "body" or "html" or "title" or "desc"
            or "details" or "summary" or "caption")
        {
            text.Append('\n');
        }

        return this;
    }

    private void Escape(string content, bool quotes)
    {
        for (int i = 0; i < content.Length; i++)
        {
            char c = content[i];
            switch (c)
            {
                case '<':
                    text.Append("&lt;");
                    break;
                case '>':
                    text.Append("&gt;");
                    break;
                case '&':
                    text.Append("&amp;");
                    break;
                case '"' when quotes:
                    text.Append("&quot;");
                    break;
                case '\n' or '\r' or '\t':
                    text.Append(' ');
                    break;
                case { } when char.IsHighSurrogate(c) && i + 1 < content.Length && char.IsLowSurrogate(content[i + 1]):
                    text.Append(c).Append(content[++i]);
                    break;
                case < ' ' or (>= '\x7f' and < '\xa0') or '\ufffe' or '\uffff':
                case { } when char.IsSurrogate(c):
                    text.Append('\ufffd'); // neither XML nor a reader can show it
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }
    }
}
