using SeedHead.Compute;

namespace SeedHead.Heads;

/// <summary>Multinomial logistic regression on features centred and scaled to deviation 1: min −mean log p + penalty/2·‖W‖², intercepts free, by L-BFGS.</summary>
/// <remarks>
/// p = softmax(W·φ + b). The function is convex; descent ends when every derivative is small, or after 500 steps. Products in float64; sums over rows
/// are those of <see cref="MatrixProduct"/>, so no bit depends on threads. Source: Nocedal &amp; Wright, Numerical Optimization, 2006, algorithm 7.4.
/// </remarks>
internal sealed unsafe class SoftmaxRegression : IDisposable
{
    private const int Memory = 10, MostSteps = 500;

    private readonly NativeBuffer<double> parameters;
    private readonly double[] means, factors;
    private readonly int features, classes;

    private SoftmaxRegression(NativeBuffer<double> parameters, double[] means, double[] factors, int classes) =>
        (this.parameters, this.means, this.factors, features, this.classes) = (parameters, means, factors, means.Length, classes);

    /// <summary>Weights [D × C] of the standardised features, and the C intercepts behind them.</summary>
    public ReadOnlySpan<double> Parameters => parameters.Span(0, (int)parameters.Length);

    /// <summary>Steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>The largest derivative where it ended.</summary>
    public double Slope { get; private set; }

    /// <summary>Learns from all rows.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="rows">φ [n × D].</param>
    /// <param name="codes">n classes from 0.</param>
    /// <param name="classes">C.</param>
    /// <param name="penalty">Above 0.</param>
    /// <param name="start">Where to begin: a solution for another penalty on the same rows, or null for 0.</param>
    /// <param name="flat">The largest derivative at which descent ends.</param>
    public static SoftmaxRegression Fit(Team team, Strided<float> rows, int[] codes, int classes, double penalty, SoftmaxRegression? start = null, double flat = 1e-5)
    {
        if (codes.Length != rows.Rows || !(penalty > 0))
        {
            throw new ArgumentException($"{rows.Rows} rows come with {codes.Length} classes and the penalty {penalty}. Pass a class a row and a penalty above 0.", nameof(codes));
        }

        int n = codes.Length, d = (int)rows.Columns, length = (d + 1) * classes;
        using var wide = new NativeBuffer<double>((long)n * d);
        Strided<double> x = Strided<double>.RowMajor(wide, n, d);
        (double[] means, double[] factors) = Standardised(team, rows, x);
        var result = new SoftmaxRegression(new(length), means, factors, classes);
        if (start is not null)
        {
            Vectors.Copy(start.parameters.Pointer, result.parameters.Pointer, length);
        }

        using var loss = new Loss(team, x, codes, classes, penalty);
        (result.Steps, result.Slope) = Descend(team, loss, result.parameters, flat);
        return result;
    }

    /// <summary>The most probable class of every row.</summary>
    public int[] Predict(Team team, Strided<float> rows)
    {
        using NativeBuffer<double> wide = new(rows.Rows * features), memory = new(rows.Rows * classes);
        Strided<double> x = Strided<double>.RowMajor(wide, rows.Rows, features), scores = Strided<double>.RowMajor(memory, rows.Rows, classes);
        Scale(team, rows, x, means, factors);
        Scores(team, x, parameters.Pointer, scores);
        var found = new int[rows.Rows];
        for (int i = 0; i < found.Length; i++)
        {
            for (int k = 1; k < classes; k++)
            {
                found[i] = scores[i, k] > scores[i, found[i]] ? k : found[i];
            }
        }

        return found;
    }

    public void Dispose() => parameters.Dispose();

    private static (double[] Means, double[] Factors) Standardised(Team team, Strided<float> rows, Strided<double> x)
    {
        int n = (int)rows.Rows, d = (int)rows.Columns;
        double[] means = new double[d], squares = new double[d];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int j = 0; j < d; j++)
            {
                means[j] += row[j] / (double)n;
            }
        }

        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int j = 0; j < d; j++)
            {
                squares[j] += (row[j] - means[j]) * (row[j] - means[j]);
            }
        }

        double[] factors = [.. squares.Select(square => square > 0 ? Math.Sqrt(n / square) : 0)]; // a constant feature says nothing
        Scale(team, rows, x, means, factors);
        return (means, factors);
    }

    private static void Scale(Team team, Strided<float> rows, Strided<double> x, double[] means, double[] factors) => team.For((int)rows.Rows, i =>
    {
        ReadOnlySpan<float> from = rows.Row(i);
        Span<double> to = x.Row(i);
        for (int j = 0; j < to.Length; j++)
        {
            to[j] = (from[j] - means[j]) * factors[j];
        }
    });

    /// <summary>Scores [n × C] of weights [D × C] with the intercepts behind them.</summary>
    private static void Scores(Team team, Strided<double> x, double* parameters, Strided<double> scores)
    {
        MatrixProduct.Multiply(team, x, Strided<double>.RowMajor(parameters, x.Columns, scores.Columns), scores);
        double* intercepts = parameters + (x.Columns * scores.Columns);
        team.For((int)scores.Rows, i =>
        {
            for (int k = 0; k < scores.Columns; k++)
            {
                scores[i, k] += intercepts[k];
            }
        });
    }

    private static (int Steps, double Slope) Descend(Team team, Loss loss, NativeBuffer<double> at, double flat)
    {
        int length = checked((int)at.Length);
        using NativeBuffer<double> slope = new(length), next = new(length), nextSlope = new(length), way = new(length), history = new(2L * Memory * length);
        var scales = new double[Memory];
        int kept = 0;
        double value = loss.At(at.Pointer, slope.Pointer);
        for (int step = 0; step < MostSteps; step++)
        {
            team.Cancellation.ThrowIfCancellationRequested();
            double largest = Largest(slope);
            if (largest <= flat)
            {
                return (step, largest);
            }

            Direction(slope.Pointer, history.Pointer, scales, kept, way.Pointer, length);
            double along = Vectors.Dot(way.Pointer, slope.Pointer, length), rate = kept == 0 ? Math.Min(1, 1 / largest) : 1, found;
            while (true)
            {
                Vectors.Copy(at.Pointer, next.Pointer, length);
                Vectors.Add(rate, way.Pointer, next.Pointer, length);
                found = loss.At(next.Pointer, nextSlope.Pointer);
                if (found <= value + (1e-4 * rate * along))
                {
                    break;
                }

                rate /= 2;
                if (rate < 1e-12)
                {
                    return (step, largest); // rounding hides what is left to gain
                }
            }

            double* moved = history.Pointer + (2L * (kept % Memory) * length), bent = moved + length;
            for (int i = 0; i < length; i++)
            {
                moved[i] = next.Pointer[i] - at.Pointer[i];
                bent[i] = nextSlope.Pointer[i] - slope.Pointer[i];
            }

            double curvature = Vectors.Dot(moved, bent, length);
            if (curvature > 0)
            {
                scales[kept % Memory] = 1 / curvature;
                kept++;
            }

            Vectors.Copy(next.Pointer, at.Pointer, length);
            Vectors.Copy(nextSlope.Pointer, slope.Pointer, length);
            value = found;
        }

        return (MostSteps, Largest(slope));
    }

    /// <summary>way ← −H·slope by the two loops over the last steps.</summary>
    private static void Direction(double* slope, double* history, double[] scales, int kept, double* way, int length)
    {
        int first = Math.Max(0, kept - Memory);
        Span<double> shares = stackalloc double[Memory];
        Vectors.Copy(slope, way, length);
        for (int i = kept - 1; i >= first; i--)
        {
            double* moved = history + (2L * (i % Memory) * length);
            shares[i % Memory] = scales[i % Memory] * Vectors.Dot(moved, way, length);
            Vectors.Add(-shares[i % Memory], moved + length, way, length);
        }

        if (kept > 0)
        {
            double* bent = history + (2L * ((kept - 1) % Memory) * length) + length;
            Vectors.Scale(way, 1 / (scales[(kept - 1) % Memory] * Vectors.Dot(bent, bent, length)), length);
        }

        for (int i = first; i < kept; i++)
        {
            double* moved = history + (2L * (i % Memory) * length);
            double back = scales[i % Memory] * Vectors.Dot(moved + length, way, length);
            Vectors.Add(shares[i % Memory] - back, moved, way, length);
        }

        Vectors.Scale(way, -1, length);
    }

    private static double Largest(NativeBuffer<double> slope)
    {
        double largest = 0;
        for (long i = 0; i < slope.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(slope.Pointer[i]));
        }

        return largest;
    }

    /// <summary>The function and its derivatives.</summary>
    private sealed class Loss(Team team, Strided<double> x, int[] codes, int classes, double penalty) : IDisposable
    {
        private readonly NativeBuffer<double> memory = new((long)codes.Length * classes);
        private readonly double[] losses = new double[codes.Length];

        public double At(double* parameters, double* slope)
        {
            int n = codes.Length, d = (int)x.Columns;
            Strided<double> scores = Strided<double>.RowMajor(memory, n, classes);
            Scores(team, x, parameters, scores);
            team.For(n, i => losses[i] = Residual(scores.Row(i), codes[i], 1.0 / n));
            MatrixProduct.Multiply(team, x.Transpose, scores, Strided<double>.RowMajor(slope, d, classes));
            double* intercepts = slope + ((long)d * classes);
            new Span<double>(intercepts, classes).Clear();
            for (int i = 0; i < n; i++)
            {
                Vectors.Add(1, scores.Pointer + ((long)i * classes), intercepts, classes);
            }

            double sum = 0;
            foreach (double loss in losses)
            {
                sum += loss;
            }

            int weights = d * classes;
            Vectors.Add(penalty, parameters, slope, weights);
            return (sum / n) + (penalty / 2 * Vectors.Dot(parameters, parameters, weights));
        }

        public void Dispose() => memory.Dispose();

        // scores ← (p − y)·share; gives −log p of the class.
        private static double Residual(Span<double> scores, int code, double share)
        {
            double most = double.NegativeInfinity, sum = 0;
            foreach (double score in scores)
            {
                most = Math.Max(most, score);
            }

            double own = scores[code] - most;
            foreach (ref double score in scores)
            {
                score = Elementary.Exp(score - most);
                sum += score;
            }

            foreach (ref double score in scores)
            {
                score *= share / sum;
            }

            scores[code] -= share;
            return Elementary.Log(sum) - own;
        }
    }
}
