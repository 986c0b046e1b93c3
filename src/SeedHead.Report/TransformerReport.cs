using SeedHead.Report.Markup;
using SeedHead.Report.Sections;
using SeedHead.Studies;

namespace SeedHead.Report;

/// <summary>The complexity of sequences of untrained transformers as one HTML file that needs nothing else.</summary>
internal static class TransformerReport
{
    /// <summary>The page of an answer. A pure function: same answer, same characters.</summary>
    public static string Html(TransformerAnswer answer) => ReportFrame.Html(
        $"Sequences of {answer.Net}",
        "Complexity of untrained transformers",
        $"{answer.Net} · {Words.Count(answer.Networks)} {(answer.Networks == 1 ? "sequence" : "sequences")} a cell · {Words.Count(answer.Length)} tokens · seed {answer.Manifest.Seed}",
        answer.Manifest.Version,
        html => TransformerSection.Write(new Page(html, 2), answer));
}
