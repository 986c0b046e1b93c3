using System.Globalization;
using SeedHead.Data;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Sections;

/// <summary>Maps, pictures of functions at their cells, the target beside them, and where all came from.</summary>
internal static class ComplexitySection
{
    public static void Write(Page page, ComplexityAnswer answer)
    {
        page.Row([
            () => Map(page, answer.Measures[0], answer), () => Functions(page, answer),
            .. answer.Measures.Skip(1).Select(measure => (Action)(() => Map(page, measure, answer)))]);
        page.Row([.. ComplexityFigures.Scatters(answer).Select(figure => (Action)(() => Scatter(page, figure))), () => Correlations(page, answer)]);
        page.Row([.. ComplexityFigures.Spectra(answer).Select(one => (Action)(() => Spectrum(page, one.Spectrum, one.Figure)))]);
        page.Row(() => Target(page, answer), () => Reached(page, answer), () => Notes(page, answer), () => Origin(page, answer));
    }

    private static void Map(Page page, MeasureSummary measure, ComplexityAnswer answer)
    {
        ComplexityCell[] cells = [.. answer.Cells.Where(cell => cell.Measure == measure.Name)];
        if (cells.Length > 0)
        {
            page.Card(measure.Name, () => Map(page, measure, cells));
        }
    }

    private static void Map(Page page, MeasureSummary measure, ComplexityCell[] cells)
    {
        page.Paragraph($"{Capital(measure.Meaning)}.");
        page.Scroll($"Map of {measure.Name}", () => ComplexityChart.Draw(page.Html, measure.Name, cells));
        page.Html.Open("details").Element("summary", "All numbers");
        Table.Write(
            page, "Mean over networks", [Cell.Words("Network"), "Scale", "Mean", "Standard deviation", "Networks", "Undefined"],
            cells.Select(cell => (IReadOnlyList<Cell>)
                [Cell.Words(cell.Net), Words.General(cell.Scale), Words.General(cell.Mean), Words.General(cell.Deviation, 3), Words.Count(cell.Networks), Words.Count(cell.Undefined)]));
        page.Html.Close();
    }

    private static void Functions(Page page, ComplexityAnswer answer)
    {
        if (answer.Thumbnails.Count == 0)
        {
            return;
        }

        int[] depths = [.. answer.Thumbnails.Select(picture => picture.Depth).Distinct()];
        page.Card("Functions of network 0", () =>
        {
            page.Paragraph("Each from its least value (black) to its greatest (white), first input down, second to the right; rows are weight scales, columns hidden layers.", "note");
            page.Scroll("Functions", () =>
            {
                Html html = page.Html.Open("table", ("class", "functions")).Open("tr").Element("th", "");
                foreach (int depth in depths)
                {
                    html.Element("th", Words.Count(depth));
                }

                html.Close();
                foreach (IGrouping<double, FunctionThumbnail> row in answer.Thumbnails.GroupBy(picture => picture.Scale))
                {
                    Row(html, row);
                }

                html.Close();
            });
        });
    }

    private static void Row(Html html, IGrouping<double, FunctionThumbnail> row)
    {
        string scale = row.Key.ToString("0.####", CultureInfo.InvariantCulture);
        html.Open("tr").Element("th", scale, ("class", "n"));
        foreach (FunctionThumbnail picture in row)
        {
            byte[] png = PngWriter.Write(picture.Pixels, new ImageShape(picture.Side, picture.Side, 1));
            html.Open("td").Leaf(
                "img", ("src", $"data:image/png;base64,{Convert.ToBase64String(png)}"), ("width", "60"), ("height", "60"),
                ("alt", $"Function at scale {scale}, {Words.Count(picture.Depth)} hidden layers"));
            html.Close();
        }

        html.Close();
    }

    private static void Spectrum(Page page, PowerShares spectrum, Figure figure) => page.Card(figure.Title, () =>
    {
        page.Paragraph("Sums of |F|² over networks, as shares; F is the Fourier transform on the grid. Edges that differ leave a tail of their own.", "note");
        page.Scroll("Power by frequency", () => FigureChart.Draw(page.Html, figure));
        if (spectrum.NoLimit is { } reason)
        {
            page.Paragraph($"No limit: {reason}", "note");
        }
    });

    private static void Scatter(Page page, Figure figure) => page.Card(figure.Title, () => page.Scroll(figure.Title, () => FigureChart.Draw(page.Html, figure)));

    private static void Correlations(Page page, ComplexityAnswer answer)
    {
        if (answer.Correlations.Count == 0)
        {
            return;
        }

        page.Card("How measures agree", () =>
        {
            page.Paragraph("Correlations of the cells' means, with intervals of 95 % over 2,000 resamples of cells.", "note");
            Table.Write(
                page, "Correlations", [Cell.Words("Measures"), "Pearson", "Spearman", "Cells"],
                answer.Correlations.Select(one => (IReadOnlyList<Cell>)[
                    Cell.Words($"{one.X}, {one.Y}"), Number(one.Pearson, one.PearsonLow, one.PearsonHigh), Number(one.Spearman, one.SpearmanLow, one.SpearmanHigh), Words.Count(one.Cells)]));
        });
    }

    private static string Number(double value, double low, double high) =>
        double.IsFinite(value) ? $"{Words.Fixed(value, 2)} ({Words.Fixed(low, 2)} to {Words.Fixed(high, 2)})" : "none";

    private static void Target(Page page, ComplexityAnswer answer)
    {
        if (answer.Target is not { } target)
        {
            return;
        }

        page.Card($"Target of {target.Data}", () =>
        {
            Facts.Write(page, [
                ("Target", target.Target), ("Rows looked at", Words.Count(target.Rows)), ("Inputs", Words.Count(target.Columns)),
                ("Variation along paths between rows", $"{Words.General(target.PathVariation)} ± {Words.General(target.PathStandardError, 2)} (standard error)"),
                ("Roughness at rows", Words.General(target.Roughness, 3))]);
            foreach (IGrouping<string, ComplexityCell> measure in target.Networks.GroupBy(cell => cell.Measure))
            {
                page.Paragraph(measure.Key == TargetComplexity.PathWord ? "Networks along the same paths:" : "Networks at the same rows:");
                page.Scroll(measure.Key, () => ComplexityChart.Draw(page.Html, measure.Key, [.. measure]));
            }
        });
    }

    private static void Reached(Page page, ComplexityAnswer answer)
    {
        if (answer.Reached.Count == 0)
        {
            return;
        }

        page.Card($"Scale at which {answer.Measures[0].Name} is {Words.General(answer.Reached[0].Value)}", () => Table.Write(
            page, "By depth", ["Hidden layers", "Scale", "Standard error", "Means of the map"],
            answer.Reached.Select(one => (IReadOnlyList<Cell>)[
                Words.Count(one.Depth), one.Scale is null ? "not reached" : Words.General(one.Scale), Words.General(one.StandardError, 2),
                $"{Words.General(one.Least, 3)} to {Words.General(one.Greatest, 3)}"])));
    }

    private static void Notes(Page page, ComplexityAnswer answer)
    {
        if (answer.Notes.Count > 0)
        {
            page.Card("Notes", () => page.Html.Open("ul").Element("li", string.Join("; ", answer.Notes)).Close());
        }
    }

    private static void Origin(Page page, ComplexityAnswer answer) => page.Card("Where it came from", () => Facts.Write(page, [
        ("Network", answer.Net), ("Prior", answer.Prior), ("Networks a cell", Words.Count(answer.Networks)), ("Points an axis", Words.Count(answer.Side)),
        ("Seed", answer.Manifest.Seed.ToString(CultureInfo.InvariantCulture)), ("Stream version", answer.Manifest.Stream.ToString(CultureInfo.InvariantCulture)),
        ("SeedHead", answer.Manifest.Version), ("Processor", answer.Manifest.Cpu), ("Time", Words.Duration(answer.Seconds))]));

    private static string Capital(string text) => string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));
}
