using SeedHead.Complexity;
using SeedHead.Compute;

namespace SeedHead.Studies;

/// <summary>The studies that need no draw: E2, E3, E12.</summary>
internal static class LimitsBoundStudies
{
    private const double HalfPi = Math.PI / 2;

    public static IEnumerable<LimitsCurve> Needed(LimitsQuestion question, Execution run, List<string> notes)
    {
        (string Label, Func<int, double> Error)[] tolerances =
        [
            ("ε = 1e-2", _ => 1e-2), ("ε = 1e-3", _ => 1e-3), ("ε = 1e-4", _ => 1e-4), ("ε = 1/(50·d⁶)", d => 1 / (50.0 * d * d * d * ((double)d * d * d))),
        ];
        foreach ((string label, Func<int, double> error) in tolerances)
        {
            yield return new LimitsCurve(label, 0, [.. question.Dimensions.Where(d => error(d) >= 1e-11).Select(d =>
            {
                run.Cancellation.ThrowIfCancellationRequested();
                return LimitsCurves.Sure(d, ZonalKernel.LogTenFeatures(d, error(d)));
            })]);
        }

        if (question.Dimensions.Any(d => d > 35))
        {
            notes.Add("ε = 1/(50·d⁶) is left out above d = 35: what remains of ½ is then too small for double precision");
        }
    }

    /// <summary>Mean squared correlations by quadrature over the angle between u and w, and their slopes of ln against d.</summary>
    public static IEnumerable<LimitsCurve> Correlations(LimitsQuestion question, Execution run, List<string> notes)
    {
        (string Label, Func<double, double> Function)[] features =
        [
            ("ReLU, bias 1", z => Math.Max(0, z + 1)), ("tanh", Elementary.Tanh), ("cos(z + 1)", z => Elementary.Cos(z + 1)),
        ];
        foreach ((string size, Func<int, double> square) in new (string, Func<int, double>)[] { ("√d", d => d), ("d", d => (double)d * d) })
        {
            yield return Largest(question, size, square);
            foreach ((string label, Func<double, double> function) in features)
            {
                var transform = new SineTransform(function);
                LimitsPoint[] points = new LimitsPoint[question.Dimensions.Count];
                run.Team.For(points.Length, k => points[k] = Correlation(question.Dimensions[k], square(question.Dimensions[k]), transform));
                (double, double)[] logs = [.. points.Where(point => point.At >= 10).Select(point => (point.At, Elementary.Log(point.Mean)))];
                yield return new LimitsCurve($"{label}, ‖w‖ = {size}", 0, points) { Slope = LimitsCurves.Slope(logs) };
            }

            LimitsPoint[] tangent = [.. question.Dimensions.Select(d => Tangent(d, HalfPi * HalfPi * square(d)))];
            yield return new LimitsCurve($"tangent, ‖w‖ = {size}", 0, tangent)
            {
                Slope = LimitsCurves.Slope([.. tangent.Where(point => point.At >= 10 && point.Mean > 0).Select(point => (point.At, (double)Elementary.Log(point.Mean)))]),
            };
        }

        int[] few = [.. question.Dimensions.Where(d => d <= LimitsDeepCorrelation.MostDimensions)];
        if (few.Length > 0)
        {
            yield return new LimitsCurve("3 hidden layers by rows, ‖w‖ = √d", 0,
                [.. few.Select(d => LimitsDeepCorrelation.At(question, d, run) with { Bound = Bound(d, HalfPi * HalfPi * d) })]);
            notes.Add($"deep networks to d = {LimitsDeepCorrelation.MostDimensions}, by rows, {question.Targets} directions in each of {question.Draws} draws; beyond, the bound is below the noise of rows");
        }

        notes.Add("slopes are those of ln against d, from d = 10 on");
        notes.Add("values below 1e-28 of the bound are upper estimates: the inner integral has then reached its rounding");
    }

    public static IEnumerable<LimitsCurve> Wave(LimitsQuestion question, Execution run, List<string> notes)
    {
        foreach (int d in question.Dimensions)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            int reach = TriangleWave.Reach(d);
            double sign = reach % 4 == 1 ? 1 : -1;
            yield return new LimitsCurve($"ψ, a = {reach}", d, [.. Enumerable.Range(-24, 49).Select(i => i / 4.0)
                .Select(z => LimitsCurves.Sure(z, TriangleWave.Value(z, reach), sign / HalfPi * Angle.Arcsin(Math.Clamp(Elementary.Sin(HalfPi * z), -1, 1))))]);
            double s = HalfPi * HalfPi * d; // (ωR)², R = √d
            int last = (int)(s + (6 * Math.Sqrt(s))) + 1;
            yield return new LimitsCurve("energy by Hermite degree", d, [.. Enumerable.Range(0, last + 1).Where(k => k % 2 == 1)
                .Select(k => LimitsCurves.Sure(k, 2 * Elementary.Exp((k * Elementary.Log(s)) - s - LogGamma.Of(k + 1.0))))]);
        }
    }

    private static LimitsCurve Largest(LimitsQuestion question, string size, Func<int, double> square)
    {
        LimitsPoint[] points = [.. question.Dimensions.Select(d => LimitsCurves.Sure(d, Bound(d, HalfPi * HalfPi * square(d))))];
        (double, double)[] logs = [.. points.Where(point => point.At >= 10).Select(point => (point.At, Elementary.Log(point.Mean)))];
        return new LimitsCurve($"largest possible, ‖w‖ = {size}", 0, points) { Slope = LimitsCurves.Slope(logs), ExpectedSlope = size == "d" ? null : -1 };
    }

    /// <summary>The largest eigenvalue, of the sine scaled to energy 1.</summary>
    private static double Bound(int d, double s) => Elementary.Exp(ZonalKernel.LogSineEigenvalue(d, s)) / -Elementary.Expm1(-2 * s);

    /// <summary>x_j·1{⟨u, x⟩ &gt; 0} has the odd part x_j/2, whose mean squared correlation with the sine is (s/d)·e^(−s) of its energy ½, whatever u and j.</summary>
    private static LimitsPoint Tangent(int d, double s) => LimitsCurves.Sure(d, s / d * Elementary.Exp(-s) / -Elementary.Expm1(-2 * s), Bound(d, s));

    private static LimitsPoint Correlation(int d, double radiusSquare, SineTransform transform)
    {
        double s = HalfPi * HalfPi * radiusSquare, root = Math.Sqrt(s), sum = 0;
        double scale = Elementary.Exp(LogGamma.Of(d / 2.0) - LogGamma.Of((d - 1) / 2.0)) / Math.Sqrt(Math.PI); // of the density of the angle
        const int pieces = 16;
        var rule = GaussLegendre.Of(40);
        for (int piece = 0; piece < pieces; piece++)
        {
            for (int i = 0; i < rule.Nodes.Length; i++)
            {
                double half = HalfPi / pieces / 2, angle = half * ((2 * piece) + 1 + rule.Nodes[i]);
                double sin = Elementary.Sin(angle), density = Elementary.Exp(((d - 2) * Elementary.Log(sin)) - (s * sin * sin));
                double value = transform.At(root * Elementary.Cos(angle));
                sum += half * rule.Weights[i] * density * 2 * value * value;
            }
        }

        double mean = 2 * scale * sum / transform.Energy / -Elementary.Expm1(-2 * s); // both halves of the angles; E of the squared sine
        return LimitsCurves.Sure(d, mean, Bound(d, s));
    }

    /// <summary>t → E[f(Z)·sin(t·Z)] by Gauss-Legendre over [−9, 9] in pieces of ½.</summary>
    private sealed class SineTransform
    {
        private readonly double[] places;
        private readonly double[] values;

        public SineTransform(Func<double, double> function)
        {
            var rule = GaussLegendre.Of(40);
            places = [.. from piece in Enumerable.Range(-18, 36) from node in rule.Nodes select (piece + 0.5 + (node / 2)) / 2];
            values = [.. places.Select((z, i) => rule.Weights[i % 40] / 4 * ReluPair.Density(z) * function(z))];
            Energy = places.Select((z, i) => values[i] * function(z)).Sum();
        }

        /// <summary>E f².</summary>
        public double Energy { get; }

        public double At(double t)
        {
            double sum = 0;
            for (int i = 0; i < places.Length; i++)
            {
                sum += values[i] * Elementary.Sin(t * places[i]);
            }

            return sum;
        }
    }
}
