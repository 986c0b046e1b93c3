using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>Findings of the studies of bounds: E2, E3, E4, E12.</summary>
internal static class PowerLimitsBoundChecks
{
    /// <summary>log₁₀ N as derived: for d = 3, 5, 8, 10, 15, 20 at ε = 1e-2, 1e-3, 1e-4, 1/(50·d⁶).</summary>
    private static readonly (int Dimension, double[] Values)[] Printed =
    [
        (3, [0.93, 1.14, 1.83, 2.21]), (5, [1.28, 2.22, 3.45, 5.94]), (8, [1.63, 3.36, 5.55, 12.76]), (10, [1.80, 4.12, 6.81, 17.81]), (15, [2.13, 5.44, 9.57, 31.64]), (20, [2.36, 6.59, 12.10, 46.67]),
    ];

    public static IEnumerable<Check> Needed(PowerLimitsCurves curves)
    {
        var found = (from row in Printed
                     from column in Enumerable.Range(0, 4)
                     let point = curves.Point(curves.All[column].Label, 0, row.Dimension)
                     where point is not null
                     select (row.Dimension, Column: column, Printed: row.Values[column], Ours: point.Mean)).ToArray();
        var off = found.Where(value => Math.Abs(value.Ours - value.Printed) > 0.0101).ToArray();
        if (found.Length == 0)
        {
            yield break;
        }

        yield return new(
            "E2 table", "The bound on the number of features has its known values.", "entries off by more than 0.01 in log10 N", "= 0", off.Length == 0, $"{found.Length} entries", off.Length,
            off.Length == 0 ? "all agree" : string.Join("; ", off.Select(value => FormattableString.Invariant($"d = {value.Dimension}, {curves.All[value.Column].Label}: {value.Ours:0.000}, known {value.Printed:0.00}"))));
        LimitsPoint[] steep = [.. curves.All[3].Points.Where(point => point.At >= 8)];
        if (steep.Length > 1)
        {
            double least = steep.Zip(steep.Skip(1), (a, b) => (b.Mean - a.Mean) / (b.At - a.At)).Min();
            yield return new("E2 scale", "At the scale of the theorem the number grows by more than two decades a dimension.", "least growth of log10 N a dimension from d = 8 on", "> 2", least > 2, "> 2", least, "ε = 1/(50·d⁶)");
        }
    }

    public static IEnumerable<Check> Sine(PowerLimitsCurves curves)
    {
        double worst = curves.Bounded.Max(pair => pair.Point.Mean / pair.Point.Bound!.Value);
        yield return new("E3 line", "No feature correlates more than the largest eigenvalue allows.", "greatest mean squared correlation over its bound", "≤ 1", worst <= 1, "below the line", worst, $"{curves.Bounded.Count()} points");
        LimitsCurve line = curves.All.First(curve => curve.Label == "largest possible, ‖w‖ = √d");
        if (line.Slope is { } slope)
        {
            yield return new("E3 slope", "The bound falls by e^(−1.00) a dimension at ‖w‖ = √d.", "slope of ln bound against d, from d = 10", "−1.00 ± 0.05", Math.Abs(slope + 1) <= 0.05, "−1.00", slope, "");
            double[] slopes = [.. curves.All.Where(curve => curve.Label.EndsWith("= √d", StringComparison.Ordinal) && curve != line).Select(curve => curve.Slope).OfType<double>()];
            yield return new(
                "E3 features", "Correlations of single features fall as fast, or faster.", "greatest slope of ln correlation against d", "≤ −0.95", slopes.Max() <= -0.95, "−1.00", slopes.Max(),
                string.Join(", ", slopes.Select(value => FormattableString.Invariant($"{value:0.00}"))));
        }
    }

    public static IEnumerable<Check> Weights(PowerLimitsCurves curves)
    {
        var bounded = curves.Bounded.Where(pair => pair.Point.Bound > 0).ToArray();
        double least = bounded.Length == 0 ? double.PositiveInfinity : bounded.Min(pair => pair.Point.Mean / pair.Point.Bound!.Value);
        yield return new(
            "E4 certificate", "Measured weights are at least as large as certified.", "least measured r·max|u|·B over its certificate", "≥ 1", bounded.Length == 0 ? null : least >= 1, "≥ 1", bounded.Length == 0 ? null : least,
            $"{bounded.Length} points with a certificate above 0; elsewhere the error is not reached by any weights, or nothing is certified");
        LimitsPoint[] certified = [.. curves.Points("certified for half of the floor, any features", 0).Where(point => point.At >= 15)];
        if (certified.Length >= 3)
        {
            LineFit fit = Line(certified);
            yield return new("E4 growth", "The certificate grows like e^(0.48·d).", "slope of ln against d, from d = 15", "0.48 ± 0.02", Math.Abs(fit.Slope - 0.48) <= 0.02, "0.48", fit.Slope, FormattableString.Invariant($"R² {fit.R2:0.0000}"));
        }

        LimitsCurve loose = curves.All.First(curve => curve.Label.Contains("0.3", StringComparison.Ordinal));
        if (loose.Points.Count >= 3)
        {
            LineFit fit = Line(loose.Points);
            yield return new(
                "E4 line", "Measured sizes lie on a straight line in the logarithm.", "R² of ln size against d at a relative error of 0.3", "≥ 0.9", fit.R2 >= 0.9, "straight line", fit.R2,
                FormattableString.Invariant($"slope {fit.Slope:0.000} over {loose.Points.Count} dimensions"));
        }
    }

    public static IEnumerable<Check> Wave(PowerLimitsCurves curves)
    {
        double worst = curves.Bounded.Max(pair => Math.Abs(pair.Point.Mean - pair.Point.Bound!.Value));
        yield return new("E12 wave", "The sum of neurons is a triangle wave.", "greatest difference over places", "≤ 1e-10", worst <= 1e-10, "exact", worst, $"{curves.Bounded.Count()} places");
        double off = curves.All.Where(curve => curve.Label.StartsWith("energy", StringComparison.Ordinal)).Max(curve =>
        {
            double mean = curve.Points.Sum(point => point.At * point.Mean) / curve.Points.Sum(point => point.Mean);
            return Math.Abs((mean / (Math.PI * Math.PI / 4 * curve.Dimension)) - 1);
        });
        yield return new("E12 degrees", "Its sine has degrees around (ωR)².", "greatest relative distance of the mean degree from (ωR)²", "≤ 0.01", off <= 0.01, "(ωR)²", off, "");
    }

    private static LineFit Line(IEnumerable<LimitsPoint> points) =>
        Statistics.Line([.. points.Select(point => point.At)], [.. points.Select(point => (double)Elementary.Log(point.Mean))]);
}
