using SeedHead.Report.Markup;
using SeedHead.Report.Sections;
using SeedHead.Studies;

namespace SeedHead.Report;

/// <summary>A map of complexities as one HTML file that needs nothing else.</summary>
public static class ComplexityReport
{
    /// <summary>The page of an answer. A pure function: same answer, same characters.</summary>
    /// <param name="answer">The answer.</param>
    public static string Html(ComplexityAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return ReportFrame.Html(
            $"Complexity of {answer.Net}",
            $"Complexity of {answer.Net}",
            $"{answer.Prior} · {Words.Count(answer.Networks)} {(answer.Networks == 1 ? "network" : "networks")} a cell · {Words.Count(answer.Side)} points an axis · seed {answer.Manifest.Seed}",
            answer.Manifest.Version,
            html => ComplexitySection.Write(new Page(html, 2), answer));
    }
}
