using System.Diagnostics;
using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>Amid et al. (2022): runs the cells of the grid, decides the findings.</summary>
internal static class NnpkStudy
{
    public const string Source = "Amid, Anil, Kotłowski & Warmuth, \"Learning from Randomly Initialized Neural Network Features\", 2022 (arXiv 2202.06438)";

    private const ulong Seed = 42; // of the manifest; cells name their own seeds

    /// <summary>Names and questions of the studies.</summary>
    public static IReadOnlyList<(string Id, string Title)> Studies { get; } = [.. Parts(new() { Paper = "nnpk" }).Select(part => (part.Id, part.Title))];

    /// <summary>Runs what is not finished yet, one cell after the other with all threads, and answers from all of them.</summary>
    public static ReproduceAnswer Run(ReproduceQuestion question, Execution run)
    {
        NnpkPart[] parts = Wanted(question);
        NnpkCell[] planned = [.. parts.SelectMany(part => part.Cells).DistinctBy(cell => cell.Key)];
        var store = new CellStore(question.Folder);
        NnpkCell[] cells = question.FinishedOnly ? [.. planned.Where(cell => store.Find(cell.Key) is not null)] : planned;
        var context = new NnpkContext(run, question.Data);
        var outcomes = new Dictionary<string, NnpkOutcome>(StringComparer.Ordinal);
        foreach (NnpkCell cell in cells)
        {
            outcomes[cell.Key] = Outcome(cell, store, context);
            run.Report("cells", outcomes.Count, cells.Length);
        }

        var results = new NnpkResults(outcomes);
        Check[] checks = [.. parts.Where(part => part.Cells.All(cell => outcomes.ContainsKey(cell.Key))).SelectMany(part => part.Checks(results))];
        return new()
        {
            Paper = question.Paper,
            Source = Source,
            Beside = ("known elsewhere", "values of other sources, none of them the paper's"),
            Checks = question.Form == ReproduceForm.Quick ? [.. checks.Select(check => check with { Holds = null })] : checks,
            Studies = [.. parts.Where(part => part.Cells.Any(cell => outcomes.ContainsKey(cell.Key))).Select(part => part.Show(results))],
            Cells = [.. cells.Select(cell => outcomes[cell.Key].ToJson())],
            Protocol = Protocol(question, run),
            Notes = cells.Length < planned.Length ? [$"{cells.Length} of {planned.Length} cells are finished; the others were not run."] : [],
            Seconds = outcomes.Values.Sum(outcome => outcome.Seconds),
            Manifest = Manifests.Of(Seed, question.Options),
        };
    }

    private static NnpkPart[] Parts(ReproduceQuestion question)
    {
        NnpkForm form = NnpkForm.Of(question);
        return
        [
            NnpkCounts.Of(form),
            NnpkOutputs.Of(form),
            NnpkSizes.Of(form),
            NnpkPriors.Of(form),
            NnpkActivations.Of(form),
            NnpkArchitectures.Of(form),
            NnpkComponents.Of(form),
            NnpkMaps.Of(form),
            NnpkTrained.Of(form),
            NnpkLimits.Of(form),
            NnpkDistilled.Of(form),
            NnpkLabels.Of(form),
            NnpkLiterature.Of(form),
        ];
    }

    private static NnpkOutcome Outcome(NnpkCell cell, CellStore store, NnpkContext context)
    {
        context.Run.Cancellation.ThrowIfCancellationRequested();
        if (store.Find(cell.Key) is { } kept)
        {
            return NnpkOutcome.FromJson(kept);
        }

        var clock = Stopwatch.StartNew();
        NnpkNumbers numbers = cell.Work(context);
        var outcome = new NnpkOutcome(cell.Key, numbers, clock.Elapsed.TotalSeconds);
        store.Keep(outcome.ToJson());
        return NnpkOutcome.FromJson(outcome.ToJson()); // as a later run reads it
    }

    /// <exception cref="ArgumentException">A study that is not there: names those there are.</exception>
    private static NnpkPart[] Wanted(ReproduceQuestion question)
    {
        NnpkPart[] parts = Parts(question);
        return question.Only.FirstOrDefault(wanted => parts.All(part => part.Id != wanted)) is { } unknown
            ? throw new ArgumentException($"There is no study '{unknown}' of {question.Paper}. There are {string.Join(", ", parts.Select(part => part.Id))}.")
            : [.. parts.Where(part => question.Only.Count == 0 || question.Only.Contains(part.Id))];
    }

    private static (string Name, string Value)[] Protocol(ReproduceQuestion question, Execution run) =>
    [
        ("The paper", "its body and tables could not be had: the grid follows the ablations that its abstracts name, with sizes of our own; \"published\" are values of other sources, named beside them, never the paper's"),
        ("Data", "images in [0, 1], less the mean and over the deviation of all training pixels; training rows are a stratified sample by seed, test rows the official ones or a fixed sample of them"),
        ("Features", "outputs of random networks of a seed; ridge and softmax regression on centred and scaled features, penalties by exact left-out rows and by a fifth of the rows; neighbours by cosine"),
        ("Exact kernels", "Gaussian process with the limit kernel; the noise, relative to the mean diagonal, by exact left-out accuracy"),
        ("Seeds", $"{question.Seeds} (quick form: 1): networks and sample of rows"),
        ("Threads", $"{run.Threads}; they change no digit but the seconds"),
        ("Thresholds", "fixed from the expected shapes of the grid before the small form was run"),
    ];
}
