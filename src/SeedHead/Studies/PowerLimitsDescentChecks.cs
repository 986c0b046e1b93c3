namespace SeedHead.Studies;

/// <summary>Findings of the studies of descent and of rows: E7, E8, E13.</summary>
internal static class PowerLimitsDescentChecks
{
    public static IEnumerable<Check> Layers(PowerLimitsCurves curves)
    {
        LimitsCurve[] trained = [.. curves.All.Where(curve => curve.Label.EndsWith("both layers, by width", StringComparison.Ordinal))];
        double worst = trained.Max(curve => curve.Points[^1].Mean);
        yield return new("E7 loss", "Descent on both layers reaches the best polynomial.", "greatest relative error after the last step at the largest width", "≤ 0.1", worst <= 0.1, "→ ε", worst, Texts(trained));
        string zero = LimitsDescentStudy.Name(TwoLayerStart.Zero), pairs = LimitsDescentStudy.Name(TwoLayerStart.Pairs);
        foreach (int d in curves.All.Select(curve => curve.Dimension).Distinct())
        {
            if (LimitsCurves.LogSlope(curves.Points($"h_2, {pairs}: relative movement of the first layer, by width", d), 0) is { } slope)
            {
                yield return new($"E7 movement d={d}", "At the tangent scale the first layer moves by r^(−1/2).", "slope of ln movement on ln r", "−0.5 ± 0.1", Math.Abs(slope + 0.5) <= 0.1, "−1/2", slope, "");
            }

            foreach (int power in new[] { 1, 2 })
            {
                double[] gaps = [.. curves.Points($"h_{power}, {zero}: both layers, by width", d).Zip(curves.Points($"h_{power}, {zero}: output weights alone, by width", d), (both, one) => one.Mean - both.Mean)];
                yield return new(
                    $"E7 gap h_{power} d={d}", "From output weights 0 the gap between trained and fixed first layers shrinks with the width.", "gap at the largest width over that at the smallest", "< 0.25", Math.Abs(gaps[^1]) < 0.25 * Math.Abs(gaps[0]), "shrinks", Math.Abs(gaps[^1] / gaps[0]),
                    string.Join(", ", gaps.Select(gap => FormattableString.Invariant($"{gap:0.0000}"))));
            }
        }
    }

    public static IEnumerable<Check> Online(PowerLimitsCurves curves)
    {
        LimitsCurve[] samples = [.. curves.All.Where(curve => curve.Label.StartsWith("samples", StringComparison.Ordinal))];
        foreach (LimitsCurve curve in samples)
        {
            if (LimitsCurves.LogSlope(curve.Points, 0) is { } slope)
            {
                yield return new(
                    $"E8 {curve.Label}", "Online descent needs samples in proportion to the dimension.", "exponent of d", "1.0 ± 0.1", Math.Abs(slope - 1) <= 0.1, "1.0", slope,
                    string.Join("; ", curve.Points.Select(point => FormattableString.Invariant($"d = {point.At}: {point.Mean / point.At:0.0}·d"))));
            }
        }

        LimitsCurve random = curves.All.First(curve => curve.Label.StartsWith("error of", StringComparison.Ordinal));
        double least = random.Points.Min(point => point.Mean / point.Bound!.Value), worst = random.Points.Min(point => point.Mean);
        yield return new(
            "E8 random features", "Random features of the same width stay at E1's value.", "least of their errors over the bound that no number of samples can pass", "≥ 1", least >= 1, "stay", least,
            FormattableString.Invariant($"errors {string.Join(", ", random.Points.Select(point => FormattableString.Invariant($"d = {point.At}: {point.Mean:0.000}")))}; descent reaches a relative error of {4e-6:0e+0}; the least is {worst:0.000}"));
    }

    public static IEnumerable<Check> Rows(PowerLimitsCurves curves)
    {
        var halves = (from curve in curves.All
                      let k = curve.Label["degree ".Length] - '0'
                      let half = Last(curve.Points)
                      where half is not null
                      select (curve.Label, Power: k, curve.Dimension, Ratio: half.Value / PowerLimitsNeuronChecks.Expected(curve.Dimension, k))).ToArray();
        double worst = halves.Max(half => Math.Max(half.Ratio, 1 / half.Ratio));
        yield return new(
            "E13 staircase", "Rows near d^k/k! teach degree k.", "greatest factor between half-error place and d^k/k!", "≤ 4", worst <= 4, "n ~ d^k", worst,
            string.Join("; ", halves.Select(half => FormattableString.Invariant($"{half.Label}, d = {half.Dimension}: {half.Ratio:0.00}"))));
        int wrong = 0, places = 0;
        foreach (var kernel in curves.All.GroupBy(curve => (curve.Dimension, curve.Label[10..])))
        {
            LimitsCurve[] degrees = [.. kernel.OrderBy(curve => curve.Label, StringComparer.Ordinal)];
            for (int k = 1; k < degrees.Length; k++)
            {
                var pairs = degrees[k - 1].Points.Zip(degrees[k].Points).Where(pair => pair.First.Mean < 0.5).ToArray();
                (wrong, places) = (wrong + pairs.Count(pair => pair.Second.Mean <= pair.First.Mean), places + pairs.Length);
            }
        }

        yield return new("E13 order", "One degree is learned after the other.", "places where a degree is learned before a lower one", "= 0", wrong == 0, "staircase", wrong, $"{places} places");
        yield return PowerLimitsNeuronChecks.Above("E13", curves);
    }

    /// <summary>Where errors fall below ½ for good: they may rise above 1 before.</summary>
    private static double? Last(IReadOnlyList<LimitsPoint> points)
    {
        int before = points.ToList().FindLastIndex(point => point.Mean >= 0.5);
        return before < 0 || before == points.Count - 1 ? null : PowerLimitsNeuronChecks.Half([points[before], points[before + 1]]);
    }

    private static string Texts(LimitsCurve[] curves) => string.Join("; ", curves.Select(curve => FormattableString.Invariant($"{curve.Label[..curve.Label.IndexOf(':', StringComparison.Ordinal)]}, d = {curve.Dimension}: {curve.Points[^1].Mean:0.0000}")));
}
