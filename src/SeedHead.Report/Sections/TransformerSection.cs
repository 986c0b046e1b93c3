using System.Globalization;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Sections;

/// <summary>Curves of complexity over norm scales, sequences as strips of colour, trends, contrasts, all numbers and where they came from.</summary>
internal static class TransformerSection
{
    private const int MostPictures = 24;
    private const double LeastP = 1e-99;

    public static void Write(Page page, TransformerAnswer answer)
    {
        page.Row([.. Curves(page, answer)]);
        page.Row(() => Pictures(page, answer));
        page.Row(() => Trends(page, answer), () => Contrasts(page, answer));
        page.Row(() => Numbers(page, answer), () => Notes(page, answer), () => Origin(page, answer));
    }

    private static IEnumerable<Action> Curves(Page page, TransformerAnswer answer)
    {
        int depths = answer.Cells.Select(cell => cell.Complexity.Depth).Distinct().Count();
        if (depths > 1 && answer.Cells.Select(cell => cell.Complexity.Scale).Distinct().Count() == 1)
        {
            yield return () => Curve(page, answer, "Depths", answer.Cells.GroupBy(cell => cell.Activation), overDepth: true);
            yield break;
        }

        foreach (IGrouping<int, TransformerCell> depth in answer.Cells.GroupBy(cell => cell.Complexity.Depth))
        {
            yield return () => Curve(page, answer, $"Depth {depth.Key}", depth.GroupBy(cell => cell.Activation));
        }

        foreach (IGrouping<string, TransformerCell> activation in depths > 1 ? answer.Cells.GroupBy(cell => cell.Activation) : [])
        {
            yield return () => Curve(page, answer, $"Depths, {activation.Key}", activation.GroupBy(cell => $"depth {cell.Complexity.Depth}"));
        }
    }

    private static void Curve(Page page, TransformerAnswer answer, string title, IEnumerable<IGrouping<string, TransformerCell>> lines, bool overDepth = false) => page.Card(title, () =>
    {
        page.Paragraph("Mean over sequences; bands are one standard error to both sides.", "note");
        TransformerChart.Draw(page.Html, title, answer, [.. lines.Select(line => (line.Key, (IReadOnlyList<ComplexityCell>)[.. line.Select(cell => cell.Complexity)]))], overDepth);
    });

    private static void Pictures(Page page, TransformerAnswer answer)
    {
        TransformerCell[] shown = Shown(answer.Cells);
        page.Card("Sequences", () =>
        {
            page.Paragraph("One row a sequence, its tokens from left to right, coloured in the order in which they first appear in it: one colour is one token again and again.", "note");
            page.Html.Open("div", ("class", "strips"));
            foreach (TransformerCell cell in shown)
            {
                string caption = $"{cell.Activation}, depth {cell.Complexity.Depth}, norm scale {Words.General(cell.Complexity.Scale, 3)}: {Words.General(cell.Complexity.Mean, 3)}";
                byte[] png = SequencePicture.Png(cell.Sequences, answer.Length + 1);
                page.Html.Open("figure").Leaf(
                    "img", ("class", "pixels"), ("src", $"data:image/png;base64,{Convert.ToBase64String(png)}"), ("width", "303"),
                    ("height", $"{6 * cell.Sequences.Count}"), ("alt", $"{cell.Sequences.Count} sequences of {caption}"));
                page.Html.Element("figcaption", caption).Close();
            }

            page.Html.Close();
        });
    }

    /// <summary>The least, the middle and the greatest scale of every activation at the first depth.</summary>
    private static TransformerCell[] Shown(IReadOnlyList<TransformerCell> cells) =>
        [.. cells.Where(cell => cell.Complexity.Depth == cells[0].Complexity.Depth).GroupBy(cell => cell.Activation).SelectMany(line =>
        {
            TransformerCell[] along = [.. line.OrderBy(cell => cell.Complexity.Scale)];
            return new[] { 0, along.Length / 2, along.Length - 1 }.Distinct().Select(i => along[i]);
        }).Take(MostPictures)];

    private static void Trends(Page page, TransformerAnswer answer)
    {
        if (answer.Trends.Count > 0)
        {
            page.Card("Does complexity rise with the norm scale?", () => Table.Write(
                page, "Spearman's rank correlation of scale and complexity: mean over networks with its 95 % interval, and that of the means",
                [Cell.Words("Activation"), "Depth", "Correlation", "Interval", "Of the means"],
                answer.Trends.Select(trend => (IReadOnlyList<Cell>)[
                    Cell.Words(trend.Activation), Words.Count(trend.Depth), Words.General(trend.Correlation.Mean, 3),
                    $"{Words.General(trend.Correlation.Low, 3)} to {Words.General(trend.Correlation.High, 3)}", Words.General(trend.OfMeans, 3)])));
        }
    }

    private static void Contrasts(Page page, TransformerAnswer answer)
    {
        if (answer.Contrasts.Count == 0)
        {
            return;
        }

        double usual = answer.Contrasts.MinBy(contrast => Math.Max(contrast.NormScale, 1 / contrast.NormScale))!.NormScale;
        ActivationContrast[] first = [.. answer.Contrasts.Where(contrast => contrast.NormScale == usual)];
        page.Card($"Against {answer.Contrasts[0].Against}", () =>
        {
            Contrasts(page, first);
            if (first.Length < answer.Contrasts.Count)
            {
                page.Details("At all scales", () => Contrasts(page, answer.Contrasts));
            }
        });
    }

    private static void Contrasts(Page page, IReadOnlyList<ActivationContrast> contrasts) => Table.Write(
        page, "Mean difference of complexity with the same weights, its standard error, and the one-sided p of the paired t test",
        [Cell.Words("Activation"), "Depth", "Norm scale", "Difference", "Standard error", "p"],
        contrasts.Select(contrast => (IReadOnlyList<Cell>)[
            Cell.Words(contrast.Activation), Words.Count(contrast.Depth), Words.General(contrast.NormScale, 3), Words.General(contrast.Difference, 3),
            Words.General(contrast.StandardError, 2), contrast.P < LeastP ? "< 1e-99" : Words.General(contrast.P, 2)]));

    private static void Numbers(Page page, TransformerAnswer answer) => page.Card("All numbers", () => page.Details("Open the table", () => Table.Write(
        page, "Mean over sequences", [Cell.Words("Activation"), "Depth", "Norm scale", "Mean", "Standard deviation", "Sequences", "Undefined"],
        answer.Cells.Select(cell => (IReadOnlyList<Cell>)[
            Cell.Words(cell.Activation), Words.Count(cell.Complexity.Depth), Words.General(cell.Complexity.Scale, 3), Words.General(cell.Complexity.Mean),
            Words.General(cell.Complexity.Deviation, 3), Words.Count(cell.Complexity.Networks), Words.Count(cell.Complexity.Undefined)]))));

    private static void Notes(Page page, TransformerAnswer answer)
    {
        if (answer.Notes.Count > 0)
        {
            page.Card("Notes", () => page.Html.Open("ul").Element("li", string.Join("; ", answer.Notes)).Close());
        }
    }

    private static void Origin(Page page, TransformerAnswer answer) => page.Card("Where it came from", () => Facts.Write(page, [
        ("Network", answer.Net), ("Weights", answer.SharesWeights ? "those of network 0 for all sequences" : "of its own for every sequence"),
        ("Sequences a cell", Words.Count(answer.Networks)), ("Tokens that follow the first", Words.Count(answer.Length)),
        ("Equal tokens, random tokens", $"{Words.General(answer.Constant)}, {Words.General(answer.Random)}"),
        ("Seed", answer.Manifest.Seed.ToString(CultureInfo.InvariantCulture)), ("Stream version", answer.Manifest.Stream.ToString(CultureInfo.InvariantCulture)),
        ("SeedHead", answer.Manifest.Version), ("Processor", answer.Manifest.Cpu), ("Time", Words.Duration(answer.Seconds))]));
}
