using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>The studies of exact errors: E1, E5, E6, E8, E9, E10, E11.</summary>
internal static class LimitsNeuronStudies
{
    private const int SlopeFrom = 128;

    private static readonly double[] Angles = [90, 75, 60, 45, 30, 15, 5];

    public static IEnumerable<LimitsCurve> OneNeuron(LimitsQuestion question, Execution run, List<string> notes)
    {
        foreach (int d in question.Dimensions)
        {
            LimitsCurve curve = LimitsCurves.Errors("", d, question, run, notes, 1, draw => LimitsCases.Neurons(question, d, draw, false, 0), n => ZonalKernel.Bound(d, n));
            yield return curve with { Slope = LimitsCurves.LogSlope(curve.Points, SlopeFrom), ExpectedSlope = d == 2 ? -3 : -3.0 / (d - 1) };
        }

        notes.Add($"slopes are fitted from {SlopeFrom} features on; the expected one, −3/(d − 1), holds once N is far above powers of d");
    }

    public static IEnumerable<LimitsCurve> Tolerance(LimitsQuestion question, Execution run, List<string> notes)
    {
        foreach (int d in question.Dimensions)
        {
            foreach (double beta in question.Biases)
            {
                yield return LimitsCurves.Errors(
                    $"β = {beta}", d, question, run, notes, 1, draw => LimitsCases.Neurons(question, d, draw, true, beta), n => ZonalKernel.Bound(d, n, beta));
            }
        }
    }

    public static IEnumerable<LimitsCurve> Polynomials(LimitsQuestion question, Execution run, List<string> notes) =>
        from d in question.Dimensions from power in Enumerable.Range(1, 4) select Polynomial(question, run, notes, d, power, true, $"h_{power}");

    public static IEnumerable<LimitsCurve> Biases(LimitsQuestion question, Execution run, List<string> notes)
    {
        foreach (int d in question.Dimensions)
        {
            yield return Polynomial(question, run, notes, d, 2, false, "h_2 without biases", Radial(d));
            yield return Polynomial(question, run, notes, d, 2, true, "h_2 with biases");
            yield return Polynomial(question, run, notes, d, 3, false, "h_3 without biases", 1);
            yield return Polynomial(question, run, notes, d, 3, true, "h_3 with biases");
        }
    }

    public static IEnumerable<LimitsCurve> Tangents(LimitsQuestion question, Execution run, List<string> notes)
    {
        foreach (int d in question.Dimensions)
        {
            yield return LimitsCurves.Errors("tangent", d, question, run, notes, d, draw => LimitsCases.Tangents(question, d, draw), n => ZonalKernel.Bound(d, n));
            LimitsQuestion wide = question with { Widths = [.. question.Widths.Select(width => width * d)] };
            LimitsCurve relu = LimitsCurves.Errors(
                "ReLU, as many parameters", d, wide, run, notes, 1, draw => LimitsCases.Neurons(wide, d, draw, false, 0), n => ZonalKernel.Bound(d, n));
            yield return relu with { Points = [.. relu.Points.Select(point => point with { At = point.At / d })] };
        }
    }

    public static IEnumerable<LimitsCurve> Leaning(LimitsQuestion question, Execution run, List<string> notes)
    {
        int width = question.Widths[^1];
        foreach (int d in question.Dimensions)
        {
            var points = new List<LimitsPoint>();
            foreach (double angle in Angles)
            {
                var draws = LimitsCurves.Draws(
                    question.Draws, [width], run, draw => LimitsCases.Leaning(question, d, draw, angle * Math.PI / 180), $"d = {d}, {angle}°");
                LimitsPoint point = LimitsCurves.Point(angle, [.. draws.Select(result => result.Errors[0])]);
                points.Add(angle == 90 ? point with { Bound = ZonalKernel.Bound(d, width) } : point);
            }

            yield return new LimitsCurve($"{width} features", d, points);
        }

        notes.Add("the spread over targets for a rotation-invariant law is that of E1: its column 'spread' shrinks as d grows");
    }

    public static IEnumerable<LimitsCurve> Descent(LimitsQuestion question, Execution run, List<string> notes)
    {
        double[] levels = [1e-3, 1e-6];
        double[][][] samples = [.. question.Dimensions.Select(d => Samples(question, run, d, levels))]; // [dimension][draw][level]
        for (int level = 0; level < levels.Length; level++)
        {
            LimitsPoint[] points = [.. question.Dimensions.Select((d, k) => LimitsCurves.Point(d, [.. samples[k].Select(draw => new[] { draw[level] })]))];
            yield return new LimitsCurve($"samples to {levels[level]:0e+0}", 0, points)
            {
                Slope = LimitsCurves.LogSlope(points, 0),
                ExpectedSlope = 1,
            };
        }

        LimitsQuestion one = question with { Widths = [question.Widths[^1]] };
        yield return new LimitsCurve($"error of {one.Widths[0]} random features", 0,
            [.. question.Dimensions.Select(d => LimitsCurves.Errors(
                "", d, one, run, notes, 1, draw => LimitsCases.Neurons(one, d, draw, false, 0), n => ZonalKernel.Bound(d, n)).Points[0] with { At = d })]);
    }

    private static double[][] Samples(LimitsQuestion question, Execution run, int d, double[] levels)
    {
        var results = new double[question.Draws][];
        run.Team.For(question.Draws, draw =>
        {
            long most = 1000L * d;
            results[draw] = [.. NeuronDescent.Online(d, 0.5, levels, most, question.Seed, draw).Select(reached => reached < 0 ? most : (double)reached)];
        });
        return results;
    }

    private static LimitsCurve Polynomial(
        LimitsQuestion question, Execution run, List<string> notes, int d, int power, bool biased, string label, double floor = 0) =>
        LimitsCurves.Errors(
            label, d, question, run, notes, 1, draw => LimitsCases.Polynomials(question, d, draw, biased, power), n => Math.Max(floor, ZonalKernel.PowerBound(d, power, n)));

    /// <summary>
    /// The error that functions r·Y(direction) keep for h_2(⟨v, x⟩): the part of degree 2 grows like r², that of degree 0 like r²/d − 1, each is projected on r.
    /// With m = E r: 1 − ((2 − 2/d)·(d + 1)²·m²/(d²·(d + 2)) + m²/d³)/2.
    /// </summary>
    private static double Radial(int dimension)
    {
        double d = dimension, m = Math.Sqrt(2) * Elementary.Exp(LogGamma.Of((d + 1) / 2) - LogGamma.Of(d / 2));
        return 1 - ((((2 - (2 / d)) * (d + 1) * (d + 1) * m * m / (d * d * (d + 2))) + (m * m / (d * d * d))) / 2);
    }
}
