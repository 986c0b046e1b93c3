using SeedHead.Report.Answers;
using SeedHead.Report.Markup;
using SeedHead.Report.Sections;
using SeedHead.Studies;

namespace SeedHead.Report;

/// <summary>Answers of fits as one HTML file that needs nothing else: no script, no network, SVG drawings and PNG pictures inside it.</summary>
public static class FitReport
{
    /// <summary>The page of one answer, or of several with a comparison first. A pure function: same answers, same characters.</summary>
    /// <remarks>The page is HTML and, after its first line, well-formed XML. It forbids itself everything but its own style and pictures
    /// (<c>Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:</c>) and follows light, dark and print.</remarks>
    /// <param name="answers">One answer or more, in the order to show.</param>
    /// <exception cref="ArgumentException">No answer.</exception>
    public static string Html(IReadOnlyList<FitAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count == 0)
        {
            throw new ArgumentException("A report needs at least one answer.", nameof(answers));
        }

        Verdict[] verdicts = [.. answers.Select(answer => new Verdict(answer))];
        bool single = verdicts.Length == 1;
        return ReportFrame.Html(
            single ? answers[0].Data.Name : $"{answers.Count} answers", single ? answers[0].Data.Name : $"{answers.Count} answers compared", single ? Subtitle(answers[0]) : "",
            answers[0].Manifest.Version, html =>
            {
                if (single)
                {
                    Answer(new Page(html, 2), verdicts[0]);
                }
                else
                {
                    Several(html, verdicts);
                }
            });
    }

    private static void Several(Html html, Verdict[] verdicts)
    {
        ComparisonSection.Write(new Page(html, 2), verdicts);
        for (int i = 0; i < verdicts.Length; i++)
        {
            html.Open("article", ("id", $"answer-{i + 1}"));
            html.Element("h2", ComparisonSection.Label(verdicts[i], i)).Element("p", Subtitle(verdicts[i].Answer), ("class", "subtitle"));
            Answer(new Page(html, 3), verdicts[i]);
            html.Close();
        }
    }

    private static string Subtitle(FitAnswer answer)
    {
        string kind = answer.Data.Classes is { } classes
            ? $"{Words.Count(classes.Count)} {(classes.Count == 1 ? "class" : "classes")} of “{answer.Data.Target}”"
            : $"predicting “{answer.Data.Target}”";
        string test = answer.Data.TestRows > 0 ? $", {Words.Count(answer.Data.TestRows)} to test" : "";
        return $"{kind} · {Words.Count(answer.Data.Rows)} rows to learn from{test} · seed {answer.Manifest.Seed}";
    }

    private static void Answer(Page page, Verdict verdict)
    {
        Action cost = () => CostSection.Write(page, verdict), manifest = () => ManifestSection.Write(page, verdict);
        HeadlineSection.Write(page, verdict);
        page.Row(() => ScoresSection.Write(page, verdict), verdict.IsOverSeeds ? () => SeedsSection.Write(page, verdict) : cost);
        page.Row(() => WidthSection.Write(page, verdict), () => PenaltySection.Write(page, verdict));
        page.Row(() => ArchitecturesSection.Write(page, verdict));
        ConfusionSection.Write(page, verdict);
        page.Row(() => ResidualsSection.WritePredictions(page, verdict), () => ResidualsSection.WriteHistogram(page, verdict));
        page.Row(() => MistakesSection.Write(page, verdict));
        page.Row(() => NotesSection.Write(page, verdict));
        page.Row(() => ModelSection.Write(page, verdict), verdict.IsOverSeeds ? cost : manifest);
        if (verdict.IsOverSeeds)
        {
            page.Row(manifest);
        }
    }
}
