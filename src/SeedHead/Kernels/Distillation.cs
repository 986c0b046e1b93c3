using SeedHead.Compute;
using SeedHead.Data;
using SeedHead.Random;

namespace SeedHead.Kernels;

/// <summary>How a data set is distilled.</summary>
internal sealed record DistillationOptions
{
    /// <summary>m over the number of classes.</summary>
    public int PointsPerClass { get; init; } = 10;

    /// <summary>Steps of Adam.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>Training rows a step, or all where there are fewer.</summary>
    public int Batch { get; init; } = 1000;

    /// <summary>Rate at the first step, in units of a point's coordinates, whose mean square is 1; it falls evenly to 0.</summary>
    public double Rate { get; init; } = 0.04;

    /// <summary>μ over the mean diagonal of the points' kernel.</summary>
    public double Penalty { get; init; } = 1e-4;

    /// <summary>Whether the labels are learned too.</summary>
    public bool LearnsLabels { get; init; }

    /// <summary>Seed of the first points and of the order of rows.</summary>
    public ulong Seed { get; init; } = 42;
}

/// <summary>A few points that stand for a data set.</summary>
/// <param name="Points">[m × d] on the sphere, class after class.</param>
/// <param name="Classes">Class of each point, from 0: what it began as, and what it is called.</param>
/// <param name="Labels">What each stands for [m × classes]: one-hot less 1/classes, unless learned.</param>
/// <param name="Losses">The loss of every step, before it.</param>
internal sealed record DistilledSet(Numbers Points, int[] Classes, double[] Labels, IReadOnlyList<double> Losses);

/// <summary>Distillation of a data set by kernel ridge regression: points are moved until regression on them alone predicts the training rows.</summary>
/// <remarks>
/// Adam (β 0.9, 0.999, ε 10⁻⁸, in float64) on <see cref="DistillationLoss"/>, from training rows drawn by class; a batch is the next rows of an order drawn anew each time all have
/// been read. Source: Nguyen, Chen &amp; Lee, ICLR 2021 (KIP); docs/math/distillation.md. Threads change no bit.
/// </remarks>
internal static unsafe class Distillation
{
    /// <summary>Rows of every class, drawn by the seed: what distillation begins with, and what it has to beat.</summary>
    /// <param name="rows">Rows on the sphere.</param>
    /// <param name="codes">Their classes.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="perClass">Rows a class.</param>
    /// <param name="seed">Seed.</param>
    /// <exception cref="ArgumentException">A class has fewer rows.</exception>
    public static DistilledSet Drawn(Numbers rows, int[] codes, int classes, int perClass, ulong seed)
    {
        if (codes.Length != rows.Count)
        {
            throw new ArgumentException($"{rows.Count} rows come with {codes.Length} classes.", nameof(codes));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        int[] order = Order.Permutation(seed, 0, codes.Length), counts = new int[classes], chosen = new int[classes * perClass];
        foreach (int row in order)
        {
            int code = codes[row];
            if (counts[code] < perClass)
            {
                chosen[(code * perClass) + counts[code]++] = row;
            }
        }

        int scarce = Array.FindIndex(counts, count => count < perClass);
        if (scarce >= 0)
        {
            throw new ArgumentException($"Class {scarce} has {counts[scarce]} training rows; {perClass} points a class begin as rows of it. Ask for fewer.", nameof(perClass));
        }

        int[] of = [.. chosen.Select(row => codes[row])];
        return new((Numbers)rows.Select(chosen), of, OneHot(of, classes), []);
    }

    /// <summary>Moves points until they predict the training rows.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">Training rows on the sphere, <see cref="SphereRows"/>.</param>
    /// <param name="codes">Their classes, from 0.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="options">How.</param>
    /// <param name="run">Threads, cancellation and progress.</param>
    /// <exception cref="ArgumentException">A class has too few rows, or the points' kernel is not positive definite.</exception>
    public static DistilledSet Run(ISupportKernel kernel, Numbers rows, int[] codes, int classes, DistillationOptions options, Execution run)
    {
        DistilledSet start = Drawn(rows, codes, classes, options.PointsPerClass, options.Seed);
        int m = start.Classes.Length, d = rows.Columns, batch = Math.Min(options.Batch, rows.Count);
        double[] points = Array.ConvertAll(start.Points.Values.ToArray(), value => (double)value), labels = start.Labels, along = new double[points.Length];
        var losses = new double[options.Steps];
        using var loss = new DistillationLoss(kernel, m, d, classes, batch, options.Penalty);
        using var reader = new Reader(rows, codes, classes, batch, options.Seed);
        Moments pointMoments = new(points.Length), labelMoments = new(labels.Length);
        fixed (double* z = points, g = along, y = labels)
        {
            for (int step = 0; step < options.Steps; step++)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                reader.Next();
                kernel.Begin(run.Team, step);
                losses[step] = loss.Of(
                    run.Team, Strided<double>.RowMajor(z, m, d), Strided<double>.RowMajor(y, m, classes), reader.Rows, reader.Targets, Strided<double>.RowMajor(g, m, d));
                double rate = options.Rate * (options.Steps - step) / options.Steps;
                pointMoments.Move(points, along, rate);
                if (options.LearnsLabels)
                {
                    labelMoments.Move(labels, new ReadOnlySpan<double>(loss.Beta.Pointer, labels.Length), rate / classes);
                }

                run.Report("distillation", step + 1, options.Steps);
            }
        }

        Numbers found = SphereRows.Of(new(Array.ConvertAll(points, value => (float)value), d), [0]);
        return new(found, start.Classes, labels, losses);
    }

    /// <summary>The class of each row by kernel ridge regression on a set's points and labels.</summary>
    /// <param name="team">The threads; they change no bit.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="set">Points and labels.</param>
    /// <param name="rows">Rows on the sphere.</param>
    /// <param name="penalty">μ over the mean diagonal of the points' kernel.</param>
    /// <exception cref="ArgumentException">The points' kernel is not positive definite with this penalty.</exception>
    public static int[] Predict(Team team, ISupportKernel kernel, DistilledSet set, Numbers rows, double penalty)
    {
        const int together = 1000;
        int m = set.Classes.Length, d = rows.Columns, classes = set.Labels.Length / m;
        using NativeBuffer<double> own = new((long)m * m), support = Wide(set.Points, 0, m), block = new((long)together * m), scores = new((long)together * classes), alpha = new((long)m * classes);
        set.Labels.CopyTo(alpha.Span(0, set.Labels.Length));
        Strided<double> points = Strided<double>.RowMajor(support, m, d), factor = Strided<double>.RowMajor(own, m, m), solution = Strided<double>.RowMajor(alpha, m, classes);
        var chosen = new int[rows.Count];
        for (int from = 0; from < rows.Count; from += together)
        {
            int count = Math.Min(together, rows.Count - from);
            using NativeBuffer<double> some = Wide(rows, from, count);
            Strided<double> cross = Strided<double>.RowMajor(block, count, m), answers = Strided<double>.RowMajor(scores, count, classes);
            kernel.Forward(team, points, Strided<double>.RowMajor(some, count, d), factor, cross);
            if (from == 0)
            {
                Solve(team, factor, solution, penalty);
            }

            MatrixProduct.Multiply(team, cross, solution, answers);
            for (int i = 0; i < count; i++)
            {
                chosen[from + i] = Largest(answers.Row(i));
            }
        }

        return chosen;
    }

    /// <summary>solution ← (factor + μI)⁻¹·solution.</summary>
    private static void Solve(Team team, Strided<double> factor, Strided<double> solution, double penalty)
    {
        double mean = 0;
        for (long i = 0; i < factor.Rows; i++)
        {
            mean += factor[i, i] / factor.Rows;
        }

        for (long i = 0; i < factor.Rows; i++)
        {
            factor[i, i] += penalty * mean;
        }

        CholeskyStatus status = Cholesky.Factor(team, factor);
        if (!status.Succeeded)
        {
            throw new ArgumentException($"The kernel of the points is not positive definite with a penalty of {penalty}: pivot {status.Pivot} is {status.Value:R}. Give a larger penalty.", nameof(penalty));
        }

        Triangular.Solve(team, factor, solution);
        Triangular.SolveTransposed(team, factor, solution);
    }

    private static NativeBuffer<double> Wide(Numbers rows, int from, int count)
    {
        var wide = new NativeBuffer<double>((long)count * rows.Columns);
        ReadOnlySpan<float> values = rows.Values.Span.Slice(from * rows.Columns, count * rows.Columns);
        for (int i = 0; i < values.Length; i++)
        {
            wide.Pointer[i] = values[i];
        }

        return wide;
    }

    private static double[] OneHot(int[] codes, int classes)
    {
        var labels = new double[codes.Length * classes];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = (codes[i / classes] == i % classes ? 1 : 0) - (1.0 / classes);
        }

        return labels;
    }

    private static int Largest(ReadOnlySpan<double> scores)
    {
        int best = 0;
        for (int c = 1; c < scores.Length; c++)
        {
            best = scores[c] > scores[best] ? c : best;
        }

        return best;
    }

    /// <summary>Batches of training rows in float64.</summary>
    private sealed class Reader(Numbers rows, int[] codes, int classes, int batch, ulong seed) : IDisposable
    {
        private readonly NativeBuffer<double> numbers = new((long)batch * rows.Columns), targets = new((long)batch * classes);
        private int[] order = [];
        private int at, passes;

        public Strided<double> Rows => Strided<double>.RowMajor(numbers, batch, rows.Columns);

        public Strided<double> Targets => Strided<double>.RowMajor(targets, batch, classes);

        public void Next()
        {
            if (at + batch > order.Length)
            {
                (order, at) = (Order.Permutation(seed, ++passes, rows.Count), 0);
            }

            for (int i = 0; i < batch; i++)
            {
                int row = order[at + i];
                ReadOnlySpan<float> from = rows.Values.Span.Slice(row * rows.Columns, rows.Columns);
                Span<double> to = Rows.Row(i), target = Targets.Row(i);
                for (int j = 0; j < from.Length; j++)
                {
                    to[j] = from[j];
                }

                target.Fill(-1.0 / classes);
                target[codes[row]] += 1;
            }

            at += batch;
        }

        public void Dispose()
        {
            numbers.Dispose();
            targets.Dispose();
        }
    }

    /// <summary>Adam's memory of gradients.</summary>
    private sealed class Moments(int count)
    {
        private const double First = 0.9, Second = 0.999, Epsilon = 1e-8;
        private readonly double[] mean = new double[count], square = new double[count];
        private double firstPower = 1, secondPower = 1;

        public void Move(double[] place, ReadOnlySpan<double> along, double rate)
        {
            firstPower *= First;
            secondPower *= Second;
            double length = rate / (1 - firstPower), root = 1 / Math.Sqrt(1 - secondPower);
            for (int i = 0; i < place.Length; i++)
            {
                mean[i] = (First * mean[i]) + ((1 - First) * along[i]);
                square[i] = (Second * square[i]) + ((1 - Second) * along[i] * along[i]);
                place[i] -= length * mean[i] / ((root * Math.Sqrt(square[i])) + Epsilon);
            }
        }
    }
}
