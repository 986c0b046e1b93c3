using SeedHead.Report.Markup;

namespace SeedHead.Report.Charts;

/// <summary>How a series is drawn, and so how its key looks.</summary>
internal enum Mark
{
    Line,
    Dash,
    Dot,
    Ring,
    Bar,
}

/// <summary>One series' key.</summary>
internal readonly record struct Key(string Label, Mark Mark, string Style);

/// <summary>The keys of a chart in rows above its plot.</summary>
internal static class Legend
{
    private const double RowHeight = 18;

    /// <summary>Height the keys take at a width.</summary>
    public static double Height(IReadOnlyList<Key> keys, double width) => keys.Count == 0 ? 0 : RowHeight * (1 + Places(keys, width)[^1].Row);

    public static void Draw(Svg svg, IReadOnlyList<Key> keys, double left, double top, double width)
    {
        (double X, int Row)[] places = Places(keys, width);
        for (int i = 0; i < keys.Count; i++)
        {
            double x = left + places[i].X, y = top + (RowHeight * places[i].Row) + 9;
            Sample(svg, keys[i], x, y);
            svg.Text(x + 24, y + 4, keys[i].Label);
        }
    }

    private static void Sample(Svg svg, Key key, double x, double y)
    {
        switch (key.Mark)
        {
            case Mark.Line:
                svg.Line(x, y, x + 18, y, $"line {key.Style}").Circle(x + 9, y, 3, $"dot {key.Style}");
                break;
            case Mark.Dash:
                svg.Line(x, y, x + 18, y, $"line dash {key.Style}");
                break;
            case Mark.Dot:
                svg.Circle(x + 9, y, 3.5, $"dot {key.Style}");
                break;
            case Mark.Ring:
                svg.Circle(x + 9, y, 5, $"ring {key.Style}");
                break;
            default:
                svg.Rect(x + 3, y - 5, 12, 10, $"fill {key.Style}");
                break;
        }
    }

    private static (double X, int Row)[] Places(IReadOnlyList<Key> keys, double width)
    {
        var places = new (double, int)[keys.Count];
        double x = 0;
        int row = 0;
        for (int i = 0; i < keys.Count; i++)
        {
            double needed = 24 + Frame.TextWidth(keys[i].Label);
            if (x > 0 && x + needed > width)
            {
                (x, row) = (0, row + 1);
            }

            places[i] = (x, row);
            x += needed + 16;
        }

        return places;
    }
}
