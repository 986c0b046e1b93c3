using System.Globalization;
using SeedHead.Report.Markup;

namespace SeedHead.Report;

/// <summary>One cell: a text, right-aligned when a number, with a bar behind it when it is a share.</summary>
internal readonly record struct Cell(string Text, bool IsNumber = true, double? Bar = null, string? Link = null)
{
    public static implicit operator Cell(string text) => new(text);

    /// <summary>A left-aligned text.</summary>
    public static Cell Words(string text) => new(text, IsNumber: false);

    /// <summary>A share in percent with a bar of that length.</summary>
    public static Cell Share(double? share, int decimals = 1) => new(Markup.Words.Percent(share, decimals), Bar: share);
}

/// <summary>A table with a heading row; the first column names the row.</summary>
internal static class Table
{
    public static void Write(Page page, string caption, IReadOnlyList<Cell> heads, IEnumerable<IReadOnlyList<Cell>> rows, string? total = null)
    {
        page.Scroll(caption, () =>
        {
            Html html = page.Html;
            html.Open("table").Element("caption", caption).Open("thead").Open("tr");
            foreach (Cell head in heads)
            {
                html.Element("th", head.Text, ("scope", "col"), ("class", head.IsNumber ? "n" : "t"));
            }

            html.Close().Close().Open("tbody");
            foreach (IReadOnlyList<Cell> row in rows)
            {
                Row(html, row, row[0].Text == total);
            }

            html.Close().Close();
        });
    }

    private static void Row(Html html, IReadOnlyList<Cell> row, bool isTotal)
    {
        if (isTotal)
        {
            html.Open("tr", ("class", "total"));
        }
        else
        {
            html.Open("tr");
        }

        for (int i = 0; i < row.Count; i++)
        {
            Write(html, row[i], i == 0);
        }

        html.Close();
    }

    private static void Write(Html html, Cell cell, bool isHead)
    {
        string kind = cell.IsNumber ? "n" : "t";
        if (isHead)
        {
            html.Open("th", ("scope", "row"), ("class", kind));
        }
        else if (cell.Bar is { } share && double.IsFinite(share))
        {
            string part = Math.Clamp(share, 0, 1).ToString("0.###", CultureInfo.InvariantCulture);
            html.Open("td", ("class", $"{kind} bar"), ("style", $"--v:{part}"));
        }
        else
        {
            html.Open("td", ("class", kind));
        }

        if (cell.Link is null)
        {
            html.Text(cell.Text);
        }
        else
        {
            html.Element("a", cell.Text, ("href", cell.Link));
        }

        html.Close();
    }
}
