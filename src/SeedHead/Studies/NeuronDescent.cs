using SeedHead.Compute;
using SeedHead.Random;

namespace SeedHead.Studies;

/// <summary>Gradient descent on one unbiased ReLU neuron that has to become another: F(w) = ½·E[((⟨w, x⟩)₊ − (⟨v, x⟩)₊)²], x ~ N(0, I_d).</summary>
/// <remarks>
/// F = ‖w‖²/4 + ‖v‖²/4 − ‖w‖·‖v‖·(sin θ + (π − θ)·cos θ)/2π and ∇F = w/2 − (‖v‖·sin θ·w/‖w‖ + (π − θ)·v)/2π, θ the angle between w and v. Source: Brutzkus &amp;
/// Globerson, "Globally optimal gradient descent for a ConvNet with Gaussian inputs", ICML 2017, sec. 3. Near the optimum F is not formed by that difference: it cancels below 1e-16.
/// </remarks>
public static class NeuronDescent
{
    private const int TargetLayer = 1;
    private const int StartLayer = 2;
    private const int FirstSampleLayer = 3;

    /// <summary>F for lengths and an angle. Error ≤ 4ε·(‖w‖² + ‖v‖²).</summary>
    /// <param name="w">‖w‖.</param>
    /// <param name="v">‖v‖.</param>
    /// <param name="angle">θ, in [0, π].</param>
    public static double Loss(double w, double v, double angle) => Loss(w, v, Elementary.Cos(angle), Elementary.Sin(angle));

    /// <summary>F before and after each step of descent on the expectation. The path lies in the plane of the start and v, so no dimension enters.</summary>
    /// <param name="angle">θ of the start, in [0, π].</param>
    /// <param name="start">‖w₀‖ &gt; 0.</param>
    /// <param name="target">‖v‖ &gt; 0.</param>
    /// <param name="step">Step size.</param>
    /// <param name="steps">Steps.</param>
    /// <returns>[steps + 1] losses.</returns>
    public static double[] Population(double angle, double start, double target, double step, int steps)
    {
        (double along, double across) = (start * Elementary.Cos(angle), start * Elementary.Sin(angle)); // w in the basis of v and its normal
        var losses = new double[steps + 1];
        for (int t = 0; t <= steps; t++)
        {
            double length = Math.Sqrt((along * along) + (across * across)), cos = along / length, sin = Math.Abs(across) / length;
            losses[t] = Loss(length, target, cos, sin);
            double shrink = 0.5 - (target * sin / (2 * Math.PI * length)), pull = target * (Math.PI - Angle.Of(cos, sin)) / (2 * Math.PI);
            (along, across) = (along - (step * ((shrink * along) - pull)), across - (step * shrink * across));
        }

        return losses;
    }

    /// <summary>Samples that online descent (one row a step) uses until F is at most each of some levels; −1 where it is not reached.</summary>
    /// <remarks>‖v‖ = 1, w₀ ~ N(0, I/d), fresh normal rows: w ← w − η·((⟨w, x⟩)₊ − (⟨v, x⟩)₊)·1{⟨w, x⟩ &gt; 0}·x with η = rate/d. F is exact and looked at every ⌈d/4⌉ samples.</remarks>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="rate">η·d; 0.5 is a good one.</param>
    /// <param name="levels">Levels of F, falling.</param>
    /// <param name="most">Samples at most.</param>
    /// <param name="seed">Seed of the rows, the start and v.</param>
    /// <param name="draw">Number of the repetition.</param>
    public static long[] Online(int dimension, double rate, IReadOnlyList<double> levels, long most, ulong seed, int draw)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        var weights = new WeightStream(seed);
        double[] v = LimitsDraws.Direction(weights, draw, TargetLayer, 0, dimension), w = new double[dimension], x = new double[dimension];
        LimitsDraws.Normals(weights, draw, StartLayer, 0, w);
        double scale = 1 / Math.Sqrt(dimension);
        for (int i = 0; i < dimension; i++)
        {
            w[i] *= scale;
        }

        var reached = new long[levels.Count];
        Array.Fill(reached, -1);
        int next = 0, every = (dimension + 3) / 4;
        for (long sample = 0; sample <= most && next < levels.Count; sample++)
        {
            for (; sample % every == 0 && next < levels.Count && Loss(w, v) <= levels[next]; next++)
            {
                reached[next] = sample;
            }

            LimitsDraws.Normals(weights, draw, FirstSampleLayer, (int)sample, x);
            Step(w, v, x, rate / dimension);
        }

        return reached;
    }

    private static void Step(double[] w, double[] v, double[] x, double step)
    {
        double wx = LimitsDraws.Dot(w, x);
        if (wx > 0)
        {
            double move = step * (wx - Math.Max(0, LimitsDraws.Dot(v, x)));
            for (int i = 0; i < w.Length; i++)
            {
                w[i] -= move * x[i];
            }
        }
    }

    private static double Loss(double[] w, double[] v)
    {
        double length = Math.Sqrt(LimitsDraws.Dot(w, w)), other = Math.Sqrt(LimitsDraws.Dot(v, v));
        double cos = Math.Clamp(LimitsDraws.Dot(w, v) / (length * other), -1, 1);
        return Loss(length, other, cos, Angle.Sine(cos));
    }

    private static double Loss(double w, double v, double cos, double sin)
    {
        double both = (sin + ((Math.PI - Angle.Of(cos, sin)) * cos)) / (2 * Math.PI);
        return Math.Max(0, (((w * w) + (v * v)) / 4) - (w * v * both));
    }
}
