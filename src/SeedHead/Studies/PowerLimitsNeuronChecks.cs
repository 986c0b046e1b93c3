using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>Findings of the studies of exact errors: E1, E5, E6, E9, E10, E11.</summary>
internal static class PowerLimitsNeuronChecks
{
    private static readonly (int Dimension, int Width, double Mean)[] Means = [(3, 16, 1.48e-2), (3, 128, 3.40e-4), (5, 32, 2.73e-2), (5, 256, 3.13e-3)];

    private static readonly (int Dimension, int Width, double Mean)[] Single =
    [
        (3, 1024, 1.3e-5), (3, 2048, 5.2e-6), (5, 2048, 6.2e-4), (9, 64, 5.1e-2), (9, 512, 1.1e-2), (9, 2048, 5.4e-3), (15, 256, 3.5e-2), (15, 2048, 1.5e-2),
        (25, 64, 0.24), (25, 512, 4.7e-2), (25, 2048, 2.3e-2),
    ];

    private static readonly (int Dimension, int Width, double[] Errors)[] Powers =
    [
        (5, 32, [.011, .211, .799, .935]), (5, 256, [.0001, .009, .130, .408]), (5, 1500, [0, .0008, .023, .106]),
        (10, 32, [.075, .697, .970, .995]), (10, 256, [.0011, .064, .627, .903]), (10, 1500, [.0001, .007, .153, .513]),
        (20, 32, [.198, .944, .998, 1]), (20, 256, [.0047, .367, .943, .994]), (20, 1500, [.0004, .041, .631, .934]),
    ];

    private static readonly (int Dimension, int Neurons, double Error)[] Tangents =
    [
        (5, 8, 4.8e-2), (5, 32, 1.1e-2), (5, 128, 3.1e-3), (10, 8, .12), (10, 32, 3.5e-2), (10, 96, 1.6e-2), (20, 8, .21), (20, 32, 5.7e-2), (20, 64, 3.5e-2),
    ];

    public static IEnumerable<Check> One(PowerLimitsCurves curves)
    {
        foreach ((int d, int width, double mean) in Means)
        {
            if (curves.Point("", d, width) is { StandardError: { } error } point)
            {
                bool holds = Math.Abs(point.Mean - mean) <= Math.Max(0.15 * mean, 3 * error);
                yield return new(
                    $"E1 d={d} N={width}", $"The mean error of {width} features for a neuron in {d} dimensions is the known one.", "mean relative error over its known value", "1 ± 0.15, or 3 standard errors", holds,
                    $"{mean:0.00e+0}", point.Mean / mean, FormattableString.Invariant($"{point.Mean:0.000e+0} ± {error:0.0e+0} (standard error)"));
            }
        }

        var single = (from cell in Single let point = curves.Point("", cell.Dimension, cell.Width) where point is not null select (cell, Off: Math.Abs((point.Mean / cell.Mean) - 1))).ToArray();
        if (single.Length > 0)
        {
            yield return new(
                "E1 others", "Errors known from single draws.", "greatest relative difference", "≤ 0.30", single.Max(pair => pair.Off) <= 0.3, $"{single.Length} values", single.Max(pair => pair.Off),
                string.Join("; ", single.Select(pair => FormattableString.Invariant($"d = {pair.cell.Dimension}, N = {pair.cell.Width}: {100 * pair.Off:0} %"))));
        }

        double least = curves.Bounded.Where(pair => pair.Point.Bound > 0).Min(pair => pair.Point.Mean / pair.Point.Bound!.Value);
        yield return new("E1 bound", "The mean over targets stays above the bound for any features.", "least mean error over its bound", "> 1", least > 1, "above", least, $"{curves.Bounded.Count()} points");
        double most = curves.Bounded.Where(pair => pair.Point.Bound > 0 && pair.Point.At > pair.Curve.Dimension).Max(pair => pair.Point.Mean / pair.Point.Bound!.Value);
        yield return new("E1 closeness", "Once N > d the bound is met within a factor of about four.", "greatest mean error over its bound, N > d", "≤ 5", most <= 5, "about 4", most, "");
        foreach (int d in new[] { 3, 5 })
        {
            LimitsPoint[] points = [.. curves.Points("", d).Where(point => point.At is >= 128 and <= 1024)];
            if (LimitsCurves.LogSlope(points, 128) is { } slope && points.Length >= 4)
            {
                double expected = -3.0 / (d - 1), bound = LimitsCurves.LogSlope(points.Select(point => point with { Mean = point.Bound ?? 0 }), 128) ?? double.NaN;
                yield return new(
                    $"E1 slope d={d}", "Errors fall like N^(−3/(d − 1)).", "slope of ln error on ln N, N = 128 to 1,024", FormattableString.Invariant($"{expected:0.00} ± 0.1"), Math.Abs(slope - expected) <= 0.1,
                    FormattableString.Invariant($"{expected:0.00}"), slope, FormattableString.Invariant($"slope of the bound there {bound:0.00}"));
            }
        }

        if (curves.Point("", 25, 2048) is { } wide)
        {
            double off = Math.Max(Math.Abs((wide.Min / 2.1e-2) - 1), Math.Abs((wide.Max / 2.5e-2) - 1));
            yield return new(
                "E1 concentration", "In 25 dimensions all targets are alike.", "greatest relative difference of least and greatest error, N = 2,048", "≤ 0.15", off <= 0.15, "2.1e-2 to 2.5e-2", off,
                FormattableString.Invariant($"{wide.Min:0.00e+0} to {wide.Max:0.00e+0}"));
            if (curves.Seconds("E1 | d 25 | widths 2048 ") is { } seconds)
            {
                yield return new("E1 time", "The exact error of N = 2,048 features, d = 25, 200 targets.", "seconds, with the threads of the run", "≤ 20", seconds <= 20, "≤ 20 s on 2 cores", seconds, "");
            }
        }
    }

    public static IEnumerable<Check> Leaning(PowerLimitsCurves curves)
    {
        LimitsCurve[] leaning = [.. curves.All.Where(curve => curve.Points.Any(point => point.At == 90) && curve.Label.Length > 0)];
        if (leaning.Length > 0)
        {
            double ratio = leaning.Max(curve => curve.Points.MinBy(point => point.At)!.Mean / curve.Points.MaxBy(point => point.At)!.Mean);
            bool falls = leaning.All(curve => curve.Points.Zip(curve.Points.Skip(1)).All(pair => pair.First.Mean < pair.Second.Mean));
            yield return new("E5 collapse", "Features that know the target escape the limit.", "error at 5° over that at 90°, the worst dimension", "≤ 0.01, falling all the way", falls && ratio <= 0.01, "collapses", ratio, falls ? "falls at every angle" : "does not fall at every angle");
        }

        LimitsPoint[] spread = [.. curves.All.Where(curve => curve.Label.Length == 0).OrderBy(curve => curve.Dimension).Select(curve => curve.Points[0])];
        if (spread.Length > 1)
        {
            double[] values = [.. spread.Select(point => point.Spread ?? double.NaN)];
            bool falls = values.Zip(values.Skip(1)).All(pair => pair.Second < pair.First);
            yield return new("E5 spread", "For a rotation-invariant law the error over targets concentrates with d.", "relative deviation over 200 targets, greatest over least dimension", "< 1, falling", falls, "shrinks", values[^1] / values[0], string.Join(", ", values.Select(value => FormattableString.Invariant($"{value:0.000}"))));
        }
    }

    public static IEnumerable<Check> Polynomials(PowerLimitsCurves curves)
    {
        var table = (from row in Powers
                     from k in Enumerable.Range(1, 4)
                     let point = curves.Point($"h_{k}", row.Dimension, row.Width)
                     where point is not null
                     select ($"h_{k}, d = {row.Dimension}, N = {row.Width}", row.Errors[k - 1], point)).ToArray();
        if (table.Length > 0)
        {
            yield return Table("E6 table", "Errors of h_1 to h_4 are the known ones.", table);
        }

        yield return Above("E6", curves);
        var halves = (from curve in curves.All
                      let k = curve.Label[^1] - '0'
                      let half = Half(curve.Points)
                      where half is not null
                      select (Power: k, curve.Dimension, Ratio: half.Value / Expected(curve.Dimension, k))).ToArray();
        if (halves.Length > 0)
        {
            double worst = halves.Max(half => Math.Max(half.Ratio, 1 / half.Ratio));
            yield return new(
                "E6 staircase", "Half of the error is reached near N = d^k/k!.", "greatest factor between the two", "≤ 4", worst <= 4, "near", worst,
                string.Join("; ", halves.Select(half => FormattableString.Invariant($"h_{half.Power}, d = {half.Dimension}: {half.Ratio:0.00}"))));
            var groups = halves.GroupBy(half => half.Power).Where(group => group.Count() > 1).ToArray();
            if (groups.Length > 0)
            {
                double collapse = groups.Max(group => group.Max(half => half.Ratio) / group.Min(half => half.Ratio));
                yield return new("E6 collapse", "Curves of all dimensions fall together over N·k!/d^k.", "greatest over least half-error place, of one k", "≤ 2", collapse <= 2, "collapse", collapse, $"{groups.Length} powers");
            }
        }
    }

    public static IEnumerable<Check> Tangent(PowerLimitsCurves curves)
    {
        var table = (from row in Tangents let point = curves.Point("tangent", row.Dimension, row.Neurons) where point is not null select ($"d = {row.Dimension}, {row.Neurons} neurons", row.Error, point)).ToArray();
        if (table.Length > 0)
        {
            yield return Table("E9 table", "Errors of tangent features are the known ones.", table);
        }

        yield return Above("E9", curves);
        double[] ratios = [.. from curve in curves.All where curve.Label == "tangent" from point in curve.Points let other = curves.Point("ReLU, as many parameters", curve.Dimension, point.At) where other is not null select point.Mean / other.Mean];
        double worst = ratios.Max(ratio => Math.Max(ratio, 1 / ratio));
        yield return new("E9 parity", "At equal parameters tangent features are no better than random ones.", "greatest factor between the two errors", "≤ 2", worst <= 2, "similar", worst, string.Join(", ", ratios.Select(ratio => FormattableString.Invariant($"{ratio:0.00}"))));
    }

    public static IEnumerable<Check> Biases(PowerLimitsCurves curves)
    {
        double worst = curves.All.Where(curve => curve.Label == "h_3 without biases").SelectMany(curve => curve.Points).Max(point => Math.Abs(1 - point.Mean));
        yield return new("E10 odd", "Without biases h_3 is never learned.", "greatest distance of its error from 1", "≤ 1e-9", worst <= 1e-9, "exactly 1", worst, "");
        (int Dimension, string Limit)[] limits = [(5, ".2369"), (10, ".1319"), (20, ".0701")];
        var found = limits.Where(row => curves.Points("h_2 without biases", row.Dimension).Count > 0).Select(row => (row.Dimension, row.Limit, Last: curves.Points("h_2 without biases", row.Dimension)[^1])).ToArray();
        if (found.Length > 0)
        {
            double units = found.Max(row => PowerLimitsValues.Units(row.Limit, row.Last.Bound!.Value)), below = found.Min(row => row.Last.Mean - row.Last.Bound!.Value);
            yield return new(
                "E10 radius", "Without biases h_2 keeps the error of a function that grows like the radius.", "worst difference of the limit in units of the last digit printed", "≤ 0.5, and no error below it", units <= 0.501 && below >= -1e-9,
                ".2369, .1319, .0701", units, string.Join("; ", found.Select(row => FormattableString.Invariant($"d = {row.Dimension}: {row.Last.Mean:0.0000} at N = {row.Last.At}, limit {row.Last.Bound:0.0000}"))));
        }

        LimitsCurve[] biased = [.. curves.All.Where(curve => curve.Label == "h_3 with biases")];
        bool falls = biased.All(curve => curve.Points.Zip(curve.Points.Skip(1)).All(pair => pair.Second.Mean < pair.First.Mean));
        yield return new("E10 biased", "With biases h_3 is learned.", "error of h_3 in the least dimension at the largest N", "falling; at d = 5, N = 256 within 0.03 of 0.130", falls && (curves.Point("h_3 with biases", 5, 256) is not { } known || Math.Abs(known.Mean - 0.130) <= 0.03), "0.130", biased[0].Points[^1].Mean, "");
    }

    public static IEnumerable<Check> Tolerance(PowerLimitsCurves curves)
    {
        string[] order = ["β = 1", "β = 0.5", "β = 0", "β = -1", "β = -2"];
        var wrong = (from dimension in curves.All.Select(curve => curve.Dimension).Distinct()
                     from at in curves.Points("β = 0", dimension).Select(point => point.At).Where(at => at > dimension)
                     let values = order.Select(label => curves.Point(label, dimension, at)!.Mean).ToArray()
                     where values.Zip(values.Skip(1)).Any(pair => pair.Second <= pair.First)
                     select $"d = {dimension}, N = {at}").ToArray();
        yield return new("E11 order", "Rarely firing neurons are harder at equal relative error.", "places (d, N > d) where errors are not in the order of falling biases", "= 0", wrong.Length == 0, "harder for β < 0", wrong.Length, string.Join("; ", wrong));
        yield return Above("E11", curves);
    }

    /// <summary>A check that no mean lies below its bound.</summary>
    public static Check Above(string study, PowerLimitsCurves curves)
    {
        var bounded = curves.Bounded.Where(pair => pair.Point.Bound > 0).ToArray();
        double least = bounded.Length == 0 ? double.PositiveInfinity : bounded.Min(pair => pair.Point.Mean / pair.Point.Bound!.Value);
        return new($"{study} bound", "No mean over targets lies below the bound.", "least mean error over its bound", "≥ 1", least >= 1 - 1e-9, "above", double.IsFinite(least) ? least : null, $"{bounded.Length} points");
    }

    /// <summary>Where a curve passes ½, between its points along ln N; null where it does not.</summary>
    public static double? Half(IReadOnlyList<LimitsPoint> points)
    {
        int after = points.ToList().FindIndex(point => point.Mean < 0.5);
        if (after <= 0)
        {
            return null;
        }

        (LimitsPoint a, LimitsPoint b) = (points[after - 1], points[after]);
        double share = (a.Mean - 0.5) / (a.Mean - b.Mean);
        return Elementary.Exp(Elementary.Log(a.At) + (share * (Elementary.Log(b.At) - Elementary.Log(a.At))));
    }

    /// <summary>d^k/k!.</summary>
    public static double Expected(int dimension, int power) => Enumerable.Range(1, power).Aggregate(1.0, (product, i) => product * dimension / i);

    private static Check Table(string id, string finding, (string Name, double Known, LimitsPoint Point)[] table)
    {
        var off = table.Where(row => Math.Abs(row.Point.Mean - row.Known) > Math.Max(0.03, 0.15 * row.Known)).ToArray();
        return new(
            id, finding, "values off by more than 0.03 and 15 %", "= 0", off.Length == 0, $"{table.Length} values, single draws", off.Length,
            off.Length == 0 ? "all agree" : string.Join("; ", off.Select(row => FormattableString.Invariant($"{row.Name}: {row.Point.Mean:0.0000} ± {row.Point.StandardError ?? 0:0.0000} (standard error), known {row.Known}"))));
    }
}
