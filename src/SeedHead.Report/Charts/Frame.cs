using System.Text;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Charts;

/// <summary>One axis: its scale and, with the unit, its title.</summary>
internal readonly record struct Axis(Scale Scale, string Title);

/// <summary>A drawing with two labelled axes, a light grid and keys above; series are drawn onto it.</summary>
/// <remarks>The vertical axis has its title on top, where it can be read without turning the head.</remarks>
internal sealed class Frame
{
    /// <summary>Width of every chart: narrow enough that its 12-unit letters stay readable on a phone.</summary>
    public const double Width = 400;

    private const double TitleHeight = 18, TickHeight = 18, AxisTitleHeight = 18;
    private readonly Svg svg;
    private readonly Axis x;
    private readonly Axis y;

    private Frame(Svg svg, Axis x, Axis y, double left, double top, double right, double bottom)
    {
        (this.svg, this.x, this.y) = (svg, x, y);
        (Left, Top, Right, Bottom) = (left, top, right, bottom);
    }

    public double Left { get; }

    public double Top { get; }

    public double Right { get; }

    public double Bottom { get; }

    /// <summary>Opens a drawing and its axes.</summary>
    public static Frame Open(
        Html html, string title, string description, Axis x, Axis y, IReadOnlyList<Key> keys, double plotHeight = 200, double leastLeft = 28)
    {
        double left = Math.Max(leastLeft, 8 + y.Scale.Ticks.Max(tick => TextWidth(tick.Label)));
        double right = Width - Math.Max(8, TextWidth(x.Scale.Ticks[^1].Label) / 2);
        double top = TitleHeight + Legend.Height(keys, Width) + 8;
        var svg = new Svg(html, Width, top + plotHeight + TickHeight + AxisTitleHeight + 4, title, description);
        svg.Text(0, 12, y.Title, style: "axis-title");
        Legend.Draw(svg, keys, 0, TitleHeight, Width);
        var frame = new Frame(svg, x, y, left, top, right, top + plotHeight);
        frame.DrawAxes();
        return frame;
    }

    /// <summary>About how wide a text of the usual size is, in units.</summary>
    public static double TextWidth(string text) => 7 * text.Length;

    public double X(double value) => Left + (x.Scale.Share(value) * (Right - Left));

    public double Y(double value) => Bottom - (y.Scale.Share(value) * (Bottom - Top));

    public void Close() => svg.Close();

    /// <summary>Straight lines from point to point; not finite ones are left out.</summary>
    public Frame Line(IEnumerable<(double X, double Y)> points, string style)
    {
        var data = new StringBuilder();
        foreach ((double px, double py) in Finite(points))
        {
            data.Append(data.Length == 0 ? 'M' : 'L').Append(Svg.At(X(px))).Append(' ').Append(Svg.At(Y(py)));
        }

        if (data.Length > 0)
        {
            svg.Path(data.ToString(), $"line {style}");
        }

        return this;
    }

    public Frame Dot(double px, double py, string style, string tooltip, double radius = 3.5)
    {
        if (double.IsFinite(px) && double.IsFinite(py))
        {
            svg.Circle(X(px), Y(py), radius, style, tooltip);
        }

        return this;
    }

    /// <summary>Many points as one path of round strokes: a tenth of the characters of circles.</summary>
    public Frame Cloud(IEnumerable<(double X, double Y)> points, string style)
    {
        var data = new StringBuilder();
        foreach ((double px, double py) in Finite(points))
        {
            data.Append('M').Append(Svg.At(X(px))).Append(' ').Append(Svg.At(Y(py))).Append("h0");
        }

        if (data.Length > 0)
        {
            svg.Path(data.ToString(), $"cloud {style}");
        }

        return this;
    }

    /// <summary>Vertical bars from low to high, with or without caps, as one path.</summary>
    public Frame Bars(IEnumerable<(double X, double Low, double High)> bars, string style, double cap = 3)
    {
        var data = new StringBuilder();
        foreach ((double px, double low, double high) in bars)
        {
            if (!double.IsFinite(px) || !double.IsFinite(low) || !double.IsFinite(high))
            {
                continue;
            }

            double at = X(px);
            data.Append('M').Append(Svg.At(at)).Append(' ').Append(Svg.At(Y(low))).Append('V').Append(Svg.At(Y(high)));
            foreach (double end in cap > 0 ? [low, high] : Array.Empty<double>())
            {
                data.Append('M').Append(Svg.At(at - cap)).Append(' ').Append(Svg.At(Y(end))).Append('h').Append(Svg.At(2 * cap));
            }
        }

        if (data.Length > 0)
        {
            svg.Path(data.ToString(), $"error {style}");
        }

        return this;
    }

    /// <summary>The area between low and high, from point to point.</summary>
    public Frame Band(IEnumerable<(double X, double Low, double High)> points, string style)
    {
        (double X, double Low, double High)[] all = [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Low) && double.IsFinite(point.High))];
        if (all.Length > 1)
        {
            var corners = all.Select(point => (point.X, Y: point.High)).Concat(all.Reverse().Select(point => (point.X, Y: point.Low)));
            svg.Path($"M{string.Join('L', corners.Select(corner => $"{Svg.At(X(corner.X))} {Svg.At(Y(corner.Y))}"))}Z", $"band {style}");
        }

        return this;
    }

    /// <summary>A column from the axis up.</summary>
    public Frame Column(double from, double to, double height, string style, string tooltip)
    {
        double left = X(from), right = X(to);
        double gap = right - left > 6 ? 0.5 : 0;
        svg.Rect(left + gap, Y(height), Math.Max(0.2, right - left - (2 * gap)), Bottom - Y(height), style, tooltip: tooltip);
        return this;
    }

    /// <summary>A text whose middle is a little above a point.</summary>
    public Frame Above(double px, double py, string content, double size, string style = "tick")
    {
        svg.Text(X(px), Y(py) - 3, content, "middle", style, size);
        return this;
    }

    /// <summary>A text beside a point, on the side where there is more room.</summary>
    public Frame Beside(double px, double py, string content, double size)
    {
        bool isRight = X(px) > (Left + Right) / 2;
        svg.Text(X(px) + (isRight ? -6 : 6), Y(py) + 4, content, isRight ? "end" : "start", "tick", size);
        return this;
    }

    /// <summary>A line over the whole height.</summary>
    public Frame Marker(double px, string style)
    {
        svg.Line(X(px), Top, X(px), Bottom, style);
        return this;
    }

    private static IEnumerable<(double X, double Y)> Finite(IEnumerable<(double X, double Y)> points) =>
        points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y));

    private void DrawAxes()
    {
        foreach (Tick tick in y.Scale.Ticks)
        {
            svg.Line(Left, Y(tick.Value), Right, Y(tick.Value), "grid");
            svg.Text(Left - 6, Y(tick.Value) + 4, tick.Label, "end", "tick");
        }

        svg.Line(Left, Bottom, Right, Bottom, "axis");
        double free = double.NegativeInfinity; // labels that would touch the one before are left out, their strokes stay
        foreach (Tick tick in x.Scale.Ticks)
        {
            double at = X(tick.Value), half = TextWidth(tick.Label) / 2;
            svg.Line(at, Bottom, at, Bottom + 4, "axis");
            if (at - half >= free)
            {
                svg.Text(at, Bottom + 16, tick.Label, "middle", "tick");
                free = at + half + 4;
            }
        }

        svg.Text((Left + Right) / 2, Bottom + TickHeight + 15, x.Title, "middle", "axis-title");
    }
}
