using System.Globalization;
using SeedHead.Data;
using SeedHead.Report.Answers;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Sections;

/// <summary>What the model was surest of and wrong about: pictures where the data are images, else a table.</summary>
internal static class MistakesSection
{
    /// <summary>Pictures are enlarged by whole factors up to about this many pixels a side.</summary>
    private const int Side = 96;

    public static void Write(Page page, Verdict verdict)
    {
        IReadOnlyList<Mistake> mistakes = verdict.Answer.Mistakes;
        if (mistakes.Count == 0)
        {
            return;
        }

        page.Card("Most confident mistakes", () =>
        {
            if (mistakes.Any(IsPicture))
            {
                int brighter = Brightening(mistakes);
                page.Html.Open("div", ("class", "pictures"));
                foreach (Mistake mistake in mistakes)
                {
                    Picture(page.Html, mistake, brighter);
                }

                page.Html.Close();
                string shown = brighter > 1 ? $" Shown {brighter} times brighter." : "";
                page.Paragraph($"Test rows, surest first: the true class, what it was taken for, the calibrated probability.{shown}", "note");
            }
            else
            {
                Table.Write(
                    page, "Test rows, surest first", ["Row", Cell.Words("True class"), Cell.Words("Taken for"), "Confidence"],
                    mistakes.Select(m => (IReadOnlyList<Cell>)
                        [Words.Count(m.Row), Cell.Words(m.Truth), Cell.Words(m.Predicted), Words.Percent(m.Confidence, 1)]));
            }
        });
    }

    private static bool IsPicture(Mistake mistake) =>
        mistake is { Image: { } image, Shape: { Channels: 1 or 3, Height: > 0, Width: > 0 } shape } && image.Length == shape.Size;

    // Values of 0 to 16, as in the optical digits, would all look black.
    private static int Brightening(IReadOnlyList<Mistake> mistakes)
    {
        int most = mistakes.Where(IsPicture).Max(mistake => mistake.Image!.Max());
        return most is > 0 and < 64 ? 255 / most : 1;
    }

    private static void Picture(Html html, Mistake mistake, int brighter)
    {
        html.Open("figure");
        if (IsPicture(mistake))
        {
            Image(html, mistake, mistake.Image!, mistake.Shape!.Value, brighter);
        }

        html.Open("figcaption");
        html.Open("span", ("class", "was")).Text(mistake.Truth).Element("span", " → ", ("class", "arrow")).Element("b", mistake.Predicted).Close();
        html.Element("span", Words.Percent(mistake.Confidence, 1), ("class", "sure"));
        html.Element("span", $"row\u00a0{Words.Count(mistake.Row)}", ("class", "sure"));
        html.Close().Close();
    }

    private static void Image(Html html, Mistake mistake, byte[] pixels, ImageShape shape, int brighter)
    {
        byte[] shown = brighter == 1 ? pixels : [.. pixels.Select(value => (byte)(value * brighter))];
        int scale = Math.Max(1, Side / Math.Max(shape.Height, shape.Width));
        string sure = Words.Percent(mistake.Confidence, 1);
        html.Leaf(
            "img", ("src", $"data:image/png;base64,{Convert.ToBase64String(PngWriter.Write(shown, shape))}"),
            ("class", scale > 1 ? "pixels" : "photo"),
            ("width", (scale * shape.Width).ToString(CultureInfo.InvariantCulture)),
            ("height", (scale * shape.Height).ToString(CultureInfo.InvariantCulture)),
            ("alt", $"Row {Words.Count(mistake.Row)}: {mistake.Truth} taken for {mistake.Predicted} with {sure} confidence"));
    }
}
