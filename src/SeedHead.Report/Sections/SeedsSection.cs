using System.Globalization;
using SeedHead.Report.Answers;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Sections;

/// <summary>How far the answer depends on the seed.</summary>
internal static class SeedsSection
{
    public static void Write(Page page, Verdict verdict)
    {
        if (!verdict.IsOverSeeds)
        {
            return;
        }

        IReadOnlyList<double> values = verdict.Values;
        string Text(double value) => HeadlineSection.Text(verdict, value);
        string range = $"{values.Count} seeds from {Text(values.Min())} to {Text(values.Max())}, mean {Text(verdict.Interval.Value)}";
        page.Card("Spread over seeds", () =>
        {
            string unit = verdict.IsClassification ? "Test accuracy (%)" : $"Test RMSE ({Words.Shorten(verdict.Answer.Data.Target, 30)})";
            IntervalChart.Draw(
                page.Html, "Test scores of each seed", range + ".", unit, verdict.IsClassification ? 100 : 1,
                [
                    new IntervalRow("one seed", new Interval(double.NaN, double.NaN, double.NaN), values, ""),
                    new IntervalRow("mean, 95 %", verdict.Interval, [], $"mean {Text(verdict.Interval.Value)}"),
                ]);
            page.Paragraph($"{range}. Same rows, other random weights.", "note");
            page.Details("The scores", () => Table.Write(
                page, "Test score of each further seed", [Cell.Words("Seed"), verdict.Measure],
                verdict.Answer.Seeds.Select(point => (IReadOnlyList<Cell>)
                    [Cell.Words(point.Seed.ToString(CultureInfo.InvariantCulture)), Text(point.Value)])));
        });
    }
}
