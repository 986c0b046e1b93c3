using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Makes the table of f (an activation or its derivative) for two octaves from its duals at Chebyshev nodes.</summary>
/// <remarks>
/// Nodes are doubled until the last coefficients are below 10⁻¹³ of √(E[f(u)²]·E[f(v)²]); where that is not to be had, 10⁻¹⁰ is taken, and no table above it.
/// Duals at the nodes: Hermite series of 1,024 terms where what they leave is at most 10⁻¹⁴, else a <see cref="ConditionalRule"/>.
/// </remarks>
internal sealed class DualTableBuilder(Func<double, double> f, Func<double, double, double> smoothed, bool analytic, int low, int high)
{
    private const int Series = 1024;
    private const double Left = 1e-14; // what a series may leave out
    private const double Aim = 1e-13, Bearable = 1e-10;
    private const double Dropped = 1e-14;
    private const int LeastAngles = 32, MostAngles = 512;
    private static readonly int[] TermCounts = [16, 24, 32];

    private int terms, angles;
    private double[] lowVariances = [], highVariances = [];
    private HermiteSeries[] lowSeries = [], highSeries = [];
    private double scale; // √(E[f(u)²]·E[f(v)²]) where it is smallest

    /// <summary>The table, or null where polynomials of moderate degree do not reach the accuracy.</summary>
    public DualTable? Build()
    {
        double before = double.PositiveInfinity;
        angles = LeastAngles;
        foreach (int count in TermCounts)
        {
            PlaceNodes(count);
            if (!(scale > 0 && double.IsFinite(scale)) || !FindAngles())
            {
                return null;
            }

            double[] coefficients = Coefficients();
            double tail = TermTail(coefficients);
            if (tail <= Aim * scale || (tail <= Bearable * scale && (tail > before / 4 || count == TermCounts[^1])))
            {
                return new DualTable(coefficients, terms, angles, Dropped * scale);
            }

            before = tail;
        }

        return null;
    }

    private void PlaceNodes(int count)
    {
        terms = count;
        lowVariances = [.. Nodes(count).Select(place => Octave.At(low, place))];
        highVariances = [.. Nodes(count).Select(place => Octave.At(high, place))];
        lowSeries = HermiteSeries.Of(f, lowVariances, Series);
        highSeries = low == high ? lowSeries : HermiteSeries.Of(f, highVariances, Series);
        scale = Math.Sqrt(lowSeries.Min(series => series.Square) * highSeries.Min(series => series.Square));
    }

    /// <summary>Ascending, −cos π(i + ½)/count.</summary>
    private static double[] Nodes(int count) => [.. Enumerable.Range(0, count).Select(i => -Elementary.Cos(Math.PI * (i + 0.5) / count))];

    /// <summary>The number of angles, judged by the pairs of the largest and of the smallest variances.</summary>
    private bool FindAngles()
    {
        double before = double.PositiveInfinity;
        for (; ; angles *= 2)
        {
            double tail = Math.Max(AngleTail(terms - 1, terms - 1), AngleTail(0, terms - 1));
            if (tail <= Aim * scale)
            {
                return true;
            }

            if (tail > before / 4 || angles == MostAngles || double.IsNaN(tail))
            {
                return tail <= Bearable * scale;
            }

            before = tail;
        }
    }

    private double AngleTail(int first, int second)
    {
        var values = new double[terms * terms * angles];
        FillValues(values, (p, q) => p == first && q == second);
        double[] line = Transform(values.AsSpan(((first * terms) + second) * angles, angles), 1, angles, 1);
        return line[^4..].Max(Math.Abs);
    }

    /// <summary>The largest coefficient of the last two polynomials in x or in y.</summary>
    private double TermTail(double[] coefficients)
    {
        double tail = 0;
        for (int p = 0; p < terms; p++)
        {
            for (int q = 0; q < terms; q++)
            {
                if (p >= terms - 2 || q >= terms - 2)
                {
                    tail = Math.Max(tail, coefficients.AsSpan(((p * terms) + q) * angles, angles).ToArray().Max(Math.Abs));
                }
            }
        }

        return tail;
    }

    private double[] Coefficients()
    {
        var values = new double[terms * terms * angles];
        FillValues(values, (p, q) => low != high || p <= q);
        for (int p = 0; low == high && p < terms; p++)
        {
            for (int q = 0; q < p; q++)
            {
                values.AsSpan(((q * terms) + p) * angles, angles).CopyTo(values.AsSpan(((p * terms) + q) * angles, angles));
            }
        }

        values = Transform(values, terms * terms, angles, 1);
        values = Transform(values, terms, terms, angles);
        return Transform(values, 1, terms, terms * angles);
    }

    /// <summary>[outer × count × inner] values at nodes → coefficients: 2/count·Σ T_n(x_i)·v_i, the first one halved.</summary>
    private static double[] Transform(ReadOnlySpan<double> values, int outer, int count, int inner)
    {
        double[] nodes = Nodes(count), result = new double[values.Length];
        var polynomials = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            (double before, double value) = (nodes[i], 1);
            for (int n = 0; n < count; n++)
            {
                polynomials[n, i] = (n == 0 ? 1.0 : 2.0) / count * value;
                (before, value) = (value, (2 * nodes[i] * value) - before);
            }
        }

        for (int block = 0; block < outer; block++)
        {
            for (int n = 0; n < count; n++)
            {
                Span<double> to = result.AsSpan(((block * count) + n) * inner, inner);
                for (int i = 0; i < count; i++)
                {
                    Elementwise.AddTimes(to, polynomials[n, i], values.Slice(((block * count) + i) * inner, inner));
                }
            }
        }

        return result;
    }

    /// <summary>Values at the pairs of nodes that are wanted, for every angle.</summary>
    private void FillValues(double[] values, Func<int, int, bool> wanted)
    {
        double[] theta = [.. Nodes(angles).Select(w => (1 - w) * (Math.PI / 2))];
        double[] cosine = [.. theta.Select(Elementary.Cos)], sine = [.. theta.Select(Elementary.Sin)];
        FillBySeries(values, wanted, cosine);
        double worst = Math.Sqrt(lowSeries.Max(Share) * highSeries.Max(Share));
        for (int k = 0; k < angles; k++)
        {
            if (!(Elementary.Exp(Series * Elementary.Log(Math.Abs(cosine[k]))) * worst <= Left))
            {
                FillConditional(values, wanted, k, cosine[k], sine[k]);
            }
        }

        static double Share(HermiteSeries series) => series.Rest / series.Square;
    }

    private void FillBySeries(double[] values, Func<int, int, bool> wanted, double[] cosine)
    {
        var powers = new double[Series * angles];
        powers.AsSpan(0, angles).Fill(1);
        for (int i = angles; i < powers.Length; i++)
        {
            powers[i] = powers[i - angles] * cosine[i % angles];
        }

        for (int p = 0; p < terms; p++)
        {
            for (int q = 0; q < terms; q++)
            {
                if (wanted(p, q))
                {
                    Span<double> to = values.AsSpan(((p * terms) + q) * angles, angles);
                    ReadOnlySpan<double> first = lowSeries[p].Values, second = highSeries[q].Values;
                    for (int n = Series - 1; n >= 0; n--)
                    {
                        Elementwise.AddTimes(to, first[n] * second[n], powers.AsSpan(n * angles, angles));
                    }
                }
            }
        }
    }

    /// <summary>E[f(v)·E[f(u) | v]] with v of the higher octave, at one angle.</summary>
    private void FillConditional(double[] values, Func<int, int, bool> wanted, int k, double cosine, double sine)
    {
        ConditionalRule rule = analytic
            ? new LatticeRule(f, cosine, sine, Math.Sqrt(lowVariances[^1]), Math.Sqrt(highVariances[^1]))
            : new PanelRule(smoothed, cosine, sine);
        var means = new double[rule.Nodes.Length];
        var outer = new double[terms][];
        for (int p = 0; p < terms; p++)
        {
            if (Enumerable.Range(0, terms).Any(q => wanted(p, q)))
            {
                rule.FillMeans(Math.Sqrt(lowVariances[p]), means);
                for (int q = 0; q < terms; q++)
                {
                    if (wanted(p, q))
                    {
                        outer[q] ??= Outer(rule, Math.Sqrt(highVariances[q]));
                        values[(((p * terms) + q) * angles) + k] = Sum(outer[q], means);
                    }
                }
            }
        }
    }

    private double[] Outer(ConditionalRule rule, double root) => [.. rule.Nodes.Zip(rule.Shares, (z, share) => share * f(root * z))];

    private static unsafe double Sum(double[] x, double[] y)
    {
        fixed (double* first = x, second = y)
        {
            return Vectors.Dot(first, second, x.Length);
        }
    }
}
