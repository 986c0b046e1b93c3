namespace SeedHead.Studies;

/// <summary>Findings of other targets, laws and features: E14 to E17.</summary>
internal static class PowerLimitsOtherChecks
{
    public static IEnumerable<Check> Waves(PowerLimitsCurves curves) =>
        [PowerLimitsNeuronChecks.Above("E14", curves), Ascending("E14 order", "Quicker waves are harder at every number of features.", curves)];

    public static IEnumerable<Check> Parities(PowerLimitsCurves curves)
    {
        yield return PowerLimitsNeuronChecks.Above("E15", curves);
        yield return Ascending("E15 order", "Parities of more bits are harder.", curves);
    }

    public static IEnumerable<Check> Laws(PowerLimitsCurves curves)
    {
        foreach ((LimitsCurve upper, LimitsCurve lower) in Brackets(curves))
        {
            if (!upper.Label.StartsWith("Gaussian", StringComparison.Ordinal))
            {
                double[] ratios = [.. upper.Points.Select(point => point.Mean / curves.Point("Gaussian, fresh rows", upper.Dimension, point.At)!.Mean)];
                yield return new($"E16 {upper.Label.Split(',')[0]} d={upper.Dimension}", "Under this law the error is of the same size.", "greatest error over that of the Gaussian law", "reported", null, "none", ratios.Max(), string.Join(", ", ratios.Select(ratio => FormattableString.Invariant($"{ratio:0.00}"))));
            }
        }

        foreach (LimitsPoint[] found in from exact in curves.All
                                        where exact.Label.Length == 0
                                        from point in exact.Points
                                        let upper = curves.Point("Gaussian, fresh rows", exact.Dimension, point.At)
                                        let lower = curves.Point("Gaussian, fitted rows", exact.Dimension, point.At)
                                        where upper is not null && lower is not null
                                        select (LimitsPoint[])[point with { Spread = exact.Dimension }, lower, upper])
        {
            (LimitsPoint exact, LimitsPoint lower, LimitsPoint upper) = (found[0], found[1], found[2]);
            double below = (lower.Mean - exact.Mean) / Error(lower, exact), above = (exact.Mean - upper.Mean) / Error(upper, exact);
            yield return new(
                $"E16 exact d={exact.Spread:0} N={exact.At}", "The exact error of the Gaussian law lies between the two estimates by rows.", "how far outside, in standard errors", "≤ 3", Math.Max(below, above) <= 3, "inside", Math.Max(below, above),
                FormattableString.Invariant($"{lower.Mean:0.000e+0} to {upper.Mean:0.000e+0}, exact {exact.Mean:0.000e+0}"));
        }

        yield return Order("E16", curves);
        yield return PowerLimitsNeuronChecks.Above("E16", curves);
    }

    public static IEnumerable<Check> Families(PowerLimitsCurves curves) => [Order("E17", curves), PowerLimitsNeuronChecks.Above("E17", curves)];

    private static IEnumerable<(LimitsCurve Upper, LimitsCurve Lower)> Brackets(PowerLimitsCurves curves) =>
        from upper in curves.All
        where upper.Label.EndsWith(", fresh rows", StringComparison.Ordinal)
        select (upper, curves.All.First(curve => curve.Dimension == upper.Dimension && curve.Label == upper.Label.Replace(", fresh rows", ", fitted rows", StringComparison.Ordinal)));

    private static double Error(LimitsPoint a, LimitsPoint b) => Math.Sqrt(((a.StandardError ?? 0) * (a.StandardError ?? 0)) + ((b.StandardError ?? 0) * (b.StandardError ?? 0)));

    private static Check Order(string study, PowerLimitsCurves curves)
    {
        var ratios = Brackets(curves).Select(pair => (pair.Upper, Widest: pair.Upper.Points.Zip(pair.Lower.Points, (upper, lower) => upper.Mean / lower.Mean).Max())).ToArray();
        double widest = ratios.Max(ratio => ratio.Widest);
        return new($"{study} bracket", "Sampling tells the least error within a factor.", "greatest upper over lower estimate", "≤ 2", widest <= 2, "none", widest,
            string.Join("; ", ratios.Select(ratio => FormattableString.Invariant($"{ratio.Upper.Label[..ratio.Upper.Label.LastIndexOf(',')]}, d = {ratio.Upper.Dimension}: {ratio.Widest:0.00}"))));
    }

    private static Check Ascending(string id, string finding, PowerLimitsCurves curves)
    {
        string[] wrong = [.. from dimension in curves.All.GroupBy(curve => curve.Dimension)
                             from pair in dimension.Zip(dimension.Skip(1))
                             from points in pair.First.Points.Zip(pair.Second.Points)
                             where points.Second.Mean <= points.First.Mean
                             select $"d = {dimension.Key}, {pair.Second.Label}, N = {points.Second.At}"];
        return new(id, finding, "places where a harder target has the smaller error", "= 0", wrong.Length == 0, "harder", wrong.Length, string.Join("; ", wrong));
    }
}
