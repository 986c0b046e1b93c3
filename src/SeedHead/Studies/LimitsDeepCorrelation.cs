using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>E3 by rows: how much neurons of deep random networks correlate with the sine of a random direction.</summary>
/// <remarks>
/// E_w⟨f, √2·sin(ω⟨w, ·⟩)⟩² over E f²·E(√2·sin)² is the mean over directions of a product of two means, each over rows of its own, so that noise adds nothing in the mean. Rows come in pairs x, −x: the even part of f
/// cancels. Where the bound is below the noise nothing is told.
/// </remarks>
internal static class LimitsDeepCorrelation
{
    /// <summary>The largest dimension where the bound is far above the noise.</summary>
    public const int MostDimensions = 8;

    private const int Pairs = 4000; // of each half
    private const int Neurons = 32;
    private const int RowLayer = 3;
    private const double HalfPi = Math.PI / 2;

    /// <summary>A point: ‖w‖ = √d, three hidden layers, standard error over draws of networks, directions and rows.</summary>
    public static LimitsPoint At(LimitsQuestion question, int dimension, Execution run)
    {
        var draws = new double[question.Draws][];
        run.Team.For(draws.Length, draw => draws[draw] = [Draw(question, dimension, draw)]);
        return LimitsCurves.Point(dimension, draws);
    }

    private static double Draw(LimitsQuestion question, int d, int draw)
    {
        var weights = new WeightStream(question.Seed);
        double[][] rows = [.. Enumerable.Range(0, 4 * Pairs).Select(row => Row(weights, draw, row, d))];
        double[][] columns = new LimitsFamily("ReLU, 3 hidden layers", 3, z => Math.Max(0, z)).Columns(weights, draw, rows, Neurons);
        double sum = 0, energy = columns.Sum(column => LimitsDraws.Dot(column, column) / rows.Length), omega = HalfPi * Math.Sqrt(d);
        for (int t = 0; t < question.Targets; t++)
        {
            double[] w = LimitsDraws.Direction(weights, draw, LimitsDraws.TargetLayer, t, d);
            double[] sines = [.. rows.Select(x => (double)Elementary.Sin(omega * LimitsDraws.Dot(w, x)))];
            foreach (double[] column in columns)
            {
                double first = LimitsDraws.Dot(column.AsSpan(0, 2 * Pairs), sines.AsSpan(0, 2 * Pairs)), second = LimitsDraws.Dot(column.AsSpan(2 * Pairs), sines.AsSpan(2 * Pairs));
                sum += 2 * first * second / (4.0 * Pairs * Pairs);
            }
        }

        return sum / question.Targets / energy / -Elementary.Expm1(-2 * HalfPi * HalfPi * d);
    }

    /// <summary>Rows 2i and 2i + 1 are x and −x.</summary>
    private static double[] Row(WeightStream weights, int draw, int row, int d)
    {
        var x = new double[d];
        LimitsDraws.Normals(weights, draw, RowLayer, row / 2, x);
        return row % 2 == 0 ? x : [.. x.Select(value => -value)];
    }
}
