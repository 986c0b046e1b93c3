using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>E4: how large the weights of given features must be for an error, beside the size that is certified for every family of features.</summary>
internal static class LimitsWeightStudy
{
    private const double Doubt = 0.5;

    private static readonly (string Label, Func<int, double> Share)[] Tolerances =
    [
        ("a relative error of 0.3", _ => 0.3), ("a relative error of 0.1", _ => 0.1), ("half of the floor", d => Floor(d) / 2 / Energy(d)),
    ];

    public static IEnumerable<LimitsCurve> Sizes(LimitsQuestion question, Execution run, List<string> notes)
    {
        int width = question.Widths[^1];
        foreach ((string label, Func<int, double> share) in Tolerances)
        {
            var points = new List<LimitsPoint>();
            foreach (int d in question.Dimensions)
            {
                var sizes = new double?[question.Draws];
                run.Team.For(question.Draws, draw => sizes[draw] = Size(question, d, draw, width, share(d)));
                double[] reached = [.. sizes.OfType<double>()];
                if (reached.Length < sizes.Length)
                {
                    notes.Add($"d = {d}, {label}: {sizes.Length - reached.Length} of {sizes.Length} draws of {width} features do not reach it with any weights");
                }
                else
                {
                    double log = TriangleWave.LogWeightsNeeded(d, Math.Sqrt(d), 1, share(d) * Energy(d), Doubt);
                    points.Add(LimitsCurves.Point(d, [.. reached.Select(size => new[] { size })]) with { Bound = log == double.NegativeInfinity ? 0 : Elementary.Exp(log) });
                }
            }

            yield return new LimitsCurve($"{width} features, {label}", 0, points)
            {
                Slope = points.Count < 3 ? null : LimitsCurves.Slope([.. points.Select(point => (point.At, Elementary.Log(point.Mean)))]),
            };
        }

        yield return new LimitsCurve("certified for half of the floor, any features", 0, [.. question.Dimensions.Select(d =>
            LimitsCurves.Sure(d, Elementary.Exp(TriangleWave.LogWeightsNeeded(d, Math.Sqrt(d), 1, Floor(d) / 2, Doubt))))]);
        notes.Add("slopes are those of ln against d; a bound of 0 certifies nothing at that error");
    }

    private static double Floor(int d) => TriangleWave.Floor(d, Math.Sqrt(d), 1);

    /// <summary>E g² of g = [⟨w, x⟩ + 1]₊, ‖w‖ = √d.</summary>
    private static double Energy(int d) => d * ReluPair.Energy(1 / Math.Sqrt(d));

    /// <summary>The smallest r·max|u|·max‖f‖, or null.</summary>
    private static double? Size(LimitsQuestion question, int d, int draw, int width, double share)
    {
        var weights = new WeightStream(question.Seed);
        double[][] w = LimitsDraws.Directions(weights, draw, LimitsDraws.FeatureLayer, width, d);
        double[] v = LimitsDraws.Direction(weights, draw, LimitsDraws.TargetLayer, 0, d);
        double[] b = [.. w.Select((_, i) => (double)weights.Normal(new(draw, LimitsDraws.FeatureLayer, i, 0, WeightKind.Bias)))];
        var gram = new double[width * width];
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double value = i == j ? ReluPair.Energy(b[i]) : ReluPair.Expectation(b[i], b[j], LimitsDraws.Cosine(w[i], w[j]));
                (gram[(i * width) + j], gram[(j * width) + i]) = (value, value);
            }
        }

        double length = Math.Sqrt(d), energy = Energy(d);
        double[] products = [.. w.Select((direction, i) => length * ReluPair.Expectation(b[i], 1 / length, LimitsDraws.Cosine(direction, v)))];
        return LimitsFit.Of(gram, width, width, Team.Single).Error(products, energy) > 0.98 * share * energy ? null // as good as unreachable: weights without end
            : LimitsBox.Smallest(gram, products, energy, share * energy)?.Size * Math.Sqrt(b.Max(ReluPair.Energy));
    }
}
