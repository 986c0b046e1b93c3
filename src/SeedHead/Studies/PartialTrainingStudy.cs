using SeedHead.Models;

namespace SeedHead.Studies;

/// <summary>Rosenfeld &amp; Tsotsos, "Intriguing Properties of Randomly Weighted Networks", 2018: runs the cells, decides the findings.</summary>
internal static class PartialTrainingStudy
{
    /// <summary>Runs what is not finished yet and answers from all cells.</summary>
    public static ReproduceAnswer Run(ReproduceQuestion question, Execution run)
    {
        IReadOnlyList<PlannedTable> tables = TablesOf(question);
        PartialTrainingCell[] cells = CellsOf(tables, PartialTrainingPlan.Deciding(question.Form), question.Seeds);
        var store = new CellStore(question.Folder);
        var outcomes = new Dictionary<string, PartialTrainingOutcome>(StringComparer.Ordinal);
        var notes = new List<string>();
        if (question.FinishedOnly)
        {
            int planned = cells.Length;
            cells = [.. cells.Where(cell => store.Find(cell.Key) is not null)];
            notes.Add($"{cells.Length} of {planned} cells are finished; the others were not run.");
        }

        foreach (var group in cells.GroupBy(cell => (cell.Data, cell.Rows)))
        {
            RunGroup(question, [.. group], store, outcomes, notes, run);
        }

        return PartialTrainingAnswer.Of(question, tables, cells, outcomes, [.. notes.Distinct()]);
    }

    /// <summary>The tables asked for.</summary>
    /// <exception cref="ArgumentException">A study that is not there: names those there are.</exception>
    public static IReadOnlyList<PlannedTable> TablesOf(ReproduceQuestion question)
    {
        IEnumerable<string> known = PartialTrainingPlan.Studies.Select(study => study.Id);
        return question.Only.FirstOrDefault(wanted => !known.Contains(wanted)) is { } unknown
            ? throw new ArgumentException($"There is no study '{unknown}' of {question.Paper}. There are {string.Join(", ", known)}.")
            : [.. PartialTrainingPlan.Tables(question.Form).Where(table => question.Only.Count == 0 || question.Only.Contains(table.Study))];
    }

    /// <summary>The cells of tables for all seeds, each once; those that decide checks come first.</summary>
    public static PartialTrainingCell[] CellsOf(IReadOnlyList<PlannedTable> tables, IEnumerable<PartialTrainingCell> deciding, int seeds)
    {
        string[] first = [.. deciding.Select(cell => cell.Key)];
        return
        [
            .. from cell in tables.SelectMany(table => table.Rows).SelectMany(row => row.Cells).OfType<PartialTrainingCell>().DistinctBy(cell => cell.Key)
               let rank = Array.IndexOf(first, cell.Key)
               orderby rank < 0 ? int.MaxValue : rank
               from seed in Enumerable.Range(1, seeds)
               select cell.With(seed),
        ];
    }

    private static void RunGroup(
        ReproduceQuestion question, PartialTrainingCell[] cells, CellStore store, Dictionary<string, PartialTrainingOutcome> outcomes, List<string> notes, Execution run)
    {
        PartialTrainingRun? runner = null;
        try
        {
            for (int i = 0; i < cells.Length; i++)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                if (store.Find(cells[i].Key) is not { } kept)
                {
                    runner ??= Open(question, cells[i], notes, run);
                    kept = runner.Run(cells[i]).ToJson();
                    store.Keep(kept);
                }

                outcomes[cells[i].Key] = PartialTrainingOutcome.FromJson(kept);
                run.Report($"cells on {cells[i].Data}", i + 1, cells.Length);
            }
        }
        finally
        {
            runner?.Dispose();
        }
    }

    private static PartialTrainingRun Open(ReproduceQuestion question, PartialTrainingCell cell, List<string> notes, Execution run)
    {
        var data = PartialTrainingData.Load(cell.Data, cell.Rows, question.Data);
        notes.AddRange(data.Notes);
        return new(data, run with { Progress = null }); // its own stages would hide how far the cells are
    }
}
