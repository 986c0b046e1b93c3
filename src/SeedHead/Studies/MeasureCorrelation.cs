namespace SeedHead.Studies;

/// <summary>How two measures agree over the cells of a map, on the means of those that have both.</summary>
/// <param name="X">One measure.</param>
/// <param name="Y">The other.</param>
/// <param name="Cells">Cells with a mean of both.</param>
/// <param name="Pearson">r; NaN where a measure is the same everywhere.</param>
/// <param name="PearsonLow">2.5 % of r over 2,000 resamples of the cells.</param>
/// <param name="PearsonHigh">97.5 %.</param>
/// <param name="Spearman">ρ, r of the ranks.</param>
/// <param name="SpearmanLow">2.5 %.</param>
/// <param name="SpearmanHigh">97.5 %.</param>
public sealed record MeasureCorrelation(
    string X, string Y, int Cells, double Pearson, double PearsonLow, double PearsonHigh, double Spearman, double SpearmanLow, double SpearmanHigh)
{
    private const int FewestCells = 4;

    /// <summary>Of every pair of measures.</summary>
    internal static IEnumerable<MeasureCorrelation> Of(IReadOnlyList<MeasureSummary> measures, IReadOnlyList<ComplexityCell> cells)
    {
        for (int i = 0; i < measures.Count; i++)
        {
            for (int j = i + 1; j < measures.Count; j++)
            {
                (ComplexityCell X, ComplexityCell Y)[] both = [.. Pairs(cells, measures[i].Name, measures[j].Name)];
                if (both.Length >= FewestCells)
                {
                    yield return Of(measures[i].Name, measures[j].Name, [.. both.Select(pair => pair.X.Mean!.Value)], [.. both.Select(pair => pair.Y.Mean!.Value)]);
                }
            }
        }
    }

    /// <summary>The cells that have a mean of both measures.</summary>
    internal static IEnumerable<(ComplexityCell X, ComplexityCell Y)> Pairs(IReadOnlyList<ComplexityCell> cells, string x, string y) =>
        cells.Where(cell => cell.Measure == x && cell.Mean is not null)
            .Join(cells.Where(cell => cell.Measure == y && cell.Mean is not null), cell => (cell.Net, cell.Scale), cell => (cell.Net, cell.Scale), (first, second) => (first, second));

    private static MeasureCorrelation Of(string x, string y, double[] xs, double[] ys)
    {
        Correlated pearson = Correlation.PearsonInterval(xs, ys), spearman = Correlation.SpearmanInterval(xs, ys);
        return new(x, y, xs.Length, pearson.Value, pearson.Low, pearson.High, spearman.Value, spearman.Low, spearman.High);
    }
}
