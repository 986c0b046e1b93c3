using SeedHead.Report.Answers;
using SeedHead.Report.Markup;

namespace SeedHead.Report.Sections;

/// <summary>What a user should know before trusting the answer.</summary>
internal static class NotesSection
{
    public static void Write(Page page, Verdict verdict) => Write(page, verdict.Answer.Notes);

    public static void Write(Page page, IReadOnlyList<string> notes)
    {
        if (notes.Count == 0)
        {
            return;
        }

        page.Card("Notes", () =>
        {
            page.Html.Open("ul");
            foreach (string note in notes)
            {
                page.Html.Element("li", note);
            }

            page.Html.Close();
        });
    }
}
