using SeedHead.Report.Answers;
using SeedHead.Report.Markup;
using SeedHead.Models;

namespace SeedHead.Report.Sections;

/// <summary>The model in words and numbers.</summary>
internal static class ModelSection
{
    public static void Write(Page page, Verdict verdict)
    {
        ModelSummary model = verdict.Answer.Model;
        page.Card("Model", () => Facts.Write(
            page,
            [
                ("Features", model.Features), ("Network", model.Net), ("Prior", model.Prior),
                ("Width", $"{Words.Count(model.Width)} features"), ("Input columns", $"{Words.Count(model.InputColumns)} after preprocessing"),
                ("Penalty", Words.Trimmed(model.Penalty)), ("Chosen by", model.Selection),
                ("Solved in", $"{model.Form} form"), ("Condition", Words.General(model.Condition, 2)),
                ("Temperature", model.Temperature is { } t ? Words.General(t) : null),
            ]));
    }
}
