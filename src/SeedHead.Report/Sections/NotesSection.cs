using SeedHead.Report.Answers;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Sections;

/// <summary>What a user should know before trusting the answer.</summary>
internal static class NotesSection
{
    public static void Write(Page page, Verdict verdict)
    {
        if (verdict.Answer.Notes.Count == 0)
        {
            return;
        }

        page.Card("Notes", () =>
        {
            page.Html.Open("ul");
            foreach (string note in verdict.Answer.Notes)
            {
                page.Html.Element("li", note);
            }

            page.Html.Close();
        });
    }
}
