using SeedHead.Heads;
using SeedHead.Studies;

namespace SeedHead.Report.Answers;

/// <summary>Counts of true against predicted classes, and what follows from them.</summary>
internal sealed class Confusion
{
    private readonly long[] support;
    private readonly long[] predicted;

    private Confusion(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        Counts = counts;
        support = [.. counts.Select(row => row.Sum(count => (long)count))];
        predicted = [.. counts.Select((_, j) => counts.Sum(row => (long)row[j]))];
        Total = support.Sum();
    }

    public IReadOnlyList<IReadOnlyList<int>> Counts { get; }

    public int Classes => Counts.Count;

    public long Total { get; }

    /// <summary>The class with the most rows; the first of them.</summary>
    public int Largest => Array.IndexOf(support, support.Max());

    /// <summary>Share of all rows that are of the largest class.</summary>
    public double LargestShare => support[Largest] / (double)Total;

    /// <summary>The table of a score; null where there is none, or none that is square.</summary>
    public static Confusion? Of(Score score) =>
        score.Confusion is { Count: > 0 } counts && counts.All(row => row.Count == counts.Count) ? new Confusion(counts) : null;

    /// <summary>Rows of a class.</summary>
    public long Support(int i) => support[i];

    /// <summary>Share of the rows taken for a class that are of it; null when none is taken for it.</summary>
    public double? Precision(int i) => predicted[i] > 0 ? Counts[i][i] / (double)predicted[i] : null;

    /// <summary>Share of the rows of a class that are found; null when there are none.</summary>
    public double? Recall(int i) => support[i] > 0 ? Counts[i][i] / (double)support[i] : null;

    /// <summary>Harmonic mean of precision and recall, 2·right/(rows + taken); null when there is neither.</summary>
    public double? F1(int i) => support[i] + predicted[i] > 0 ? 2.0 * Counts[i][i] / (support[i] + predicted[i]) : null;

    /// <summary>The most frequent (true, predicted) pairs off the diagonal.</summary>
    public IReadOnlyList<(int True, int Predicted, int Count)> Frequent(int most)
    {
        var pairs = new List<(int True, int Predicted, int Count)>();
        for (int i = 0; i < Classes; i++)
        {
            for (int j = 0; j < Classes; j++)
            {
                if (i != j && Counts[i][j] > 0)
                {
                    pairs.Add((i, j, Counts[i][j]));
                }
            }
        }

        return [.. pairs.OrderByDescending(pair => pair.Count).Take(most)]; // the order is stable: ties stay in class order
    }
}

/// <summary>Short ways to an answer's parts.</summary>
internal static class FitAnswerParts
{
    /// <summary>The name of a class, or its number where the answer's list is too short.</summary>
    public static string ClassName(this FitAnswer answer, int i) =>
        answer.Data.Classes is { } classes && i < classes.Count ? classes[i] : $"class {i}";
}
