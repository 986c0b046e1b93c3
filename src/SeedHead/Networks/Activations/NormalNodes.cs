using SeedHead.Compute;

namespace SeedHead.Networks;

/// <summary>Nodes and weights of integrals over the standard normal law.</summary>
internal static class NormalNodes
{
    private const int Order = 16; // of the Gauss rule of a panel
    private const double Edge = 12; // the law beyond has 4·10⁻³³
    private const double Step = 1.0 / 8;
    private const double WidestForStep = 2; // deviation
    private const double Reach = 8.75; // the law beyond has 2·10⁻¹⁸
    private const double OverRootTwoPi = 0.3989422804014327;

    private static readonly (double[] Nodes, double[] Weights) Panels = MakePanels();
    private static readonly double[] StepWeights = [.. Steps.Select(z => Step * OverRootTwoPi * Elementary.Exp(-z * z / 2))];

    /// <summary>z, ascending from −12 to 12: Gauss-Legendre of order 16 on panels that end at 0, ±2⁻¹², ±2⁻¹¹, …, ±½, ±1, ±1½, …, so that a kink at 0 is at a border.</summary>
    public static ReadOnlySpan<double> Nodes => Panels.Nodes;

    /// <summary>The weight of each node without the density e^(−z²/2)/√2π.</summary>
    public static ReadOnlySpan<double> Weights => Panels.Weights;

    /// <summary>E[f(mean + deviation·z)] by the trapezoidal rule with step 1/8, halved until deviation·step is at most ¼, five times at most.</summary>
    /// <remarks>For f analytic within ±d of the real axis the relative error is about e^(−2π·d/(deviation·step)), and never less than 10⁻¹⁶.</remarks>
    public static double Mean(Func<double, double> f, double mean, double deviation)
    {
        double sum = 0;
        int i = 0;
        if (deviation > WidestForStep)
        {
            return MeanBySmallerSteps(f, mean, deviation);
        }

        foreach (double z in Steps)
        {
            sum = Math.FusedMultiplyAdd(StepWeights[i++], f(Math.FusedMultiplyAdd(deviation, z, mean)), sum);
        }

        return sum;
    }

    private static double MeanBySmallerSteps(Func<double, double> f, double mean, double deviation)
    {
        double step = Step;
        while (deviation * step > Step * WidestForStep && step > Step / 32)
        {
            step /= 2;
        }

        double sum = 0;
        for (int k = -(int)(Reach / step); k <= Reach / step; k++)
        {
            double z = k * step;
            sum = Math.FusedMultiplyAdd(step * OverRootTwoPi * Elementary.Exp(-z * z / 2), f(Math.FusedMultiplyAdd(deviation, z, mean)), sum);
        }

        return sum;
    }

    private static IEnumerable<double> Steps
    {
        get
        {
            for (int k = -(int)(Reach / Step); k <= Reach / Step; k++)
            {
                yield return k * Step;
            }
        }
    }

    private static (double[] Nodes, double[] Weights) MakePanels()
    {
        double[] ends = [0, .. Enumerable.Range(-12, 12).Select(k => Math.ScaleB(1, k)), .. Enumerable.Range(2, 23).Select(k => k / 2.0)];
        (double Node, double Weight)[] rule = Legendre(), right = [.. ends.Zip(ends.Skip(1)).SelectMany(panel => rule.Select(point => (
            ((panel.First + panel.Second) / 2) + ((panel.Second - panel.First) / 2 * point.Node), (panel.Second - panel.First) / 2 * point.Weight)))];
        (double Node, double Weight)[] all = [.. right.Reverse().Select(point => (-point.Node, point.Weight)), .. right];
        return ([.. all.Select(point => point.Node)], [.. all.Select(point => point.Weight)]);
    }

    /// <summary>Nodes in (−1, 1), ascending, by Newton's method from cos(π·(i + ¾)/(n + ½)).</summary>
    private static (double Node, double Weight)[] Legendre()
    {
        var rule = new (double, double)[Order];
        for (int i = 0; i < Order; i++)
        {
            double x = -Elementary.Cos(Math.PI * (i + 0.75) / (Order + 0.5)), slope = 0;
            for (int round = 0; round < 6; round++)
            {
                (double value, slope) = Polynomial(x);
                x -= value / slope;
            }

            rule[i] = (x, 2 / ((1 - (x * x)) * slope * slope));
        }

        return rule;
    }

    private static (double Value, double Slope) Polynomial(double x)
    {
        (double before, double value) = (1, x);
        for (int n = 2; n <= Order; n++)
        {
            (before, value) = (value, ((((2 * n) - 1) * x * value) - ((n - 1) * before)) / n);
        }

        return (value, Order * ((x * value) - before) / ((x * x) - 1));
    }
}
