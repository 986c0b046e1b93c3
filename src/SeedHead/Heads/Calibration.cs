using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>Probabilities softmax(T·s) from scores s, T ≥ 0 fitted on scores of rows the ridge had not seen (its leave-one-out scores).</summary>
/// <remarks>Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017; T multiplies here (their 1/T), so that 0 means "no information".</remarks>
internal static class Calibration
{
    private const int Chunk = 4096; // rows whose sums are added in order, whatever the threads
    private const double Start = 8;  // one-hot targets bring T near 10

    /// <summary>The T that minimises the mean log-loss, which is convex in T; Newton's method inside a bracket.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="scores">[r × K], row after row.</param>
    /// <param name="truth">True classes [r], each in [0, K).</param>
    /// <param name="population">Rows these stand for, n ≥ r; 0: they are all.</param>
    /// <remarks>
    /// Each row's target gives K parts of its n + K to all classes alike (one row of doubt in all, as in Platt 1999), so that T stays finite when no
    /// row is wrong. Solved to a relative 10⁻⁹.
    /// </remarks>
    public static double Temperature(Team team, float[] scores, int[] truth, int population = 0)
    {
        if (truth.Length == 0 || scores.Length % truth.Length != 0 || scores.Length < 2 * truth.Length)
        {
            throw new ArgumentException($"{scores.Length} scores do not make {truth.Length} rows of two or more classes. Pass [r × K].", nameof(scores));
        }

        double classes = (double)scores.Length / truth.Length, doubt = classes / (Math.Max(population, truth.Length) + classes);
        double low = 0, high = double.PositiveInfinity, t = Start;
        for (int step = 0; step < 200; step++)
        {
            var (first, second) = Slope(team, scores, truth, doubt, t);
            (low, high) = first < 0 ? (t, high) : (low, t);
            double next = t - (first / second);
            if (!(next > 0) && low == 0 && Slope(team, scores, truth, doubt, 0).First >= 0)
            {
                return 0; // the true class scores no higher than others on average
            }

            next = next > low && next < high ? Math.Min(next, 8 * t) : double.IsFinite(high) ? low + ((high - low) / 2) : 8 * t;
            if (Math.Abs(next - t) <= 1e-9 * t)
            {
                return next;
            }

            t = next;
        }

        return t;
    }

    /// <summary>Mean negative log-probability of the true class, nats; a probability counts as at least <see cref="Scoring.LeastProbability"/>.</summary>
    public static double LogLoss(Team team, float[] scores, int[] truth, double temperature) =>
        Sum(team, truth.Length, (first, end) => (RowsLoss(scores, truth, temperature, first, end), 0)).First / truth.Length;

    /// <summary>The same of every row, one after the other.</summary>
    public static double[] LogLosses(float[] scores, int[] truth, double temperature) =>
        [.. Enumerable.Range(0, truth.Length).Select(i => RowsLoss(scores, truth, temperature, i, i + 1))];

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
    private static (double First, double Second) Slope(Team team, float[] scores, int[] truth, double doubt, double t)
    {
        var (first, second) = Sum(team, truth.Length, (from, end) => RowsSlope(scores, truth, doubt, t, from, end));
        return (first / truth.Length, second / truth.Length);
    }

    private static (double First, double Second) RowsSlope(float[] scores, int[] truth, double doubt, double t, int from, int end)
    {
        int classes = scores.Length / truth.Length;
        double first = 0, second = 0;
        for (int i = from; i < end; i++)
        {
            var s = scores.AsSpan(i * classes, classes);
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

        return (first, second);
    }

    private static double RowsLoss(float[] scores, int[] truth, double t, int from, int end)
    {
        int classes = scores.Length / truth.Length;
        double loss = 0;
        for (int i = from; i < end; i++)
        {
            var s = scores.AsSpan(i * classes, classes);
            double largest = Largest(s), weight = 0;
            foreach (float score in s)
            {
                weight += Elementary.Exp(t * (score - largest));
            }

            loss -= Elementary.Log(Math.Max(Elementary.Exp(t * (s[truth[i]] - largest)) / weight, Scoring.LeastProbability));
        }

        return loss;
    }

    private static (double First, double Second) Sum(Team team, int rows, Func<int, int, (double, double)> part)
    {
        var parts = new (double First, double Second)[RowBlocks.Chunks(rows, Chunk)];
        team.For(parts.Length, chunk => parts[chunk] = part(chunk * Chunk, Math.Min((chunk + 1) * Chunk, rows)));
        double first = 0, second = 0;
        foreach (var sum in parts)
        {
            first += sum.First;
            second += sum.Second;
        }

        return (first, second);
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
