using SeedHead.Report.Answers;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;
using SeedHead.Studies;

namespace SeedHead.Report.Sections;

/// <summary>How predictions of numbers lie about the truth.</summary>
internal static class ResidualsSection
{
    public static void WritePredictions(Page page, Verdict verdict)
    {
        if (Points(verdict) is { Length: > 0 } points)
        {
            page.Card("Predicted against true", () =>
            {
                PredictionChart.Draw(page.Html, points, verdict.Answer.Data.Target);
                page.Paragraph(Coverage(verdict, points), "note");
            });
        }
    }

    public static void WriteHistogram(Page page, Verdict verdict)
    {
        if (Points(verdict) is { Length: > 0 } points)
        {
            double[] residuals = [.. points.Select(p => p.Truth - p.Prediction)];
            page.Card("Residuals", () =>
            {
                ResidualChart.Draw(page.Html, residuals, verdict.Answer.Data.Target);
                page.Paragraph(Spread(residuals), "note");
            });
        }
    }

    private static ResidualPoint[] Points(Verdict verdict) =>
        [.. verdict.Answer.Residuals.Where(p => Math.Abs(p.Truth) < LinearScale.Largest && Math.Abs(p.Prediction) < LinearScale.Largest)];

    private static string Coverage(Verdict verdict, ResidualPoint[] points)
    {
        string shown = points.Length < verdict.Answer.Data.TestRows
            ? $"A sample of {Words.Count(points.Length)} of {Words.Count(verdict.Answer.Data.TestRows)} test rows."
            : $"{Words.Count(points.Length)} test rows.";
        string bars = points.Length > PredictionChart.MostBars ? " Only some carry their interval." : "";
        return verdict.Answer.Test?.IntervalCoverage is { } share && double.IsFinite(share)
            ? $"{shown}{bars} The 90 % intervals hold the true value of {Words.Percent(share, 1)} of the rows."
            : shown + bars;
    }

    private static string Spread(double[] residuals)
    {
        double[] sorted = [.. residuals.Order()];
        string At(double share) => Words.General(sorted[(int)(share * (sorted.Length - 1))], 3);
        return $"Half of the residuals lie between {At(0.25)} and {At(0.75)}, nine in ten between {At(0.05)} and {At(0.95)}; the median is {At(0.5)}.";
    }
}
