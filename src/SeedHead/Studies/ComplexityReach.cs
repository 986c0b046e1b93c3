using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>Finds the weight scale whose mean complexity is a given value, by halving between two scales of the map on the logarithm of the scale.</summary>
/// <remarks>The same networks are drawn at every scale, so that their mean is one function of the scale, not a new sample each time.</remarks>
internal static class ComplexityReach
{
    private const int Halvings = 12;
    private const double SlopeStep = 0.05; // of ln scale, each way

    public static ReachedScale Solve(ComplexityQuestion question, Execution run, IReadOnlyList<ComplexityCell> cells, int? depth, double value)
    {
        string text = ComplexityNets.Text(question, depth);
        string first = question.Measures[0].Name;
        ComplexityCell[] along = [.. cells.Where(cell => cell.Net == text && cell.Measure == first && cell.Mean is not null).OrderBy(cell => cell.Scale)];
        int layers = cells.First(cell => cell.Net == text).Depth;
        (double? least, double? greatest) = along.Length == 0 ? ((double?)null, null) : (along.Min(cell => cell.Mean), along.Max(cell => cell.Mean));
        int at = Enumerable.Range(0, Math.Max(0, along.Length - 1)).FirstOrDefault(i => (along[i].Mean - value) * (along[i + 1].Mean - value) <= 0, -1);
        if (at < 0)
        {
            return new(layers, value, null, null, null, least, greatest);
        }

        double low = Elementary.Log(along[at].Scale), high = Elementary.Log(along[at + 1].Scale);
        bool rises = along[at].Mean < along[at + 1].Mean;
        var map = new ComplexityMap(question with { Measures = [question.Measures[0]] }, run);
        ComplexityCell Cell(double logarithm) => map.At(run.Team, depth, Elementary.Exp(logarithm))[0];
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            bool below = Cell(middle).Mean < value;
            (low, high) = below == rises ? (middle, high) : (low, middle);
        }

        double found = (low + high) / 2;
        ComplexityCell cell = Cell(found);
        double? slope = (Cell(found + SlopeStep).Mean - Cell(found - SlopeStep).Mean) / (2 * SlopeStep);
        double scale = Elementary.Exp(found);
        double? error = cell.StandardError * scale / (slope is { } rate && rate != 0 ? Math.Abs(rate) : null);
        return new(layers, value, scale, error, cell.Mean, least, greatest);
    }
}
