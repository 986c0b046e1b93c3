using System.Diagnostics;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>Teney et al., "Neural Redshift", 2024: runs the cells, decides the findings.</summary>
internal static class RedshiftStudy
{
    public const string Source = "Teney, Nicolicioiu, Hartmann & Abbasnejad, \"Neural Redshift: Random Networks are not Random Functions\", CVPR 2024 (arXiv 2403.02241)";

    /// <summary>Names and questions of the studies.</summary>
    public static IReadOnlyList<(string Id, string Title)> Studies { get; } = [.. PartsOf(new() { Paper = "redshift" }).Select(part => (part.Id, part.Title))];

    /// <summary>Runs what is not finished yet, cells side by side, and answers from all of them.</summary>
    public static ReproduceAnswer Run(ReproduceQuestion question, Execution run)
    {
        RedshiftPart[] parts = Wanted(question);
        RedshiftCell[] planned = [.. parts.SelectMany(part => part.Cells).DistinctBy(cell => cell.Key)];
        var store = new CellStore(question.Folder);
        RedshiftCell[] cells = question.FinishedOnly ? [.. planned.Where(cell => store.Find(cell.Key) is not null)] : planned;
        var outcomes = RunAll(cells, store, run);
        var results = new RedshiftResults(outcomes);
        Check[] checks = [.. parts.SelectMany(part => part.Checks(results))];
        return new()
        {
            Paper = question.Paper,
            Source = Source,
            Checks = question.Form == ReproduceForm.Quick ? [.. checks.Select(check => check with { Holds = null })] : checks,
            Studies = [.. parts.Select(part => part.Result(results))],
            Cells = [.. cells.Select(cell => outcomes[cell.Key].ToJson())],
            Protocol = RedshiftTexts.Protocol(question),
            Notes = cells.Length < planned.Length ? [$"{cells.Length} of {planned.Length} cells are finished; the others were not run."] : [],
            Seconds = outcomes.Values.Sum(outcome => outcome.Seconds),
            Manifest = Manifests.Of(RedshiftTexts.Seed, question.Options),
        };
    }

    /// <summary>The parts asked for.</summary>
    /// <exception cref="ArgumentException">A study that is not there: names those there are.</exception>
    private static RedshiftPart[] Wanted(ReproduceQuestion question)
    {
        RedshiftPart[] parts = [.. PartsOf(question)];
        return question.Only.FirstOrDefault(wanted => parts.All(part => part.Id != wanted)) is { } unknown
            ? throw new ArgumentException($"There is no study '{unknown}' of {question.Paper}. There are {string.Join(", ", parts.Select(part => part.Id))}.")
            : [.. parts.Where(part => question.Only.Count == 0 || question.Only.Contains(part.Id))];
    }

    private static IEnumerable<RedshiftPart> PartsOf(ReproduceQuestion question)
    {
        var sizes = RedshiftSizes.Of(question);
        var zoo = new RedshiftZoo(sizes);
        return
        [
            new RedshiftMaps(sizes), new RedshiftPictures(sizes), new RedshiftPublished(sizes), new RedshiftCurves(zoo), new RedshiftTable(zoo), new RedshiftMeasures(zoo),
            new RedshiftComponents(zoo), new RedshiftNoEffect(sizes), new RedshiftScaledNorms(sizes), new RedshiftPriors(sizes), new RedshiftUnbiased(sizes),
            new RedshiftTasks(sizes), new RedshiftAfter(sizes), new RedshiftColours(sizes, question.Data), new RedshiftSequences(sizes), new RedshiftGuesses(sizes), new RedshiftStarts(sizes),
        ];
    }

    private static Dictionary<string, RedshiftOutcome> RunAll(RedshiftCell[] cells, CellStore store, Execution run)
    {
        var outcomes = new Dictionary<string, RedshiftOutcome>(StringComparer.Ordinal);
        var gate = new Lock(); // of the store and of outcomes
        Execution alone = run with { Progress = null }; // a cell's own stages would hide how far the cells are
        run.Team.For(cells.Length, i =>
        {
            lock (gate)
            {
                if (store.Find(cells[i].Key) is { } kept)
                {
                    outcomes[cells[i].Key] = RedshiftOutcome.FromJson(kept);
                    return;
                }
            }

            var clock = Stopwatch.StartNew();
            var numbers = cells[i].Run(alone).ToDictionary(number => number.Name, number => number.Value, StringComparer.Ordinal);
            var outcome = new RedshiftOutcome(cells[i].Key, numbers, clock.Elapsed.TotalSeconds);
            lock (gate)
            {
                store.Keep(outcome.ToJson());
                outcomes[cells[i].Key] = outcome;
                run.Report("cells", outcomes.Count, cells.Length);
            }
        });
        return outcomes;
    }
}
