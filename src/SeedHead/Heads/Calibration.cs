using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>Probabilities softmax(T·s) from scores s, T ≥ 0 fitted on scores of rows the ridge had not seen (its leave-one-out scores).</summary>
/// <remarks>Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017; T multiplies here (their 1/T), so that 0 means "no information".</remarks>
internal static class Calibration
{
    /// <summary>The T that minimises the mean log-loss, which is convex in T; Newton's method inside a bracket.</summary>
    /// <param name="scores">[r × K], row after row.</param>
    /// <param name="truth">True classes [r], each in [0, K).</param>
    /// <remarks>
    /// Each row's target gives K parts of its r + K to all classes alike (one row of doubt in all, as in Platt 1999), so that T stays finite when no
    /// row is wrong. Solved to a relative 10⁻¹⁰.
    /// </remarks>
    public static double Temperature(ReadOnlySpan<float> scores, ReadOnlySpan<int> truth)
    {
        int classes = truth.Length == 0 ? 0 : scores.Length / truth.Length;
        if (classes < 2 || scores.Length != classes * truth.Length)
        {
            throw new ArgumentException($"{scores.Length} scores do not make {truth.Length} rows of two or more classes. Pass [r × K].", nameof(scores));
        }

        if (Slope(scores, truth, classes, 0).First >= 0)
        {
            return 0; // the true class scores no higher than others on average
        }

        double low = 0, high = 1;
        while (Slope(scores, truth, classes, high).First < 0)
        {
            (low, high) = (high, 2 * high);
        }

        double t = high;
        for (int step = 0; step < 200 && high - low > 1e-10 * high; step++)
        {
            var (first, second) = Slope(scores, truth, classes, t);
            (low, high) = first < 0 ? (t, high) : (low, t);
            double newton = t - (first / second);
            double next = newton > low && newton < high ? newton : low + ((high - low) / 2);
            if (Math.Abs(next - t) <= 1e-12 * t)
            {
                return next;
            }

            t = next;
        }

        return t;
    }

    /// <summary>probabilities ← softmax(T·scores), each rounded to float32; no allocation. Both may be the same memory.</summary>
    public static void Probabilities(ReadOnlySpan<float> scores, double temperature, Span<float> probabilities)
    {
        double largest = Largest(scores), sum = 0;
        foreach (float score in scores)
        {
            sum += Elementary.Exp(temperature * (score - largest));
        }

        for (int k = 0; k < scores.Length; k++)
        {
            probabilities[k] = (float)(Elementary.Exp(temperature * (scores[k] - largest)) / sum);
        }
    }

    // First and second derivative of the mean smoothed log-loss: E_p[s] − target·s and Var_p[s].
    private static (double First, double Second) Slope(ReadOnlySpan<float> scores, ReadOnlySpan<int> truth, int classes, double t)
    {
        double first = 0, second = 0, doubt = (double)classes / (truth.Length + classes);
        for (int i = 0; i < truth.Length; i++)
        {
            var s = scores.Slice(i * classes, classes);
            double largest = Largest(s), weight = 0, mean = 0, square = 0, plain = 0;
            foreach (float score in s)
            {
                double below = score - largest, p = Elementary.Exp(t * below);
                weight += p;
                mean += p * below;
                square += p * below * below;
                plain += below;
            }

            mean /= weight;
            first += mean - ((1 - doubt) * (s[truth[i]] - largest)) - (doubt * plain / classes);
            second += (square / weight) - (mean * mean);
        }

        return (first / truth.Length, second / truth.Length);
    }

    private static double Largest(ReadOnlySpan<float> scores)
    {
        double largest = double.NegativeInfinity;
        foreach (float score in scores)
        {
            largest = Math.Max(largest, score);
        }

        return largest;
    }
}
