using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>Makes the answer of finished cells: checks, tables, figures.</summary>
internal static class PartialTrainingAnswer
{
    public const string Source = "Rosenfeld & Tsotsos, \"Intriguing Properties of Randomly Weighted Networks: Generalizing While Learning Next to Nothing\", 2018 (arXiv 1802.00844)";

    public static ReproduceAnswer Of(
        ReproduceQuestion question, IReadOnlyList<PlannedTable> tables, PartialTrainingCell[] cells, Dictionary<string, PartialTrainingOutcome> outcomes, IReadOnlyList<string> notes)
    {
        var results = new PartialTrainingResults(outcomes, question.Seeds);
        var drawn = new PartialTrainingTables(results);
        var figures = new PartialTrainingFigures(PartialTrainingPlan.Main(question.Form), results);
        return new()
        {
            Paper = question.Paper,
            Source = Source,
            Checks = PartialTrainingChecks.All(question.Form, results),
            Studies =
            [
                .. from study in PartialTrainingPlan.Studies
                   let own = tables.Where(table => table.Study == study.Id).ToArray()
                   where own.Length > 0
                   select new StudyResult(study.Id, study.Title, [.. own.Select(drawn.Of)], [.. own.SelectMany(figures.Of)], [.. own.SelectMany(figures.ComparisonsOf)], PartialTrainingTexts.Of(study.Id)),
            ],
            Cells = [.. cells.Select(cell => outcomes[cell.Key].ToJson())],
            Protocol = PartialTrainingTexts.Protocol(question, cells),
            Notes = notes,
            Seconds = outcomes.Values.Sum(outcome => outcome.Seconds),
            Manifest = Manifests.Of(1, question.Options),
        };
    }
}
