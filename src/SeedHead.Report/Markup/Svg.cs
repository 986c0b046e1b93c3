using System.Globalization;

namespace SeedHead.Report.Markup;

/// <summary>One drawing in user units of about a pixel, y downwards.</summary>
/// <remarks>Colours come from classes of the style sheet, so that it follows light, dark and print.</remarks>
internal sealed class Svg
{
    private readonly Html html;

    /// <summary>Opens a drawing that a screen reader announces by its title and description.</summary>
    public Svg(Html html, double width, double height, string title, string description, string kind = "")
    {
        this.html = html;
        (Width, Height) = (width, height);
        string id = html.NextId();
        html.Open(
            "svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", kind.Length == 0 ? "plot" : $"plot {kind}"),
            ("viewBox", $"0 0 {At(width)} {At(height)}"), ("width", At(width)), ("height", At(height)), ("role", "img"), ("aria-labelledby", $"{id}t {id}d"));
        html.Element("title", title, ("id", $"{id}t"));
        html.Element("desc", description, ("id", $"{id}d"));
    }

    public double Width { get; }

    public double Height { get; }

    public Svg Line(double x1, double y1, double x2, double y2, string style)
    {
        html.Leaf("path", ("class", style), ("d", $"M{At(x1)} {At(y1)}L{At(x2)} {At(y2)}"));
        return this;
    }

    public Svg Path(string data, string style, string? tooltip = null) => Shape("path", tooltip, ("class", style), ("d", data));

    public Svg Circle(double x, double y, double radius, string style, string? tooltip = null) =>
        Shape("circle", tooltip, ("class", style), ("cx", At(x)), ("cy", At(y)), ("r", At(radius)));

    public Svg Rect(double x, double y, double width, double height, string style, double opacity = 1, string? tooltip = null) =>
        opacity >= 1
            ? Shape("rect", tooltip, ("class", style), ("x", At(x)), ("y", At(y)), ("width", At(width)), ("height", At(height)))
            : Shape(
                "rect", tooltip, ("class", style), ("x", At(x)), ("y", At(y)), ("width", At(width)), ("height", At(height)),
                ("fill-opacity", opacity.ToString("0.##", CultureInfo.InvariantCulture)));

    /// <summary>A text at (x, y), anchored at its start, middle or end; size 0 is the style sheet's; turned so many degrees clockwise about (x, y).</summary>
    public Svg Text(double x, double y, string content, string anchor = "start", string style = "", double size = 0, double turn = 0)
    {
        var attributes = new List<(string, string)>(6) { ("x", At(x)), ("y", At(y)) };
        Add(attributes, anchor != "start", "text-anchor", anchor);
        Add(attributes, style.Length > 0, "class", style);
        Add(attributes, size > 0, "style", $"font-size:{At(size)}px");
        Add(attributes, turn != 0, "transform", $"rotate({At(turn)} {At(x)} {At(y)})");
        html.Element("text", content, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(attributes));
        return this;
    }

    public void Close() => html.Close();

    /// <summary>A coordinate, to a tenth of a unit: fine enough for the eye, coarse enough to be the same on every machine.</summary>
    public static string At(double value)
    {
        double rounded = Math.Round(value, 1);
        return (rounded == 0 ? 0 : rounded).ToString("0.#", CultureInfo.InvariantCulture); // no "-0"
    }

    private static void Add(List<(string, string)> attributes, bool wanted, string name, string value)
    {
        if (wanted)
        {
            attributes.Add((name, value));
        }
    }

    private Svg Shape(string tag, string? tooltip, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        if (tooltip is null)
        {
            html.Leaf(tag, attributes);
        }
        else
        {
            html.Open(tag, attributes).Open("title").Text(tooltip).Close().Close();
        }

        return this;
    }
}
