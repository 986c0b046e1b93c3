using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>E[g(v)·f(u)] at one angle as Σ share·g(√b·z)·E[f(u) | v = √b·z]: nodes and shares for v, means for u.</summary>
internal abstract class ConditionalRule
{
    /// <summary>z.</summary>
    public abstract double[] Nodes { get; }

    /// <summary>The weight of each node, density included.</summary>
    public abstract double[] Shares { get; }

    /// <summary>E[f(u) | v] at every node, u of the deviation given.</summary>
    public abstract void FillMeans(double deviation, Span<double> means);
}

/// <summary>The nodes of <see cref="NormalNodes"/>, which refine towards a kink at 0; means as the function gives them.</summary>
internal sealed class PanelRule : ConditionalRule
{
    private readonly Func<double, double, double> smoothed;
    private readonly double cosine, sine;

    public PanelRule(Func<double, double, double> smoothed, double cosine, double sine)
    {
        (this.smoothed, this.cosine, this.sine) = (smoothed, cosine, sine);
        var points = NormalNodes.Nodes.ToArray().Zip(NormalNodes.Weights.ToArray(), (z, weight) => (Node: z, Share: weight * HermiteSeries.Density(z))).Where(point => point.Share > 1e-20).ToArray();
        (Nodes, Shares) = ([.. points.Select(point => point.Node)], [.. points.Select(point => point.Share)]);
    }

    public override double[] Nodes { get; }

    public override double[] Shares { get; }

    public override void FillMeans(double deviation, Span<double> means)
    {
        for (int i = 0; i < Nodes.Length; i++)
        {
            means[i] = smoothed(deviation * cosine * Nodes[i], deviation * sine);
        }
    }
}

/// <summary>Trapezoidal rules for f analytic within ±1.5 of the real axis; both share one lattice of arguments, so that f is computed once on it.</summary>
/// <remarks>
/// A rule of step h over f(m + s·z) errs by about e^(−2π·1.5/(h·s)), and e^(−2π²/h²) where s is small: h = min(½, 1/4s) leaves 4·10⁻¹⁷.
/// Means of neighbouring nodes lie a multiple of h·s apart.
/// </remarks>
internal sealed class LatticeRule : ConditionalRule
{
    private const double Reach = 9; // the law beyond has 2·10⁻¹⁹

    private readonly Func<double, double> f;
    private readonly double sine, step;
    private readonly double[] stepShares;
    private readonly int stride; // steps of the inner rule between two means, negative for an obtuse angle

    public LatticeRule(Func<double, double> f, double cosine, double sine, double largest, double largestOuter)
    {
        (this.f, this.sine) = (f, sine);
        double most = StepFor(largestOuter), slope = Math.Abs(sine / cosine);
        step = Math.Min(StepFor(largest * sine), most / slope);
        int times = Math.Max(1, (int)(most / (step * slope)));
        stride = cosine < 0 ? -times : times;
        stepShares = Weights(step);
        Shares = Weights(times * step * slope);
        Nodes = [.. Enumerable.Range(0, Shares.Length).Select(i => (i - (Shares.Length / 2)) * (times * step * slope))];
    }

    public override double[] Nodes { get; }

    public override double[] Shares { get; }

    public override void FillMeans(double deviation, Span<double> means)
    {
        int inner = stepShares.Length / 2, outer = Nodes.Length / 2;
        long reach = ((long)Math.Abs(stride) * outer) + inner;
        double unit = deviation * sine * step;
        if (reach < (long)Nodes.Length * inner)
        {
            var lattice = new double[(2 * reach) + 1];
            for (long i = 0; i < lattice.Length; i++)
            {
                lattice[i] = f((i - reach) * unit);
            }

            for (int j = 0; j < means.Length; j++)
            {
                means[j] = Sum(lattice.AsSpan((int)(reach - inner + ((long)stride * (j - outer))), stepShares.Length));
            }

            return;
        }

        var values = new double[stepShares.Length];
        for (int j = 0; j < means.Length; j++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = f((((long)stride * (j - outer)) + i - inner) * unit);
            }

            means[j] = Sum(values);
        }
    }

    private unsafe double Sum(ReadOnlySpan<double> values)
    {
        fixed (double* x = stepShares, y = values)
        {
            return Vectors.Dot(x, y, stepShares.Length);
        }
    }

    private static double StepFor(double deviation) => Math.Min(0.5, 0.25 / deviation);

    private static double[] Weights(double step)
    {
        int half = (int)(Reach / step);
        return [.. Enumerable.Range(-half, (2 * half) + 1).Select(i => step * HermiteSeries.Density(i * step))];
    }
}
