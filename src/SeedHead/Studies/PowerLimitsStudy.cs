using System.Diagnostics;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>Yehudai &amp; Shamir (2019): runs the cells, decides the findings.</summary>
internal static class PowerLimitsStudy
{
    public const string Source = "Yehudai & Shamir, \"On the Power and Limitations of Random Features for Understanding Neural Networks\", NeurIPS 2019 (arXiv 1904.00687)";

    /// <summary>Names and questions of the studies.</summary>
    public static IReadOnlyList<(string Id, string Title)> Studies { get; } = [.. PowerLimitsPlan.Of(new() { Paper = "power-limits" }).Select(part => (part.Id, part.Title))];

    /// <summary>Runs what is not finished yet, one cell after the other with all threads, and answers from all of them.</summary>
    public static ReproduceAnswer Run(ReproduceQuestion question, Execution run)
    {
        PowerLimitsPart[] parts = Wanted(question);
        LimitsQuestion[] planned = [.. parts.SelectMany(part => part.Cells).DistinctBy(PowerLimitsCell.Key)];
        var store = new CellStore(question.Folder);
        LimitsQuestion[] cells = question.FinishedOnly ? [.. planned.Where(cell => store.Find(PowerLimitsCell.Key(cell)) is not null)] : planned;
        var outcomes = new Dictionary<string, PowerLimitsOutcome>(StringComparer.Ordinal);
        foreach (LimitsQuestion cell in cells)
        {
            PowerLimitsOutcome outcome = Outcome(cell, store, run);
            outcomes[outcome.Key] = outcome;
            run.Report("cells", outcomes.Count, cells.Length);
        }

        PowerLimitsCurves Curves(PowerLimitsPart part) =>
            new([.. part.Cells.Select(cell => outcomes.GetValueOrDefault(PowerLimitsCell.Key(cell))).OfType<PowerLimitsOutcome>()]);
        Check[] checks = [.. parts.Where(part => part.Cells.All(cell => outcomes.ContainsKey(PowerLimitsCell.Key(cell)))).SelectMany(part => part.Checks(Curves(part)))];
        return new()
        {
            Paper = question.Paper,
            Source = Source,
            Checks = question.Form == ReproduceForm.Quick ? [.. checks.Select(check => check with { Holds = null })] : checks,
            Studies = [.. parts.Where(part => part.Cells.Count > 0).Select(part => PowerLimitsFigures.Result(part, Curves(part)))],
            Cells = [.. cells.Select(cell => outcomes[PowerLimitsCell.Key(cell)].ToJson())],
            Protocol = Protocol(question, run),
            Notes = cells.Length < planned.Length ? [$"{cells.Length} of {planned.Length} cells are finished; the others were not run."] : [],
            Seconds = outcomes.Values.Sum(outcome => outcome.Seconds),
            Manifest = Manifests.Of(PowerLimitsPlan.Seed, question.Options),
        };
    }

    private static PowerLimitsOutcome Outcome(LimitsQuestion cell, CellStore store, Execution run)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        string key = PowerLimitsCell.Key(cell);
        if (store.Find(key) is { } kept)
        {
            return PowerLimitsOutcome.FromJson(kept);
        }

        var clock = Stopwatch.StartNew();
        LimitsAnswer answer = cell.Run(run);
        var outcome = new PowerLimitsOutcome(key, answer.Curves, answer.Notes, clock.Elapsed.TotalSeconds);
        store.Keep(outcome.ToJson());
        return outcome;
    }

    /// <summary>The parts asked for.</summary>
    /// <exception cref="ArgumentException">A study that is not there: names those there are.</exception>
    private static PowerLimitsPart[] Wanted(ReproduceQuestion question)
    {
        IReadOnlyList<PowerLimitsPart> parts = PowerLimitsPlan.Of(question);
        return question.Only.FirstOrDefault(wanted => parts.All(part => part.Id != wanted)) is { } unknown
            ? throw new ArgumentException($"There is no study '{unknown}' of {question.Paper}. There are {string.Join(", ", parts.Select(part => part.Id))}.")
            : [.. parts.Where(part => question.Only.Count == 0 || question.Only.Contains(part.Id))];
    }

    private static (string Name, string Value)[] Protocol(ReproduceQuestion question, Execution run) =>
    [
        ("The paper", "its theorems have no experiments; \"published\" are values derived from its statements and computed beforehand by other code, some of them single draws"),
        ("Errors", "E g² − pᵀA⁺p from closed forms; E7 by descent on fresh rows with exact losses; E13, E16 and E17 on fresh rows with standard errors"),
        ("Rank", "eigenvalues of a Gram matrix below 1e-13 of the largest are left out; what they explain counts as error; each cell says how many"),
        ("Draws", $"seed {PowerLimitsPlan.Seed}; E7, E8, E13, E16 and E17 take their repetitions from --seeds {question.Seeds}"),
        ("Threads", $"{run.Threads}; they change no digit but the seconds"),
        ("Thresholds", "fixed from the statements before the small form was run"),
    ];
}
