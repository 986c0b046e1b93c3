using SeedHead.Heads;
using SeedHead.Report.Answers;
using SeedHead.Report.Charts;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Sections;

/// <summary>Whether the stated probabilities can be believed.</summary>
internal static class CalibrationSection
{
    public static void Write(Page page, Verdict verdict)
    {
        CalibrationBin[] bins = [.. verdict.Score.Calibration ?? []];
        if (bins.Sum(bin => (long)bin.Count) == 0)
        {
            return;
        }

        page.Card("Calibration", () =>
        {
            ReliabilityChart.Draw(page.Html, bins);
            page.Paragraph(Sentence(verdict, bins), "note");
        });
    }

    private static string Sentence(Verdict verdict, CalibrationBin[] bins)
    {
        CalibrationBin[] used = [.. bins.Where(bin => bin.Count > 0)];
        double rows = used.Sum(bin => (double)bin.Count);
        double confidence = used.Sum(bin => bin.Count * bin.Confidence) / rows, accuracy = used.Sum(bin => bin.Count * bin.Accuracy) / rows;
        string gap = $"{Words.Fixed(100 * Math.Abs(confidence - accuracy), 1)} points";
        string temperature = verdict.Answer.Model.Temperature is { } t ? $" Temperature {Words.General(t, 3)}, fitted on leave-one-out scores." : "";
        string sure = Math.Abs(confidence - accuracy) < 0.005 ? "neither over- nor under-confident"
            : confidence > accuracy ? $"over-confident by {gap}"
            : $"under-confident by {gap}";
        return $"Expected calibration error {Words.Percent(verdict.Score.ExpectedCalibrationError)}. On average predictions claim "
            + $"{Words.Percent(confidence, 1)} and are right on {Words.Percent(accuracy, 1)}: {sure}.{temperature}";
    }
}
