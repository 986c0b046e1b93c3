using SeedHead.Compute;
using SeedHead.Networks;
using SeedHead.Random;

namespace SeedHead.Complexity;

/// <summary>
/// ln of the probability, under the normal prior of the same variances, of the star-shaped neighbourhood of a network's weights in which its function hardly changes. Large for functions
/// that many weights give.
/// </summary>
/// <remarks>
/// <para>In units of the prior's standard deviations a network is a point v of D numbers. Along a random direction u, r(u) is the first distance found at which the mean of (f(v + r·u) − f(v))²
/// over the points passes 2ε·var f: for normal errors of that variance a Kullback-Leibler divergence of ε. The probability is the mean over u of
/// A(D)·∫₀^r ρ^(D − 1)·(2π)^(−D/2)·e^(−|v + ρu|²/2) dρ, A(D) the surface of the unit ball.</para>
/// <para>With few directions it is biased downwards, as the largest r are rarely met. Source: Scherlis &amp; Belrose, "Estimating the Probability of Sampling a Trained Neural
/// Network at Random", 2025 (arXiv 2501.18812), for direction and radial integral; the divergence is ours.</para>
/// </remarks>
internal sealed class LocalVolume(Architecture net, WeightPrior prior, ulong seed)
{
    private const int Doublings = 60, Halvings = 12, Nodes = 64;
    private const double Start = 1.0 / 1024, FewWidths = 12;
    private const int DirectionLayer = 1000; // of addresses of weights: above the layers of any network measured here

    private readonly IReadOnlyList<StagePlan> plans = StagePlan.Of(net);

    /// <summary>The logarithm for one network; undefined where its function is constant at the points or never changes by enough.</summary>
    /// <param name="team">Who computes: a direction is one thread's.</param>
    /// <param name="points">[n × d].</param>
    /// <param name="network">The network's number.</param>
    /// <param name="directions">How many directions.</param>
    /// <param name="divergence">ε.</param>
    public ComplexityValue Of(Team team, double[] points, int network, int directions, double divergence)
    {
        var here = new PreciseNetwork(plans, NetworkDraw.Of(plans, prior, seed, network));
        double[] f = here.Run(Team.Single, points), v = here.Whitened(prior);
        double mean = f.Average(), variance = f.Average(value => (value - mean) * (value - mean));
        if (!double.IsFinite(variance) || variance == 0)
        {
            return ComplexityValue.Undefined(double.IsFinite(variance) ? UndefinedCause.Constant : UndefinedCause.NotFinite);
        }

        double limit = 2 * divergence * variance;
        var logs = new double[directions];
        team.For(directions, i =>
        {
            double[] u = Direction(v.Length, network, i);
            double Change(double r) => here.Moved(prior, u, r).Run(Team.Single, points).Zip(f, (moved, value) => (moved - value) * (moved - value)).Average();
            logs[i] = Radius(Change, limit) is { } radius ? LogIntegral(v, u, radius) : double.NaN;
        });
        if (logs.Any(double.IsNaN))
        {
            return ComplexityValue.Undefined(UndefinedCause.NotResolved);
        }

        double largest = logs.Max();
        return ComplexityValue.Of(largest + Elementary.Log(logs.Average(log => Elementary.Exp(log - largest))) + LogSurface(v.Length));
    }

    /// <summary>A direction of length 1, evenly drawn.</summary>
    private double[] Direction(int length, int network, int number)
    {
        var stream = new WeightStream(seed);
        double[] u = [.. Enumerable.Range(0, length).Select(k => (double)stream.Normal(new(network, DirectionLayer, number, k, WeightKind.Order)))];
        double norm = Math.Sqrt(Square(u));
        return Array.ConvertAll(u, value => value / norm);
    }

    private static double? Radius(Func<double, double> change, double limit)
    {
        (double low, double high) = (0, Start);
        for (int i = 0; !(change(high) > limit); i++)
        {
            if (i == Doublings)
            {
                return null;
            }

            (low, high) = (high, 2 * high);
        }

        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = change(middle) > limit ? (low, middle) : (middle, high);
        }

        return (low + high) / 2;
    }

    /// <summary>ln ∫₀^r ρ^(D − 1)·(2π)^(−D/2)·e^(−(|v|² + 2ρ·uv + ρ²)/2) dρ, over the part that matters around the peak of its concave logarithm.</summary>
    private static double LogIntegral(double[] v, double[] u, double radius)
    {
        int d = v.Length;
        double square = Square(v), along = 0;
        for (int k = 0; k < d; k++)
        {
            along = Math.FusedMultiplyAdd(u[k], v[k], along);
        }

        double Height(double rho) => ((d - 1) * Elementary.Log(rho)) - ((square + (2 * rho * along) + (rho * rho)) / 2) - (d / 2.0 * Elementary.Log(2 * Math.PI));
        double peak = Math.Min(radius, (Math.Sqrt((along * along) + (4.0 * (d - 1))) - along) / 2);
        double slope = ((d - 1) / peak) - along - peak, bend = ((d - 1) / (peak * peak)) + 1;
        double width = 1 / Math.Max(Math.Sqrt(bend), slope); // falls off at least like e^(−x/width) to the left
        double from = Math.Max(0, peak - (FewWidths * 3 * width)), to = Math.Min(radius, peak + (FewWidths * width)), top = Height(peak), sum = 0;
        GaussLegendre rule = GaussLegendre.Of(Nodes);
        for (int i = 0; i < Nodes; i++)
        {
            double rho = from + ((to - from) * (rule.Nodes[i] + 1) / 2);
            sum += rule.Weights[i] * Elementary.Exp(Height(rho) - top);
        }

        return top + Elementary.Log(sum * (to - from) / 2);
    }

    /// <summary>ln of the surface of the unit ball of d dimensions: ln 2 + d/2·ln π − ln Γ(d/2).</summary>
    internal static double LogSurface(int d)
    {
        double logGamma = d % 2 == 0 ? 0 : Elementary.Log(Math.PI) / 2;
        for (double x = d % 2 == 0 ? 1 : 0.5; x < d / 2.0; x++)
        {
            logGamma += Elementary.Log(x);
        }

        return Elementary.Log(2) + (d / 2.0 * Elementary.Log(Math.PI)) - logGamma;
    }

    private static double Square(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum = Math.FusedMultiplyAdd(value, value, sum);
        }

        return sum;
    }
}
